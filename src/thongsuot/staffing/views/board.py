"""The board of units by positions, one unit of it, its map, and two days side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from thongsuot.lawbook.positions import field_name
from thongsuot.staffing.forms.board import BoardForm, CompareForm, DayForm
from thongsuot.staffing.policies import unit_scope
from thongsuot.staffing.queries.board import (
    BlockSum,
    Board,
    Column,
    Compared,
    Line,
    Wanted,
    board_of,
    by_block,
    compared,
)
from thongsuot.staffing.queries.leaders import Limit, limits_of
from thongsuot.staffing.queries.unit import UnitPage, unit_page
from thongsuot.staffing.standing import NOTHING, Standing
from thongsuot.staffing.templatetags.staffing import people_url, signed
from thongsuot.staffing.views.files import board_file
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Reach, Tier, Verb
from thongsuot.units.models import Unit
from thongsuot.web.templatetags.web import number

ENDS = 5  # units named at either end
DEEPEST = 4  # shades of a cell; more than that are one


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell with something to see."""

    look: str
    text: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    line: Line
    url: str
    cells: Sequence[Shown | None]


@dataclass(frozen=True, slots=True)
class Group:
    """A field over its columns."""

    code: str
    name: str
    columns: Sequence[Column]


@dataclass(frozen=True, slots=True)
class BoardPage:
    whole: Board
    board: Board
    wanted: Wanted
    areas: Board
    fields: Board
    blocks: Sequence[BlockSum]
    limits: Sequence[Limit]
    groups: Sequence[Group]
    rows: Sequence[Row]
    totals: Sequence[Shown]
    today: bool

    @property
    def widest(self) -> int:
        """The longest bar of the fields."""
        sums = [one.standing for one in self.fields.by_field]
        return max((max(one.surplus, one.shortage) for one in sums), default=0) or 1

    @property
    def most(self) -> Sequence[Line]:
        """Units whose people are the most over their places, all positions together."""
        lines = sorted(self.areas.lines, key=lambda line: -line.total.net)
        return [line for line in lines[:ENDS] if line.total.net > 0]

    @property
    def least(self) -> Sequence[Line]:
        lines = sorted(self.areas.lines, key=lambda line: line.total.net)
        return [line for line in lines[:ENDS] if line.total.net < 0]

    @property
    def present(self) -> int:
        """Everybody on a professional position of a committee, also the few outside the count."""
        return self.whole.total.present + self.whole.outside


@needs(Verb.READ_STAFF)
def board(request: MandatedRequest) -> HttpResponse:
    if request.mandate.role.reach == Reach.UNIT:
        return redirect("staffing:unit", pk=request.mandate.unit_id)
    on = DayForm(request.GET).day()
    whole = board_of(request.mandate, on)
    form = BoardForm(request.GET, whole)
    wanted = form.wanted()
    shown = whole.only(wanted)
    if request.GET.get("export") == "xlsx":
        return board_file(shown)  # type: ignore[return-value]
    fields = whole.only(Wanted(area=wanted.area, only=wanted.only, words=wanted.words))
    page = BoardPage(
        whole=whole,
        board=shown,
        wanted=wanted,
        areas=whole.only(Wanted(field=wanted.field)),
        fields=fields,
        blocks=by_block(request.mandate, on),
        limits=limits_of([line.unit for line in whole.lines], on),
        groups=_groups(shown.columns),
        rows=_rows(shown, wanted, _kept(request)),
        totals=_totals(shown, wanted),
        today=on == timezone.localdate(),
    )
    context = {"page": page, "form": form, "tabs": staffing_tabs(request, "board"), "kept": _kept(request)}
    return render(request, "staffing/board.html", context)


@needs(Verb.READ_STAFF)
def board_map(request: MandatedRequest) -> HttpResponse:
    """Units as points: how large by people, which colour by what is too many or too few of them."""
    on = DayForm(request.GET).day()
    found = board_of(request.mandate, on)
    points = [_point(line, _kept(request)) for line in sorted(found.lines, key=lambda line: line.total.net)]
    context = {
        "board": found,
        "points": points,
        "legend": [
            ("late", _("thiếu ròng từ 5 người")),
            ("due", _("thiếu ròng")),
            ("done", _("gần đủ")),
            ("calm", _("thừa ròng trên 5 người")),
        ],
        "chart": _chart(found),
        "form": DayForm(request.GET),
        "tabs": staffing_tabs(request, "map"),
    }
    return render(request, "staffing/board_map.html", context)


@needs(Verb.READ_STAFF)
def unit(request: MandatedRequest, pk: int) -> HttpResponse:
    """One unit, position by position."""
    reached = Unit.objects.filter(unit_scope(request.mandate), tier=Tier.COMMUNE).select_related("parent")
    found = get_object_or_404(reached, pk=pk)
    form = DayForm(request.GET)
    page: UnitPage = unit_page(request.mandate, found, form.day())
    alone = request.mandate.role.reach == Reach.UNIT
    context = {
        "page": page,
        "form": form,
        "tabs": staffing_tabs(request, "board") if alone else [],
        "crumbs": [] if alone else [(_("Nhân sự"), reverse("staffing:board")), (found.title, "")],
    }
    return render(request, "staffing/unit.html", context)


@needs(Verb.READ_STAFF)
def compare(request: MandatedRequest) -> HttpResponse:
    """What changed between two days, position by position."""
    form = CompareForm(request.GET if "first" in request.GET else None)
    found: Compared | None = None
    if form.is_bound and form.is_valid():
        found = compared(request.mandate, form.cleaned_data["first"], form.cleaned_data["last"])
    context = {
        "form": form,
        "found": found,
        "kinds": _sums(found) if found else [],
        "tabs": staffing_tabs(request, "compare"),
    }
    return render(request, "staffing/compare.html", context)


# Drawing


def _kept(request: HttpRequest) -> dict[str, str]:
    """The day goes with every link."""
    return {"on": request.GET["on"]} if request.GET.get("on") else {}


def _groups(columns: Sequence[Column]) -> list[Group]:
    language = get_language() or "vi"
    found: dict[str, list[Column]] = {}
    for column in columns:
        found.setdefault(column.field, []).append(column)
    return [Group(code, field_name(code, language), columns) for code, columns in found.items()]


def _rows(shown: Board, wanted: Wanted, kept: dict[str, str]) -> list[Row]:
    """Those too many are people, and a cell leads to them; nobody stands behind an empty place, so the unit tells."""
    more = f"&{urlencode(kept)}" if kept else ""
    people, day = people_url(), f"?{urlencode(kept)}" if kept else ""
    asked = "field" if wanted.by_field else "position"
    codes = [one.code for one in (_groups(shown.columns) if wanted.by_field else shown.columns)]
    rows = []
    for line in shown.lines:
        address = f"{reverse('staffing:unit', args=[line.unit.pk])}{day}"
        here = f"{people}?unit={line.unit.pk}&{asked}="
        standings = line.fields(shown.columns) if wanted.by_field else line.cells
        cells = []
        for code in codes:
            one = standings.get(code, NOTHING)
            to_people = people and one.present
            cells.append(_cell(one, f"{here}{code}{more}" if to_people else f"{address}#{code}"))
        rows.append(Row(line, address, cells))
    return rows


def _totals(shown: Board, wanted: Wanted) -> list[Shown]:
    if wanted.by_field:
        return [_total(one.standing, one.name) for one in shown.by_field]
    return [_total(shown.by_position[one.code], one.name) for one in shown.columns]


def _cell(standing: Standing, url: str) -> Shown | None:
    """Nothing where people and places are even."""
    if standing.balanced:
        return None
    both = standing.surplus and standing.shortage
    text = f"+{standing.surplus} −{standing.shortage}" if both else signed(standing.net)
    look = "both" if both else f"over-{min(standing.surplus, DEEPEST)}" if standing.surplus else ""
    return Shown(
        look or f"short-{min(standing.shortage, DEEPEST)}",
        text,
        f"{standing.present} / {standing.places}",
        url,
    )


def _total(standing: Standing, name: str) -> Shown:
    """Both numbers, one over the other."""
    text = f"+{number(standing.surplus)}\n−{number(standing.shortage)}"
    return Shown("", text, in_words(standing, name), "")


def in_words(standing: Standing, name: str) -> str:
    told = _("%(name)s: %(present)s người trên %(places)s chỗ") % {
        "name": name,
        "present": number(standing.present),
        "places": number(standing.places),
    }
    for words, many in ((_("thừa %s"), standing.surplus), (_("thiếu %s"), standing.shortage)):
        told += f", {words % number(many)}" if many else ""
    return told


def _chart(shown: Board) -> dict[str, Any]:
    sums = shown.by_field
    return {
        "kind": "bar",
        "categories": [one.name for one in sums],
        "series": [
            {"name": _("Thừa"), "values": [one.standing.surplus for one in sums], "tone": "calm"},
            {"name": _("Thiếu"), "values": [one.standing.shortage for one in sums], "tone": "due"},
        ],
        "lying": True,
    }


def _point(line: Line, kept: dict[str, str]) -> dict[str, Any]:
    total = line.total
    query = f"?{urlencode(kept)}" if kept else ""
    tone = "late" if total.net <= -5 else "due" if total.net < 0 else "calm" if total.net > 5 else "done"
    return {
        "name": line.unit.title,
        "lon": line.unit.longitude,
        "lat": line.unit.latitude,
        "size": total.present,
        "value": total.net,
        "tone": tone,
        "url": f"{reverse('staffing:unit', args=[line.unit.pk])}{query}",
        "text": f"+{total.surplus} / −{total.shortage}",
    }


def _sums(found: Compared) -> list[tuple[str, int, int, int]]:
    before, after = found.before.total, found.after.total
    pairs = [
        (_("Số chỗ"), before.places, after.places),
        (_("Có mặt"), before.present, after.present),
        (_("Thừa"), before.surplus, after.surplus),
        (_("Thiếu"), before.shortage, after.shortage),
        (_("Chưa đạt chuẩn"), before.unqualified, after.unqualified),
    ]
    return [(name, first, last, last - first) for name, first, last in pairs]


def staffing_tabs(request: MandatedRequest, active: str) -> list[dict[str, Any]]:
    """The pages of the review, for the roles that see more than one unit."""
    plans = (
        ("board", _("Bảng thừa, thiếu"), "layout-grid"),
        ("map", _("Bản đồ"), "map"),
        ("workload", _("Khối lượng việc"), "scale"),
        ("standards", _("Chuẩn hóa"), "certificate"),
        ("rounds", _("Đợt rà soát"), "clipboard-check"),
        ("compare", _("So hai ngày"), "arrows-diff"),
    )
    return [
        {
            "label": label,
            "icon": icon,
            "url": reverse(f"staffing:{name}"),
            "active": name == active,
            "count": None,
        }
        for name, label, icon in plans
        if not (name == "map" and request.mandate.role.reach == Reach.UNIT)
    ]
