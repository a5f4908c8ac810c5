"""What kinds of record can be found. Each app registers its own when it is ready."""

import zlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import override

from thongsuot.finding.models import Entry
from thongsuot.web.links import link_to

# A place holds kind, day and key in one number, so that an engine walks a kind from its newest record on.
_KEY_BITS, _DAY_BITS, _KIND_BITS = 30, 21, 12
PLACE_BITS = _KEY_BITS + _DAY_BITS  # of a place within its kind


@dataclass(frozen=True, slots=True)
class Content:
    """What is searched of a record: title, note and text, words that are not shown (`also`), its number (`code`).

    `names` are names it is known by: typed whole, they find it first. `bounds` say from where it is seen, for
    `Kind.bounds`; `day` puts it among others.
    """

    title: str = ""
    text: str = ""
    note: str = ""
    also: str = ""
    code: str = ""
    names: Sequence[str] = ()
    day: date | None = None
    bounds: Iterable[object] = ()


def page_by_key(name: str) -> Callable[[Entry], str]:
    """The address of that name, for the record found."""
    return lambda entry: link_to(name, entry.key)


def page_by_code(name: str) -> Callable[[Entry], str]:
    return lambda entry: link_to(name, entry.code)


def list_with_words(name: str) -> Callable[[str], str]:
    """The register itself, with the words that were typed."""
    return lambda typed: f"{reverse(name)}?{urlencode({'q': typed})}"


def unbounded(mandate: Any) -> Sequence[Collection[object]]:
    """Records that are seen from everywhere, or too few to matter."""
    return ()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record: how it is called, what of it is searched, who sees it.

    `scope(mandate)` is the policy: the rows the mandate may see, asked in the database of every hit.
    `bounds(mandate)` are groups of bounds; every such record bears at least one of each group. They spare the
    engine the rows of others and never widen what the scope allows; a record's are indexed with it.
    """

    code: str
    label: str | Promise
    icon: str
    rows: Callable[[], QuerySet[Any]]
    content: Callable[[Any], Content]
    scope: Callable[[Any], QuerySet[Any]]
    url: Callable[[Entry], str]
    bounds: Callable[[Any], Sequence[Collection[object]]] = unbounded
    list_url: Callable[[str], str] | None = None
    order: int = 50
    titled: bool = True

    @property
    def number(self) -> int:
        return zlib.crc32(self.code.encode()) % (1 << _KIND_BITS)

    @property
    def span(self) -> tuple[int, int]:
        """First and last place of the kind."""
        return self.number << PLACE_BITS, ((self.number + 1) << PLACE_BITS) - 1

    def seen(self, mandate: Any) -> Q:
        """The scope, for entries."""
        rows = self.scope(mandate).order_by().filter(pk=OuterRef("key"))
        return Q(Exists(rows), kind=self.code)

    def content_of(self, row: Any) -> Content:
        """In the language of the records, whatever the page is read in."""
        with override(settings.LANGUAGE_CODE):
            return self.content(row)


_KINDS: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Groups of hits stand in ascending `order`; `titled` is False where records have a text and no title."""
    clash = [known for known in _KINDS.values() if known.number == kind.number and known.code != kind.code]
    if clash:
        raise ValueError(f"{kind.code} and {clash[0].code} would share their places; choose another code")
    _KINDS[kind.code] = kind


def kinds() -> list[Kind]:
    return sorted(_KINDS.values(), key=lambda kind: (kind.order, kind.code))


def kind_of(code: str) -> Kind:
    return _KINDS[code]


def place_of(kind: Kind, key: int, day: date | None) -> int:
    if not 0 <= key < 1 << _KEY_BITS:
        raise ValueError(f"key {key} has no place")
    ordinal = min(day.toordinal() if day else 0, (1 << _DAY_BITS) - 1)
    return (kind.number << PLACE_BITS) | (ordinal << _KEY_BITS) | key
