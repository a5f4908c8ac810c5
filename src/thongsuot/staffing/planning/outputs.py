"""What goes into the file of a decision: the people, each unit before and after, the payrolls to be changed.

Each is one table, written as Excel or as Word; both say of which plan, version and day it is, how far it is proven to
be the best, and whether any of its people are invented.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from thongsuot.lawbook.paper_layouts import STATE, layouts
from thongsuot.staffing.actions.transfers.opening import kind_of
from thongsuot.staffing.enums import Block, Fit
from thongsuot.staffing.models import Plan, PlanMove, Quota
from thongsuot.staffing.planning.figures import Figures, Sums
from thongsuot.staffing.planning.words import said
from thongsuot.staffing.queries.plans import moves_of
from thongsuot.units.models import Unit
from thongsuot.units.queries import communes_of, holding_on
from thongsuot.web.excel import FORMULA_STARTS
from thongsuot.web.papers import Head, Paper, Signature


@dataclass(frozen=True, slots=True)
class Output:
    """`heads` with the share of the page each column takes in Word; None for what only Excel has room for."""

    title: str
    heads: Sequence[tuple[str, float | None]]
    rows: Sequence[Sequence[object]]
    notes: Sequence[str]


Name = Callable[[PlanMove], str]
TITLES = {
    "danh-sach": gettext_lazy("Danh sách dự kiến bố trí, điều động"),
    "truoc-sau": gettext_lazy("Vị trí việc làm từng đơn vị trước và sau"),
    "bien-che": gettext_lazy("Biên chế các đơn vị cần điều chỉnh"),
}


@override(settings.LANGUAGE_CODE)
def output_of(plan: Plan, which: str, name: Name, unit: Unit | None = None) -> Output:
    """`unit` narrows the list of people to those who leave it, come to it or change inside it."""
    match which:
        case "danh-sach":
            return _people(plan, name, unit)
        case "truoc-sau":
            return _before_and_after(plan)
        case _:
            return _payrolls(plan)


def _people(plan: Plan, name: Name, unit: Unit | None) -> Output:
    moves = moves_of(plan).order_by("to_unit__name", "to_position__code", "person__number")
    if unit:
        moves = moves.filter(from_unit=unit) | moves.filter(to_unit=unit)
    rows = list(moves)
    heads: list[tuple[str, float | None]] = [
        (_("Số TT"), 0.06),
        (_("Người"), 0.18),
        (_("Đang giữ"), 0.24),
        (_("Dự kiến bố trí"), 0.26),
        (_("Km"), 0.08),
        (_("Cần bồi dưỡng"), 0.18),
        (_("Loại"), None),
        (_("Chuỗi"), None),
        (_("Thứ tự trong chuỗi"), None),
        (_("Lý do"), None),
        (_("Xử lý"), None),
        (_("Hồ sơ điều động"), None),
        (_("Số quyết định"), None),
        (_("Ngày quyết định"), None),
        (_("Có hiệu lực từ"), None),
    ]
    table = [_person_row(at, move, name(move)) for at, move in enumerate(rows, 1)]
    title = f"{TITLES['danh-sach']}: {unit}" if unit else str(TITLES["danh-sach"])
    return Output(title, heads, table, _notes(plan, any(move.person.synthetic for move in rows)))


def _person_row(at: int, move: PlanMove, name: str) -> list[object]:
    file = getattr(move, "transfer", None)
    kind = kind_of(move.from_unit, move.from_position, move.to_unit, move.to_position)
    return [
        at,
        name,
        f"{move.from_position.name}, {move.from_unit}",
        f"{move.to_position.name}, {move.to_unit}",
        float(move.km),
        _("có") if move.level == Fit.TRAINING else "",
        str(kind.label),
        move.chain,
        move.step,
        "\n".join(said(move.why)),
        str(move.get_standing_display()),
        file.number if file else "",
        file.decision_number if file else "",
        file.decision_on if file else None,
        file.effective_on if file else None,
    ]


def _before_and_after(plan: Plan) -> Output:
    figures = Figures.kept(plan.findings["figures"])
    units = {unit.code: unit for unit in communes_of(plan.unit, plan.on)}
    heads: list[tuple[str, float | None]] = [
        (_("Đơn vị"), 0.3),
        (_("Số chỗ"), 0.1),
        (_("Thừa"), 0.1),
        (_("Còn thừa"), 0.1),
        (_("Thiếu"), 0.1),
        (_("Còn thiếu"), 0.1),
        (_("Đến"), 0.1),
        (_("Đi"), 0.1),
        (_("Đổi vị trí trong đơn vị"), None),
        (_("Có mặt"), None),
        (_("Có mặt sau"), None),
    ]
    lines = [(str(units[code]), sums) for code, sums in figures.units.items() if code in units]
    both = Sums()
    for sums in (figures.total, figures.others):
        both.add(sums)
    table = [_sums_row(name, sums) for name, sums in sorted(lines, key=lambda line: line[0])]
    return Output(
        str(TITLES["truoc-sau"]), heads, [*table, _sums_row(_("Cộng"), both)], _notes(plan, _synthetic(plan))
    )


def _sums_row(name: str, sums: Sums) -> list[object]:
    return [
        name,
        sums.places,
        sums.surplus,
        sums.surplus_after,
        sums.shortage,
        sums.shortage_after,
        sums.coming,
        sums.leaving,
        sums.changing,
        sums.present,
        sums.present_after,
    ]


def _payrolls(plan: Plan) -> Output:
    """By unit and block: what it was given, who is on it in the plan's scope, and what the moves bring or take."""
    come, go = Counter[tuple[int, str]](), Counter[tuple[int, str]]()
    for move in moves_of(plan).filter(secondment=False):
        start, end = (move.from_unit_id, move.from_position.block), (move.to_unit_id, move.to_position.block)
        if start != end:
            go[start] += 1
            come[end] += 1
    given: dict[tuple[int, str], int] = {
        (unit, block): posts
        for unit, block, posts in Quota.objects.filter(holding_on(plan.on)).values_list(
            "unit", "block", "posts"
        )
    }
    units = {unit.pk: unit for unit in communes_of(plan.unit, plan.on)} | {plan.unit.pk: plan.unit}
    heads: list[tuple[str, float | None]] = [
        (_("Đơn vị"), 0.3),
        (_("Khối"), 0.2),
        (_("Biên chế được giao"), 0.14),
        (_("Người đến"), 0.1),
        (_("Người đi"), 0.1),
        (_("Đề nghị tăng, giảm"), 0.16),
    ]
    keys = sorted(
        {key for key in (*come, *go) if key[0] in units}, key=lambda key: (str(units[key[0]]), key[1])
    )
    table: list[list[object]] = [
        [
            str(units[unit]),
            str(Block(block).label),
            given.get((unit, block)),
            come[unit, block],
            go[unit, block],
            come[unit, block] - go[unit, block],
        ]
        for unit, block in keys
    ]
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for unit, block in keys:
        sums[block].update(come=come[unit, block], go=go[unit, block])
    for block, counts in sorted(sums.items()):
        label = str(Block(block).label)
        table.append([_("Cộng"), label, None, counts["come"], counts["go"], counts["come"] - counts["go"]])
    notes = _notes(plan, _synthetic(plan))
    change = _(
        "Lương trả theo biên chế nên biên chế phải đổi cùng ngày với quyết định. Chuyển biên chế giữa các khối thuộc "
        "thẩm quyền của Ban Thường vụ Thành ủy, Tỉnh ủy; người biệt phái giữ biên chế nơi cử đi, không tính ở đây."
    )
    return Output(str(TITLES["bien-che"]), heads, table, [*notes, change])


def _synthetic(plan: Plan) -> bool:
    return plan.moves.filter(person__synthetic=True).exists()


def _notes(plan: Plan, synthetic: bool) -> list[str]:
    notes = [
        _("Phương án “%(title)s”, bản %(number)s; số liệu ngày %(day)s.")
        % {"title": plan.title, "number": plan.number, "day": f"{plan.on:%d-%m-%Y}"},
        _("Đã chứng minh là tốt nhất dưới các điều kiện đã đặt.")
        if plan.status == "optimal"
        else _("Thỏa mọi quy tắc; chưa chứng minh là tốt nhất ở mọi mục tiêu."),
        _("Đây là đề xuất. Mỗi người phải được gặp, nghe ý kiến; chỉ có hiệu lực khi có quyết định."),
    ]
    if synthetic:
        notes.append(_("Người trong danh sách là người giả định, dựng để minh họa; không phải người thật."))
    return notes


@override(settings.LANGUAGE_CODE)
def as_workbook(plan: Plan, outputs: Iterable[Output]) -> bytes:
    """A sheet for each, behind one that says what they are."""
    made = BytesIO()
    with xlsxwriter.Workbook(
        made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"title": plan.title, "created": datetime.combine(plan.on, time(), UTC)})
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        outputs = list(outputs)
        about = book.add_worksheet(_("Thông tin"))
        about.set_column(0, 0, 110)
        for line, words in enumerate(dict.fromkeys(note for output in outputs for note in output.notes)):
            about.write_string(line, 0, words)
        for output, name in zip(outputs, _sheet_names(outputs), strict=True):
            _write_sheet(book, name, output, bold)
    return made.getvalue()


def _sheet_names(outputs: Sequence[Output]) -> list[str]:
    short = {str(title): key for key, title in TITLES.items()}
    names = {"danh-sach": _("Danh sách"), "truoc-sau": _("Trước và sau"), "bien-che": _("Biên chế")}
    return [names[short.get(output.title, "danh-sach")] for output in outputs]


def _write_sheet(book: Any, name: str, output: Output, bold: Any) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    formats = {
        "day": book.add_format({"num_format": "dd-mm-yyyy"}),
        "far": book.add_format({"num_format": "0.0"}),
        "guarded": book.add_format({"quote_prefix": True}),
    }
    for at, (head, _share) in enumerate(output.heads):
        sheet.set_column(at, at, min(60, max(12, len(head) + 4)))
        sheet.write_string(0, at, head, bold)
    for line, row in enumerate(output.rows, 1):
        for at, value in enumerate(row):
            _write_cell(sheet, line, at, value, formats)
    sheet.autofilter(0, 0, max(len(output.rows), 1), len(output.heads) - 1)


def _write_cell(sheet: Any, line: int, at: int, value: object, formats: Mapping[str, Any]) -> None:
    match value:
        case None | "":
            return
        case int():
            sheet.write_number(line, at, value)
        case float():
            sheet.write_number(line, at, value, formats["far"])
        case str():
            guard = formats["guarded"] if value.startswith(FORMULA_STARTS) else None
            sheet.write_string(line, at, value, guard)
        case _:
            sheet.write_datetime(line, at, value, formats["day"])


@override(settings.LANGUAGE_CODE)
def as_paper(plan: Plan, output: Output, on: Any) -> bytes:
    """In the layout of State papers, an annex to the report of the department of home affairs."""
    paper = Paper(layouts()[STATE], on, output.title)
    issuer = _("Sở Nội vụ")
    superior = _("Ủy ban nhân dân %(unit)s") % {"unit": plan.unit}
    paper.head(Head(superior=superior, issuer=issuer, place=plan.unit.name, on=on))
    paper.title(_("Phụ lục"), output.title)
    for note in output.notes:
        paper.text(note, italic=True)
    shown = [at for at, (_head, share) in enumerate(output.heads) if share]
    paper.table(
        [output.heads[at][0] for at in shown],
        ([_in_words(row[at]) for at in shown] for row in output.rows),
        [share for _head, share in output.heads if share],
    )
    paper.close(Signature(_("Giám đốc"), recipients=[_("Như trên"), _("Lưu: VT")]))
    return paper.data()


def _in_words(value: object) -> object:
    return f"{value:.1f}".replace(".", ",") if isinstance(value, float) else value
