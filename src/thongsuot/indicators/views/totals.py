"""Totals by place and indicator, one indicator through time, one cell, the scorecard of a unit."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.indicators.aggregation import Total
from thongsuot.indicators.display import counted, in_figures
from thongsuot.indicators.enums import DisputeState, Unrestated
from thongsuot.indicators.exporting import totals_file
from thongsuot.indicators.forms import MapForm, ShowForm
from thongsuot.indicators.models import Indicator, Period
from thongsuot.indicators.policies import may_dispute
from thongsuot.indicators.queries.consolidated import (
    Cell,
    Consolidated,
    Line,
    Opened,
    Through,
    indicators_in,
    of_a_province,
    of_the_country,
    opened,
    periods_with_figures,
    since_new_year,
    through_time,
)
from thongsuot.indicators.queries.scores import Score, scorecard
from thongsuot.indicators.queries.succession import in_the_map_of
from thongsuot.indicators.tables import pillar_choices, totals_body
from thongsuot.kernel.rounding import half_up
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Tier, Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import reaches
from thongsuot.units.queries import former_provinces, province_of
from thongsuot.web.multiples import Small
from thongsuot.web.templatetags.web import number

COLUMNS = 8  # indicators side by side
ROWS = 60
SMALLS = 24


def section_tabs(active: str) -> list[dict[str, object]]:
    """The pages of this door; each says which it is."""
    pages = (
        ("totals", _("Tổng hợp"), "indicators:totals"),
        ("country", _("Cả nước"), "indicators:country"),
        ("figures", _("Số liệu trong văn bản"), "indicators:figures"),
        ("catalogue", _("Danh mục chỉ tiêu"), "indicators:catalogue"),
        ("disputes", _("Ý kiến về số liệu"), "indicators:disputes"),
        ("asked", _("Hỏi một lần"), "indicators:asked"),
    )
    return [{"label": label, "url": reverse(url), "active": name == active} for name, label, url in pages]


@needs(Verb.READ)
def totals(request: MandatedRequest) -> HttpResponseBase:
    province = province_of(request.mandate.unit)
    former = former_provinces(province)
    areas = sorted(set(former.values()), key=lambda unit: unit.name)
    form = ShowForm(request.GET, list(periods_with_figures(province)), areas if len(areas) > 1 else ())
    period = form.period_shown
    if period is None:
        return render(request, "indicators/totals_none.html", _nothing("totals"))
    periods = since_new_year(period) if form.over_year else [period]
    every = list(indicators_in(period, province, form.pillar_shown))
    columns = Paginator(every, len(every) or 1 if "export" in request.GET else COLUMNS).get_page(
        request.GET.get("columns")
    )
    shown = of_a_province(request.mandate, province, periods, list(columns), former, form.area_shown)
    if "export" in request.GET:
        return totals_file(shown, periods)
    return render(
        request,
        "indicators/totals.html",
        _table(request, form, shown, periods, columns, len(every), "totals"),
    )


@needs(Verb.READ)
def country(request: MandatedRequest) -> HttpResponseBase:
    form = ShowForm(request.GET, list(periods_with_figures(None)))
    period = form.period_shown
    if period is None:
        return render(request, "indicators/totals_none.html", _nothing("country"))
    every = list(indicators_in(period, None, form.pillar_shown))
    columns = Paginator(every, len(every) or 1 if "export" in request.GET else COLUMNS).get_page(
        request.GET.get("columns")
    )
    periods = since_new_year(period) if form.over_year else [period]
    shown = of_the_country(periods, list(columns))
    if "export" in request.GET:
        return totals_file(shown, periods)
    return render(
        request,
        "indicators/totals.html",
        _table(request, form, shown, periods, columns, len(every), "country"),
    )


def _nothing(active: str) -> dict[str, object]:
    return {
        "tabs": section_tabs(active),
        "crumbs": [(_("Số liệu"), reverse("indicators:totals")), ("", "")][:1],
    }


def _table(
    request: MandatedRequest,
    form: ShowForm,
    shown: Consolidated,
    periods: Sequence[Period],
    columns: Any,
    many: int,
    active: str,
) -> dict[str, object]:
    sort = request.GET.get("sort", "")
    lines = _sorted(shown, sort)
    page = Paginator(lines, ROWS).get_page(request.GET.get("page"))
    return {
        "tabs": section_tabs(active),
        "crumbs": [
            (request.mandate.unit.title, reverse("units:page", args=[request.mandate.unit_id])),
            (_("Tổng hợp số liệu"), ""),
        ],
        "form": form,
        "shown": shown,
        "page": page,
        "body": totals_body(page, shown.indicators, periods[-1], opens=shown.place is not None),
        "columns": columns,
        "indicator_count": many,
        "period": periods[-1],
        "since": periods[0] if len(periods) > 1 else None,
        "sort": sort,
        "place": shown.place.title if shown.place else _("Cả nước"),
        "silent": len(shown.lines) - shown.said,
    }


def _sorted(shown: Consolidated, sort: str) -> Sequence[Line]:
    """By the name of the place, or best first in one column; those without a number last."""
    at = next((n for n, one in enumerate(shown.indicators) if one.code == sort), None)
    if at is None:
        return shown.lines
    return sorted(shown.lines, key=lambda line: (line.cells[at].rank is None, line.cells[at].rank or 0))


@needs(Verb.READ)
def through(request: MandatedRequest, code: str) -> HttpResponse:
    indicator = get_object_or_404(Indicator, code=code)
    province = province_of(request.mandate.unit)
    form = ShowForm(request.GET, list(periods_with_figures(province)))
    period = form.period_shown
    if period is None:
        return render(request, "indicators/totals_none.html", _nothing("totals"))
    page = through_time(request.mandate, indicator, province, period)
    return render(
        request,
        "indicators/through.html",
        {
            "tabs": section_tabs("totals"),
            "crumbs": [(_("Tổng hợp số liệu"), reverse("indicators:totals")), (str(indicator), "")],
            "form": form,
            "page": page,
            "whole": Cell(province, indicator, page.totals[-1]),
            "measure": indicator.unit_of_measure,
            "trend": _trend(page),
            "areas": [_small(Cell(area, indicator, found[-1]), found) for area, found in page.areas.items()],
            "smalls": _smalls(page, every=request.GET.get("units") == "all"),
            "more": len(page.ranking) > SMALLS and request.GET.get("units") != "all",
            "points": [_point(cell, period) for cell in page.ranking if cell.unit.longitude is not None],
            "silent": sum(1 for cell in page.ranking if cell.is_missing),
        },
    )


def _smalls(page: Through, *, every: bool) -> list[Small]:
    """In the order of the ranking; those that never said a number are left to the table."""
    shown = page.ranking if every else page.ranking[:SMALLS]
    return [
        _small(cell, page.units[cell.unit.pk], reverse("indicators:scores", args=[cell.unit.pk]))
        for cell in shown
        if any(total.units for total in page.units[cell.unit.pk])
    ]


def _small(cell: Cell, totals: Sequence[Total], url: str = "") -> Small:
    rank = _("thứ %(rank)s") % {"rank": cell.rank} if cell.rank else ""
    return Small(cell.unit.title, _values(cell.indicator, totals), _said(cell), url, rank)


def _said(cell: Cell) -> str:
    if cell.is_missing:
        return _("chưa có")
    return _("không phát sinh") if cell.is_not_applicable else cell.text


def _trend(page: Through) -> dict[str, object]:
    return _chart_of(page.indicator, page.periods, page.totals)


def _chart_of(indicator: Indicator, periods: Sequence[Period], found: Sequence[Any]) -> dict[str, object]:
    return {
        "kind": "line",
        "categories": [str(period) for period in periods],
        "series": [{"name": str(indicator), "values": _values(indicator, found)}],
    }


def _values(indicator: Indicator, totals: Sequence[Total]) -> list[float | None]:
    return [
        _number(
            counted(total.value_by(indicator.over_units), total.second_by(indicator.over_units), indicator)
        )
        for total in totals
    ]


def _number(value: Decimal | None) -> float | int | None:
    if value is None:
        return None
    shown = half_up(value, 2)
    return int(shown) if shown == shown.to_integral_value() else float(shown)


def _point(cell: Cell, period: Period) -> dict[str, object]:
    return {
        "name": cell.unit.title,
        "lon": cell.unit.longitude,
        "lat": cell.unit.latitude,
        "size": cell.unit.area_km2 or 0,
        "value": _number(cell.counted),
        "url": reverse("indicators:cell", args=[cell.indicator.code, cell.unit.pk, period.pk]),
        "text": _said(cell),
    }


@needs(Verb.READ)
def cell(request: MandatedRequest, code: str, unit: int, period: int) -> HttpResponse:
    """What a number is made of: the parts of a province, the papers and sentences of a commune."""
    indicator = get_object_or_404(Indicator, code=code)
    place = _place(request.mandate, unit)
    when = get_object_or_404(Period, pk=period)
    page = opened(request.mandate, indicator, place, when)
    return render(
        request,
        "indicators/cell.html",
        {
            "tabs": section_tabs("totals"),
            "crumbs": [
                (_("Tổng hợp số liệu"), f"{reverse('indicators:totals')}?period={when.pk}"),
                (str(indicator), f"{reverse('indicators:through', args=[code])}?period={when.pk}"),
                (place.title, ""),
            ],
            "page": page,
            "may_dispute": place.tier == Tier.COMMUNE
            and may_dispute(request.mandate, place)
            and not any(one.state == DisputeState.OPEN for one in page.disputes),
            "trend": _of_figures(page) if len(page.before) > 1 else None,
        },
    )


def _place(by: Mandate, pk: int) -> Unit:
    """A province for whoever reads, for its total names nobody; a commune only within reach."""
    unit = get_object_or_404(Unit.objects.select_related("parent__parent"), pk=pk)
    if unit.tier != Tier.PROVINCE and not reaches(by, unit):
        return get_object_or_404(Unit.objects.none())
    return unit


def _of_figures(page: Opened) -> dict[str, object]:
    values = [_number(counted(one.value, one.second, page.indicator)) for one in page.before]
    return {
        "kind": "line",
        "categories": [str(one.period) for one in page.before],
        "series": [{"name": str(page.indicator), "values": values}],
    }


@needs(Verb.READ)
def scores(request: MandatedRequest, unit: int) -> HttpResponse:
    place = _place(request.mandate, unit)
    form = ShowForm(request.GET, list(periods_with_figures(province_of(place))))
    period = form.period_shown
    if period is None:
        return render(request, "indicators/totals_none.html", _nothing("totals"))
    indicators = list(indicators_in(period, province_of(place), form.pillar_shown))
    found = scorecard(place, period, indicators)
    names = dict(pillar_choices())
    form.fields.pop("over")
    return render(
        request,
        "indicators/scores.html",
        {
            "tabs": section_tabs("totals"),
            "crumbs": [
                (_("Tổng hợp số liệu"), f"{reverse('indicators:totals')}?period={period.pk}"),
                (place.title, ""),
            ],
            "unit": place,
            "period": period,
            "form": form,
            "pillars": [
                (names.get(code, _("Chưa xếp trụ cột")), list(group))
                for code, group in groupby(found, key=lambda score: score.indicator.pillar)
            ],
            **_standing(found),
        },
    )


def _standing(found: Sequence[Score]) -> dict[str, object]:
    aimed = [score for score in found if score.distance is not None]
    return {
        "aimed": len(aimed),
        "reached": sum(1 for score in aimed if score.distance == 0),
        "lacking": sum(1 for score in found if score.figure is None),
        "many": len(found),
        "today": timezone.localdate(),
        "said": number(len(found)),
    }


@needs(Verb.READ)
def restated(request: MandatedRequest, code: str) -> HttpResponse:
    """Figures of one period in the units of another day: today's map, or an old one."""
    indicator = get_object_or_404(Indicator, code=code)
    province = province_of(request.mandate.unit)
    form = MapForm(request.GET, list(periods_with_figures(province)))
    period = form.period_shown
    if period is None:
        return render(request, "indicators/totals_none.html", _nothing("totals"))
    day = form.day
    found = in_the_map_of(day, period, indicator, province, form.weighed_by)
    lines = [(unit, one) for unit, one in found.items() if reaches(request.mandate, unit)]
    return render(
        request,
        "indicators/restated.html",
        {
            "tabs": section_tabs("totals"),
            "crumbs": [
                (_("Tổng hợp số liệu"), reverse("indicators:totals")),
                (str(indicator), f"{reverse('indicators:through', args=[code])}?period={period.pk}"),
                (_("Theo địa giới ngày khác"), ""),
            ],
            "form": form,
            "indicator": indicator,
            "period": period,
            "day": day,
            "weight": form.weighed_by.label,
            "lines": [
                {
                    "unit": unit,
                    "text": _restated_text(one.value, one.second, indicator),
                    "low": _restated_text(one.low, None, indicator),
                    "high": _restated_text(one.high, None, indicator),
                    "one": one,
                    "why": Unrestated(one.why).label if one.why else "",
                }
                for unit, one in lines
            ],
            "exact": sum(1 for _unit, one in lines if one.is_exact and one.value is not None),
            "weighed": sum(1 for _unit, one in lines if not one.is_exact and one.value is not None),
            "refused": sum(1 for _unit, one in lines if one.why),
        },
    )


def _restated_text(value: Fraction | None, second: Fraction | None, indicator: Indicator) -> str:
    return in_figures(_rounded(value, indicator), _rounded(second, indicator), indicator)


def _rounded(value: Fraction | None, indicator: Indicator) -> Decimal | None:
    if value is None:
        return None
    return half_up(Decimal(value.numerator) / Decimal(value.denominator), indicator.decimals)
