"""The report of a campaign as Word and Excel file, from the same rows the pages show."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from thongsuot.lawbook.paper_layouts import layouts
from thongsuot.oversight.enums import Standing
from thongsuot.oversight.reports import Asked, Cross, Report, Row
from thongsuot.web.excel import FORMULA_STARTS
from thongsuot.web.papers import Head, Paper, Signature


@override(settings.LANGUAGE_CODE)
def report_paper(report: Report, layout: str, head: Head, signature: Signature) -> bytes:
    paper = Paper(layouts()[layout], report.on, report.campaign.title)
    paper.head(head)
    paper.title(_("Báo cáo"), _("kết quả %(campaign)s") % {"campaign": report.campaign.title})
    _write_summary(paper, report)
    _write_proposals(paper, report)
    _write_units(paper, report)
    _write_originals(paper, report)
    paper.close(signature)
    return paper.data()


def _write_summary(paper: Paper, report: Report) -> None:
    board, campaign = report.board, report.campaign
    paper.heading(_("I. Kết quả thực hiện"))
    if campaign.plan:
        paper.text(_("Căn cứ %(plan)s.") % {"plan": campaign.plan})
    paper.text(
        _(
            "Đến ngày %(day)s, %(groups)d tổ công tác đã làm việc với %(met)d trên %(units)d đơn vị, "
            "qua %(meetings)d buổi; ghi nhận %(asked)d kiến nghị, khó khăn và %(told)d chỉ đạo, cam kết."
        )
        % {
            "day": f"{report.on:%d-%m-%Y}",
            "groups": len(board.blocks),
            "met": board.met,
            "units": board.units,
            "meetings": board.meetings,
            "asked": len(report.proposals),
            "told": len(report.tasks),
        }
    )
    paper.text(
        _(
            "%(answered)d kiến nghị đã được trả lời, %(late)d quá hạn trả lời. "
            "%(done)d nhiệm vụ đã hoàn thành, %(late_tasks)d quá hạn."
        )
        % {
            "answered": report.answered,
            "late": report.late,
            "done": report.done_tasks,
            "late_tasks": report.late_tasks,
        }
    )


def _write_proposals(paper: Paper, report: Report) -> None:
    paper.heading(_("II. Kiến nghị, khó khăn"))
    widths = (0.3, *[0.1] * (len(Standing) + 2))
    heads = [*(str(standing.label) for standing in Standing), _("Cộng"), _("Quá hạn")]
    paper.text(_("1. Theo lĩnh vực"))
    paper.table([_("Lĩnh vực"), *heads], [_cross(line) for line in (*report.by_topic, report.whole)], widths)
    paper.text(_("2. Theo thẩm quyền"))
    lines = (*report.by_competence, report.whole)
    paper.table([_("Thẩm quyền"), *heads], [_cross(line) for line in lines], widths)


def _cross(line: Cross) -> list[object]:
    return [line.name, *(count for _standing, count in line.cells), line.total, line.late]


def _write_units(paper: Paper, report: Report) -> None:
    paper.heading(_("III. Theo đơn vị"))
    paper.table(
        [
            _("Tổ"),
            _("Đơn vị"),
            _("Bước"),
            _("Kiến nghị"),
            _("Chờ"),
            _("Quá hạn"),
            _("Việc chưa xong"),
            _("Việc trễ"),
        ],
        [
            [
                finding.line.group.number,
                str(finding.line.unit),
                str(finding.line.stage.label),
                finding.asked,
                finding.awaited,
                finding.late,
                finding.open_tasks,
                finding.late_tasks,
            ]
            for finding in report.findings
        ],
        (0.07, 0.27, 0.18, 0.11, 0.08, 0.09, 0.11, 0.09),
    )
    clashes = [
        f"{finding.line.unit}: {clash.says}" for finding in report.findings for clash in finding.clashes
    ]
    if clashes:
        paper.text(_("Số liệu cần làm rõ:"))
        for clash in dict.fromkeys(clashes):
            paper.item(clash)


def _write_originals(paper: Paper, report: Report) -> None:
    late = report.proposals_where(Asked(late=True))
    paper.heading(_("IV. Kiến nghị quá hạn trả lời"))
    for row in late:
        paper.item(_original(row))
    if not late:
        paper.item(_("Không có."))
    paper.heading(_("V. Nguyên văn kiến nghị và trả lời"))
    for line in report.by_topic:
        paper.text(line.name, italic=True)
        for row in report.proposals:
            if row.matter.topic == line.key:
                paper.item(_original(row))


def _original(row: Row) -> str:
    told = [f"{row.matter.number} ({row.unit_names or _('chưa rõ đơn vị')}): {row.matter.text}"]
    told.append(str(row.standing.label))
    if row.matter.due_on and row.matter.open:
        told.append(_("hạn %(day)s") % {"day": f"{row.matter.due_on:%d-%m-%Y}"})
    if row.answers:
        told.append(_("trả lời: %(answers)s") % {"answers": row.answers})
    return "; ".join(told)


@override(settings.LANGUAGE_CODE)
def report_workbook(report: Report) -> bytes:
    """A sheet for each table; what is counted stands beside the originals it was counted from."""
    made = BytesIO()
    with xlsxwriter.Workbook(
        made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties(
            {"title": report.campaign.title, "created": datetime.combine(report.on, time(), UTC)}
        )
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        guarded = book.add_format({"quote_prefix": True})
        for name, heads, rows in _sheets(report):
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for at, head in enumerate(heads):
                sheet.set_column(at, at, min(60, max(12, len(head) + 4)))
                sheet.write_string(0, at, head, bold)
            last = 0
            for last, row in enumerate(rows, start=1):
                for at, value in enumerate(row):
                    _cell(sheet, last, at, value, day, guarded)
            sheet.autofilter(0, 0, max(last, 1), len(heads) - 1)
    return made.getvalue()


def _cell(sheet: Any, line: int, at: int, value: object, day: Any, guarded: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, int) and not isinstance(value, bool):
        sheet.write_number(line, at, value)
    elif hasattr(value, "isoformat"):
        sheet.write_datetime(line, at, value, day)
    else:
        text = str(value)
        sheet.write_string(line, at, text, guarded if text.startswith(FORMULA_STARTS) else None)


def _sheets(report: Report) -> Iterator[tuple[str, list[str], Iterator[list[Any]]]]:
    standings = [str(standing.label) for standing in Standing]
    crossed = [*standings, _("Cộng"), _("Quá hạn")]
    yield (
        _("Theo lĩnh vực"),
        [_("Lĩnh vực"), *crossed],
        (_cross(one) for one in (*report.by_topic, report.whole)),
    )
    yield (
        _("Theo thẩm quyền"),
        [_("Thẩm quyền"), *crossed],
        (_cross(one) for one in (*report.by_competence, report.whole)),
    )
    yield (
        _("Tổng hợp"),
        [_("Lĩnh vực"), _("Đơn vị"), _("Thẩm quyền"), _("Trạng thái"), _("Số kiến nghị"), _("Quá hạn")],
        (
            [topic, unit, competence, str(standing.label), count, late]
            for topic, unit, competence, standing, count, late in report.cube
        ),
    )
    yield (
        _("Kiến nghị"),
        [
            _("Số"),
            _("Tổ"),
            _("Đơn vị"),
            _("Ngày nêu"),
            _("Lĩnh vực"),
            _("Loại"),
            _("Thẩm quyền"),
            _("Nguyên văn"),
            _("Người nêu"),
            _("Nơi đang giữ"),
            _("Trạng thái"),
            _("Hạn"),
            _("Quá hạn"),
            _("Trả lời"),
        ],
        (_proposal_cells(row) for row in report.proposals),
    )
    yield (
        _("Nhiệm vụ"),
        [
            _("Số"),
            _("Tổ"),
            _("Đơn vị"),
            _("Ngày"),
            _("Loại"),
            _("Nội dung"),
            _("Trạng thái"),
            _("Hạn"),
            _("Quá hạn"),
        ],
        (_task_cells(row) for row in report.tasks),
    )
    yield (
        _("Theo đơn vị"),
        [
            _("Tổ"),
            _("Đơn vị"),
            _("Bước"),
            _("Kiến nghị"),
            _("Chờ trả lời"),
            _("Quá hạn"),
            _("Việc chưa xong"),
            _("Việc trễ"),
            _("Số liệu cần làm rõ"),
        ],
        (
            [
                finding.line.group.number,
                str(finding.line.unit),
                str(finding.line.stage.label),
                finding.asked,
                finding.awaited,
                finding.late,
                finding.open_tasks,
                finding.late_tasks,
                "\n".join(clash.says for clash in finding.clashes),
            ]
            for finding in report.findings
        ),
    )


def _proposal_cells(row: Row) -> list[Any]:
    matter = row.matter
    return [
        matter.number,
        row.group.number,
        row.unit_names,
        matter.raised_on,
        matter.topic_name,
        str(matter.get_kind_display()),
        row.competence_name,
        matter.text,
        matter.speaker,
        matter.holder_name,
        str(row.standing.label),
        matter.due_on,
        _("quá hạn") if row.late else "",
        row.answers,
    ]


def _task_cells(row: Row) -> list[Any]:
    matter = row.matter
    return [
        matter.number,
        row.group.number,
        row.unit_names,
        matter.raised_on,
        str(matter.get_kind_display()),
        matter.text,
        str(matter.get_state_display()),
        matter.due_on,
        _("quá hạn") if row.late else "",
    ]
