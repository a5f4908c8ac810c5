"""What the pages over all registers show. Every read goes through the scope of the mandate."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thongsuot.documents.queries import visible_documents
from thongsuot.kernel.vietnamese import fold, normalise, strip_marks
from thongsuot.matters.models import Matter
from thongsuot.matters.queries import proposals, tasks, with_words
from thongsuot.oversight.models import Official
from thongsuot.oversight.policies import official_scope
from thongsuot.oversight.queries import visible_meetings
from thongsuot.sources.queries import visible_sources
from thongsuot.units.models import Mandate
from thongsuot.units.queries import search_units

_FOUND = 20


@dataclass(frozen=True, slots=True)
class Hit:
    title: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """Hits of one register; `more_url` leads to all of them where there are more than shown."""

    title: str | Promise
    icon: str
    hits: Sequence[Hit]
    more_url: str = ""


Finder = Callable[[str, Mandate], FoundGroup]


def search_everything(text: str, by: Mandate) -> list[FoundGroup]:
    """One box over all registers; what the mandate may not see is not found."""
    typed = normalise(text).strip()
    if not typed:
        return []
    return [group for group in (find(typed, by) for find in FINDERS) if group.hits]


def _find_units(typed: str, by: Mandate) -> FoundGroup:
    hits = [
        Hit(hit.name, reverse("units:page", args=[hit.unit.pk]), hit.where)
        for hit in search_units(typed, limit=_FOUND)
    ]
    return FoundGroup(pgettext_lazy("several", "Đơn vị"), "building-community", hits)


def _find_matters(
    title: str | Promise, icon: str, rows: Callable[[Mandate], QuerySet[Matter]], list_name: str
) -> Finder:
    def find(typed: str, by: Mandate) -> FoundGroup:
        found = list(with_words(rows(by), typed)[: _FOUND + 1])
        hits = [
            Hit(_short(one.text), reverse("matters:page", args=[one.number]), _about(one)) for one in found
        ]
        return _group(title, icon, hits, f"{reverse(list_name)}?q=", typed)

    return find


def _about(matter: Matter) -> str:
    places = ", ".join(str(place.unit) for place in matter.places)  # type: ignore[attr-defined]
    return " · ".join(part for part in (matter.number, places, f"{matter.raised_on:%d-%m-%Y}") if part)


def _find_documents(typed: str, by: Mandate) -> FoundGroup:
    found = list(visible_documents(by).filter(searched__contains=fold(typed))[: _FOUND + 1])
    hits = [Hit(str(one), one.get_absolute_url(), one.abstract or one.issuer) for one in found]
    return _group(_("Văn bản"), "file-text", hits, f"{reverse('documents:list')}?q=", typed)


def _find_meetings(typed: str, by: Mandate) -> FoundGroup:
    found = list(visible_meetings(by).filter(searched__contains=fold(typed))[: _FOUND + 1])
    hits = [Hit(one.title, one.get_absolute_url(), f"{one.date:%d-%m-%Y}") for one in found]
    return _group(
        _("Buổi làm việc, hội nghị"), "users-group", hits, f"{reverse('oversight:meetings')}?q=", typed
    )


def _find_officials(typed: str, by: Mandate) -> FoundGroup:
    known = Official.objects.filter(official_scope(by), bare__contains=strip_marks(typed))
    hits = [
        Hit(one.name, f"{reverse('oversight:meetings')}?q={one.name}", str(one.unit or ""))
        for one in known.select_related("unit")[:_FOUND]
    ]
    return FoundGroup(_("Người"), "user", hits)


def _find_sources(typed: str, by: Mandate) -> FoundGroup:
    rows = visible_sources(by).filter(Q(name__icontains=typed) | Q(text__icontains=typed))
    hits = [
        Hit(one.name, reverse("sources:page", args=[one.pk]), f"{one.received_at:%d-%m-%Y}")
        for one in rows.defer("text", "offset_runs")[:_FOUND]
    ]
    return FoundGroup(_("Văn bản nguồn"), "file-import", hits)


def _group(title: str | Promise, icon: str, hits: list[Hit], list_url: str, typed: str) -> FoundGroup:
    from_list = f"{list_url}{typed}" if len(hits) > _FOUND else ""
    return FoundGroup(title, icon, hits[:_FOUND], from_list)


def _short(text: str, at_most: int = 160) -> str:
    return text if len(text) <= at_most else f"{text[:at_most].rsplit(' ', 1)[0]}…"


FINDERS: Iterable[Finder] = (
    _find_units,
    _find_documents,
    _find_meetings,
    _find_matters(_("Kiến nghị"), "arrow-up", proposals, "matters:proposals"),
    _find_matters(_("Nhiệm vụ"), "arrow-down", tasks, "matters:tasks"),
    _find_officials,
    _find_sources,
)
