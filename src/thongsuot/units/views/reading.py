from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from thongsuot.audit.history import moments
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Tier, Verb
from thongsuot.units.forms import CommuneFilter, PlaceAndDay
from thongsuot.units.loading import REORGANISED_ON
from thongsuot.units.measures import Measure, measure, measures, points
from thongsuot.units.models import Unit
from thongsuot.units.panels import panels_of
from thongsuot.units.policies import may
from thongsuot.units.queries import (
    UnitHit,
    coloured_communes,
    commune_rows,
    province_of,
    provinces_on,
    search_units,
    unit_page,
)
from thongsuot.units.tables import CommuneTable, FormerCommuneTable
from thongsuot.web.lists import is_fragment, list_page
from thongsuot.web.templatetags.web import vn_date

_HINTS = 12


@dataclass(frozen=True, slots=True)
class Search:
    """The box over all units and what it found."""

    text: str
    within: Unit | None
    hits: list[UnitHit]


@needs()
def unit_list(request: MandatedRequest) -> HttpResponseBase:
    """The register: a box that finds any unit of any time, and the communes of one province on one day."""
    if is_fragment(request, "found"):
        return render(request, "units/unit_list.html#found", {"search": _search(request)})
    asked = PlaceAndDay(request.GET).settle(request.mandate)
    communes = commune_rows(asked.place, asked.day) if asked.place else Unit.objects.none()
    filterset = CommuneFilter(
        request.GET, queryset=communes, request=request, on=asked.day, place=asked.place
    )
    context = {
        "search": _search(request),
        "province": asked.place,
        "on": asked.day,
        "is_today": asked.day == timezone.localdate(),
        "crumbs": [(pgettext("several", "Đơn vị"), "")],
        "provinces": provinces_on(timezone.localdate()).order_by("name"),
    }
    return list_page(
        request,
        table_class=FormerCommuneTable if asked.day < REORGANISED_ON else CommuneTable,
        filterset=filterset,
        template="units/unit_list.html",
        context=context,
        file_name="don-vi",
    )


def typed(request: HttpRequest, name: str) -> str:
    """What stands in the address under that name; no search needs more of it, and no database takes NUL."""
    return request.GET.get(name, "").replace("\0", "").strip()[:200]


def _search(request: MandatedRequest) -> Search:
    text, code = typed(request, "q"), typed(request, "within")
    within = provinces_on(timezone.localdate()).filter(code=code).first() if code else None
    return Search(text, within, search_units(text, province=within) if text else [])


@needs()
def page(request: MandatedRequest, pk: int) -> HttpResponse:
    """What a unit is, what it came from, and what the other registers know of it."""
    unit = get_object_or_404(Unit.objects.select_related("parent__parent"), pk=pk)
    shown = unit_page(unit, timezone.localdate())
    return render(
        request,
        "units/unit_page.html",
        {
            "unit": unit,
            "shown": shown,
            "is_province": unit.tier == Tier.PROVINCE and not unit.is_former,
            "panels": panels_of(unit, request.mandate),
            "history": moments(unit),
            "may_change": not unit.is_former and bool(may(request.mandate, Verb.MANAGE_UNITS, unit)),
            "crumbs": crumbs_of(shown.above, unit),
        },
    )


def crumbs_of(above: Iterable[Unit], unit: Unit, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """From the list through the units above down to this one, the last without an address."""
    steps = [(pgettext("several", "Đơn vị"), reverse("units:list"))]
    steps += [(one.title, reverse("units:page", args=[one.pk])) for one in above]
    steps.append((unit.title, reverse("units:page", args=[unit.pk]) if more else ""))
    return [*steps, *more]


@needs()
def unit_map(request: MandatedRequest) -> HttpResponse:
    """The communes of a province as points, coloured by one measure, with the list in the same order."""
    today = timezone.localdate()
    asked = PlaceAndDay({"province": request.GET.get("province", "")}).settle(request.mandate)
    province = asked.place or province_of(request.mandate.unit)
    chosen = measure(request.GET.get("measure"))
    rows = coloured_communes(province, today, chosen.query(province, request.mandate))
    context = {
        "province": province,
        "provinces": provinces_on(today).order_by("name"),
        "measure": chosen,
        "tabs": [_tab(one, chosen, province) for one in measures()],
        "points": points(rows, chosen),
        "known": [row for row in rows if row.value is not None],
        "crumbs": [(pgettext("several", "Đơn vị"), reverse("units:list")), (_("Bản đồ"), "")],
    }
    return render(request, "units/unit_map.html", context)


def _tab(one: Measure, chosen: Measure, province: Unit) -> dict[str, object]:
    url = f"{reverse('units:map')}?province={province.code}&measure={one.code}"
    return {"label": one.title, "url": url, "active": one == chosen}


@needs()
def hint(request: MandatedRequest) -> HttpResponse:
    """Units that fit what is being typed, as JSON or, for HTMX, as a list of choices."""
    text = typed(request, "q")
    hits = search_units(text, limit=_HINTS)
    if getattr(request, "htmx", False):
        return render(request, "units/unit_hint.html", {"hits": hits, "text": text})
    return JsonResponse({"units": [_as_json(hit) for hit in hits]})


def _as_json(hit: UnitHit) -> dict[str, object]:
    return {
        "pk": hit.unit.pk,
        "code": hit.unit.code,
        "name": hit.name,
        "where": hit.where,
        "label": hit.label,
        "former": hit.former,
        "until": vn_date(_until(hit.unit)),
    }


def _until(unit: Unit) -> date | None:
    return unit.valid_to
