"""A campaign on one page: its board, its lines, its timetable by day and week."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from thongsuot.audit.history import Moment, moments
from thongsuot.kernel.verdicts import Verdict
from thongsuot.oversight.board import Board, board_of
from thongsuot.oversight.enums import Lateness, Stage
from thongsuot.oversight.forms import BoardForm
from thongsuot.oversight.lateness import lateness
from thongsuot.oversight.models import Campaign, GroupSeat, Visit
from thongsuot.oversight.policies import may
from thongsuot.oversight.queries import campaign_in_reach, visits_between
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web import excel

_WEEK = 7
_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """`board` is the whole, `shown` what the filters left of it."""

    campaign: Campaign
    board: Board
    shown: Board
    history: list[Moment]
    may_form: Verdict


@needs(Verb.READ)
def campaign(request: MandatedRequest, pk: int) -> HttpResponse:
    shown = found_campaign(request, pk)
    form = BoardForm(shown, request.GET)
    board = board_of(shown, request.mandate, timezone.localdate())
    page = CampaignPage(
        campaign=shown,
        board=board,
        shown=board.only(form.wanted()),
        history=moments(shown),
        may_form=may(request.mandate, Verb.MANAGE_CAMPAIGNS, shown),
    )
    if request.GET.get("export") == "xlsx":
        return _exported(page.shown)
    context = {"page": page, "form": form, "stages": Stage, "tabs": campaign_tabs(shown, "board")}
    return render(request, "oversight/campaign_board.html", {**context, "crumbs": campaign_crumbs(shown)})


@needs(Verb.READ)
def campaign_units(request: MandatedRequest, pk: int) -> HttpResponse:
    """Unit by unit: what the meetings with each have brought."""
    shown = found_campaign(request, pk)
    board = board_of(shown, request.mandate, timezone.localdate())
    may_form = may(request.mandate, Verb.MANAGE_CAMPAIGNS, shown)
    page = CampaignPage(shown, board, board, [], may_form)
    context = {
        "page": page,
        "tabs": campaign_tabs(shown, "units"),
        "crumbs": campaign_crumbs(shown, _("Theo đơn vị")),
    }
    return render(request, "oversight/campaign_units.html", context)


def _exported(board: Board) -> HttpResponse:
    heads = [
        _("Tổ"),
        _("Tổ trưởng"),
        _("Đơn vị"),
        _("Bước"),
        _("Ngày"),
        _("Trễ"),
        _("Số buổi"),
        _("Buổi gần nhất"),
        _("Kiến nghị"),
        _("Nhiệm vụ"),
    ]
    return excel.workbook(heads, _rows(board), "bang-giam-sat")  # type: ignore[return-value]


def _rows(board: Board) -> Iterator[list[Any]]:
    for block in board.blocks:
        leader = block.leader.with_title if block.leader else ""
        for line in block.lines:
            yield [
                block.group.number,
                leader,
                str(line.unit),
                line.stage.label,
                line.visit.day if line.visit else None,
                line.late.label if line.late else "",
                line.meetings,
                line.last,
                line.proposals,
                line.tasks,
            ]


@dataclass(frozen=True, slots=True)
class Entry:
    visit: Visit
    leader: GroupSeat | None
    late: Lateness | None


@dataclass(frozen=True, slots=True)
class Day:
    on: date
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Timetable:
    """One day, or the days from Monday; weekends only where something stands on them."""

    campaign: Campaign
    first: date
    by_week: bool
    days: list[Day]

    @property
    def last(self) -> date:
        return self.first + timedelta(_WEEK - 1) if self.by_week else self.first

    @property
    def visits(self) -> int:
        return sum(len(day.entries) for day in self.days)

    @property
    def late(self) -> int:
        return sum(1 for day in self.days for entry in day.entries if entry.late)

    @property
    def before(self) -> date:
        return self.first - timedelta(_WEEK if self.by_week else 1)

    @property
    def after(self) -> date:
        return self.first + timedelta(_WEEK if self.by_week else 1)


@needs(Verb.READ)
def timetable(request: MandatedRequest, pk: int) -> HttpResponse:
    shown = found_campaign(request, pk)
    today = timezone.localdate()
    by_week = request.GET.get("xem") != "ngay"
    asked = _day(request.GET.get("tu", "")) or today
    first = asked - timedelta(asked.weekday()) if by_week else asked
    last = first + timedelta(_WEEK - 1) if by_week else first
    visits = list(visits_between(shown, request.mandate, first, last))
    page = Timetable(shown, first, by_week, list(_days(first, last, visits, today)))
    context = {
        "page": page,
        "today": today,
        "tabs": campaign_tabs(shown, "timetable"),
        "crumbs": campaign_crumbs(shown, _("Lịch")),
        "may_form": may(request.mandate, Verb.MANAGE_CAMPAIGNS, shown),
    }
    return render(request, "oversight/timetable.html", context)


def _day(typed: str) -> date | None:
    try:
        return parse_date(typed)
    except ValueError:
        return None


def _days(first: date, last: date, visits: Sequence[Visit], today: date) -> Iterator[Day]:
    on = first
    while on <= last:
        entries = [
            Entry(visit, visit.group.led_by(on), lateness(visit, today))
            for visit in visits
            if visit.day == on
        ]
        if entries or on.weekday() <= _FRIDAY:
            yield Day(on, entries)
        on += timedelta(1)


def found_campaign(request: MandatedRequest, pk: int) -> Campaign:
    """404 to whoever does not reach it."""
    found = campaign_in_reach(request.mandate, pk)
    if found is None:
        raise Http404
    return found


def campaign_tabs(campaign: Campaign, active: str) -> list[dict[str, Any]]:
    """The faces of a campaign."""
    faces = [
        ("board", _("Bảng"), "oversight:campaign", "layout-board"),
        ("timetable", _("Lịch"), "oversight:timetable", "calendar-week"),
        ("units", _("Theo đơn vị"), "oversight:campaign-units", "building-community"),
        ("report", _("Báo cáo"), "oversight:report", "report"),
    ]
    return [
        {"label": label, "url": reverse(name, args=[campaign.pk]), "icon": icon, "active": key == active}
        for key, label, name, icon in faces
    ]


def campaign_crumbs(campaign: Campaign, here: str = "") -> list[tuple[str, str]]:
    above = [(campaign.unit.title, ""), (_("Đợt giám sát"), reverse("oversight:campaigns"))]
    if not here:
        return [*above, (campaign.title, "")]
    return [*above, (campaign.title, campaign.get_absolute_url()), (here, "")]
