"""Rounds: opening one, who has reported, reminding, taking in, closing; and all units against the last rounds."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from thongsuot.kernel.verdicts import Refused
from thongsuot.returns.actions.moving import accept_returns
from thongsuot.returns.actions.rounds import chase_returns, close_round, extend_return, open_round
from thongsuot.returns.forms.rounds import BoardForm, ExtendForm, OpenRoundForm, StateForm
from thongsuot.returns.policies import may
from thongsuot.returns.queries.board import PER_PAGE, Board, board, columns, screen
from thongsuot.returns.queries.papers import visible_returns
from thongsuot.returns.queries.rounds import (
    Line,
    RoundPage,
    chases_of,
    openable,
    round_page,
    rounds,
    shown_lines,
    to_accept,
)
from thongsuot.returns.tables import BoardDrawn, ScreenDrawn
from thongsuot.returns.views.frame import crumbs, found_return, found_round, return_tabs
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.web import excel
from thongsuot.web.editing import show_form, tried
from thongsuot.web.toasts import done

MANY = 400  # from here on the cells of one screen are drawn small
CHASES = 20


@needs(Verb.READ)
@require_GET
def round_list(request: MandatedRequest) -> HttpResponse:
    context = {
        "rounds": list(rounds(request.mandate)[:100]),
        "waiting": to_accept(request.mandate).count(),
        "may_open": may(request.mandate, Verb.KEEP_RETURNS),
        "today": timezone.localdate(),
        "tabs": return_tabs(request, "rounds"),
        "crumbs": crumbs(),
    }
    return render(request, "returns/round_list.html", context)


@needs(Verb.KEEP_RETURNS)
def open_new_round(request: MandatedRequest) -> HttpResponse:
    templates = openable(request.mandate, timezone.localdate())
    form = OpenRoundForm(templates, request.POST or None, initial={"template": request.GET.get("mau", "")})
    if request.method == "POST":
        called = tried(
            form,
            lambda: open_round(
                by=request.mandate,
                template=form.cleaned_data["template"],
                name=form.cleaned_data["period"],
                due=form.cleaned_data["due"],
            ),
        )
        if called is not None:
            done(request, _("Đã mở kỳ báo cáo và báo cho từng đơn vị"))
            return redirect(called)
    context = {"form": form, "crumbs": crumbs((_("Mở kỳ báo cáo"), ""))}
    return show_form(request, "returns/round_form.html", context)


@needs(Verb.READ)
@require_GET
def one_round(request: MandatedRequest, pk: int) -> HttpResponseBase:
    called = found_round(request, pk)
    page = round_page(request.mandate, called, timezone.localdate())
    form = StateForm(request.GET)
    wanted, words = form.wanted()
    shown = shown_lines(page.lines, wanted, words)
    if request.GET.get("export") == "xlsx":
        return _file(page, shown)
    keeps = may(request.mandate, Verb.KEEP_RETURNS, called)
    context = {
        "page": page,
        "shown": shown,
        "form": form,
        "narrowed": bool(wanted or words),
        "chases": list(chases_of(request.mandate, called)[:CHASES]),
        "may_chase": keeps,
        "may_close": keeps.ok and called.closed_at is None,
        "may_accept": may(request.mandate, Verb.ACCEPT_RETURN, called),
        "crumbs": crumbs((str(called), "")),
    }
    return render(request, "returns/round_page.html", context)


@needs(Verb.KEEP_RETURNS)
@require_POST
def chase(request: MandatedRequest, pk: int) -> HttpResponse:
    """The units ticked; without ticks everybody who owes."""
    called = found_round(request, pk)
    chosen = [int(key) for key in request.POST.getlist("chosen") if key.isdigit()]
    try:
        many = chase_returns(
            by=request.mandate,
            called=called,
            units=None if request.POST.get("all") else chosen,
            words=request.POST.get("words", "").strip()[:500],
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        done(request, ngettext("Đã đôn đốc %s đơn vị", "Đã đôn đốc %s đơn vị", many) % many)
    return redirect(called)


@needs(Verb.ACCEPT_RETURN)
@require_POST
def accept_waiting(request: MandatedRequest, pk: int) -> HttpResponse:
    """Every return of the round that was handed in, each by itself."""
    called = found_round(request, pk)
    rows = list(to_accept(request.mandate).filter(round=called))
    accepted, refused = accept_returns(by=request.mandate, rows=rows)
    if accepted:
        done(request, ngettext("Đã tiếp nhận %s báo cáo", "Đã tiếp nhận %s báo cáo", accepted) % accepted)
    for row, why in refused[:5]:
        messages.error(request, f"{row.unit.title}: {why}")
    if not rows:
        messages.error(request, _("Không có báo cáo nào chờ tiếp nhận trong kỳ này."))
    return redirect(called)


@needs(Verb.KEEP_RETURNS)
@require_POST
def close(request: MandatedRequest, pk: int) -> HttpResponse:
    called = found_round(request, pk)
    try:
        locked = close_round(by=request.mandate, called=called)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        done(request, ngettext("Đã chốt kỳ với %s báo cáo", "Đã chốt kỳ với %s báo cáo", locked) % locked)
    return redirect(called)


@needs(Verb.KEEP_RETURNS)
def extend(request: MandatedRequest, pk: int) -> HttpResponse:
    row = found_return(request, pk)
    form = ExtendForm(request.POST or None, initial={"due": row.due})
    if request.method == "POST":
        extended = tried(form, lambda: extend_return(by=request.mandate, row=row, **form.cleaned_data))
        if extended is not None:
            done(request, _("Đã gia hạn cho %s") % row.unit)
            return redirect(row)
    trail = crumbs(
        (str(row.round), row.round.get_absolute_url()),
        (row.unit.title, row.get_absolute_url()),
        (_("Gia hạn"), ""),
    )
    context = {"row": row, "form": form, "crumbs": trail}
    return show_form(request, "returns/extend_form.html", context)


@needs(Verb.READ)
@require_GET
def progress_board(request: MandatedRequest) -> HttpResponseBase:
    """Units against the last periods; more than a table holds are shown on one screen, of one period."""
    today = timezone.localdate()
    found = columns(request.mandate, today)
    form = BoardForm(request.GET, found)
    wanted, words = form.wanted()
    context = {
        "form": form,
        "columns": found,
        "narrowed": bool(wanted or words),
        "tabs": return_tabs(request, "board"),
        "crumbs": crumbs((_("Tiến độ các đơn vị"), "")),
    }
    column = form.column()
    on_one_screen = form.on_one_screen(PER_PAGE)
    if on_one_screen and column is not None and "export" not in request.GET:
        shown = screen(request.mandate, today, column, state=wanted, words=words)
        context |= {"screen": shown, "drawn": ScreenDrawn(shown), "small": shown.total > MANY}
        return render(request, "returns/board_screen.html", context)
    said = request.GET.get("page", "1")
    page = max(1, int(said)) if said.isdigit() and len(said) < 6 else 1
    shown_rows = board(request.mandate, today, found, state=wanted, words=words, page=page)
    if request.GET.get("export") == "xlsx":
        return _board_file(shown_rows)
    context |= {"board": shown_rows, "drawn": BoardDrawn(shown_rows)}
    context |= {"page": page, "more": shown_rows.total > page * PER_PAGE}
    return render(request, "returns/board.html", context)


@needs(Verb.ACCEPT_RETURN)
@require_GET
def waiting(request: MandatedRequest) -> HttpResponse:
    """The next one to be taken in."""
    row = to_accept(request.mandate).first()
    if row is None:
        done(request, _("Không có báo cáo nào chờ tiếp nhận"))
        return redirect("returns:rounds")
    return redirect(visible_returns(request.mandate).get(pk=row.pk))


def _file(page: RoundPage, shown: Sequence[Line]) -> FileResponse:
    heads = [
        _("Mã đơn vị"),
        _("Đơn vị"),
        _("Tình trạng"),
        _("Hạn nộp"),
        _("Gửi lúc"),
        _("Số ngày quá hạn"),
        _("Phiên bản"),
        _("Số lần đôn đốc"),
        _("Đôn đốc gần nhất"),
    ]
    rows = (
        [
            line.unit.code,
            line.unit.title,
            line.row.get_state_display(),
            line.row.due,
            timezone.localtime(line.row.handed_in_at).replace(tzinfo=None) if line.row.handed_in_at else None,
            line.days_late or None,
            line.row.number or None,
            line.row.times_chased,
            timezone.localtime(line.row.last_chased_at).replace(tzinfo=None)
            if line.row.last_chased_at
            else None,
        ]
        for line in shown
    )
    return excel.workbook(heads, rows, f"tien-do-{page.round.period.code}")


def _board_file(found: Board) -> FileResponse:
    heads = [_("Mã đơn vị"), _("Đơn vị"), *(str(one) for one in found.columns)]
    rows = (
        [row.unit.code, row.unit.title, *(cell.label if cell else "" for cell in row.cells)]
        for row in found.rows
    )
    return excel.workbook(heads, rows, "tien-do-bao-cao")
