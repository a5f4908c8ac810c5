"""The page of the search over all registers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode

from thongsuot.finding.queries import Group, Hit, search
from thongsuot.kernel.vietnamese import normalise
from thongsuot.units.models import Mandate

_FIRST = 6  # hits of a kind, when all kinds are shown
_SUGGESTED, _SUGGESTIONS = 3, 9


@dataclass(frozen=True, slots=True)
class KindChip:
    label: str | Promise
    icon: str
    count: int
    more: bool
    url: str
    active: bool


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What was found; `groups` are those of the chosen kind, or the first hits of each."""

    text: str
    groups: Sequence[Group]
    chips: Sequence[KindChip]
    chosen: str

    @property
    def count(self) -> int:
        return sum(chip.count for chip in self.chips)

    @property
    def more(self) -> bool:
        return any(chip.more for chip in self.chips)


def search_page(typed: str, by: Mandate, chosen: str = "") -> SearchPage:
    """One box over all registers; what the mandate may not see is not found."""
    text = normalise(typed).strip()
    found = search(by, text)
    chosen = chosen if any(group.kind.code == chosen for group in found) else ""
    chips = [
        KindChip(
            group.label, group.kind.icon, len(group.hits), group.more,
            _narrowed(text, "" if group.kind.code == chosen else group.kind.code), group.kind.code == chosen,
        )
        for group in found
    ]  # fmt: skip
    shown = (
        [group for group in found if group.kind.code == chosen]
        if chosen
        else [_begun(group) for group in found]
    )
    return SearchPage(text, shown, chips, chosen)


def _begun(group: Group) -> Group:
    """The first hits of a kind; the rest one click away, under the kind alone."""
    return replace(group, hits=group.hits[:_FIRST])


def _narrowed(text: str, kind: str) -> str:
    return f"{reverse('search')}?{urlencode({'q': text, **({'kind': kind} if kind else {})})}"


def suggestions(typed: str, by: Mandate) -> list[Hit]:
    """A few hits while one types, the best of each kind."""
    groups = search(by, typed, limit=_SUGGESTED)
    return [hit for group in groups for hit in group.hits][:_SUGGESTIONS]
