"""The brief before a visit as a Word file, from the same rows the page shows."""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from thongsuot.lawbook.paper_layouts import PARTY, layouts
from thongsuot.oversight.briefs import Brief, Item
from thongsuot.web.papers import Paper


@override(settings.LANGUAGE_CODE)
def brief_paper(briefs: Sequence[Brief]) -> bytes:
    """A page for each unit of the visit."""
    first = briefs[0]
    paper = Paper(layouts()[PARTY], first.on, _("Phiếu chuẩn bị"))
    for at, brief in enumerate(briefs):
        if at:
            paper.new_page()
        _write_brief(paper, brief)
    return paper.data()


def _write_brief(paper: Paper, brief: Brief) -> None:
    visit = brief.visit
    paper.title(
        _("Phiếu chuẩn bị"),
        _("buổi giám sát %(unit)s, %(group)s, ngày %(day)s")
        % {"unit": brief.unit, "group": visit.group, "day": f"{visit.day:%d-%m-%Y}"},
    )
    paper.text(
        _("Số liệu, nội dung theo sổ đến ngày %(day)s. Lần làm việc trước: %(last)s.")
        % {
            "day": f"{brief.on:%d-%m-%Y}",
            "last": f"{brief.last_met.date:%d-%m-%Y}" if brief.last_met else _("chưa có"),
        }
    )
    _list(paper, _("1. Câu hỏi cần hỏi"), [f"{one.text} [{one.source}]" for one in brief.questions])
    _list(paper, _("2. Cam kết"), map(_told, brief.promises))
    _list(paper, _("3. Nhiệm vụ chưa xong"), map(_told, brief.tasks))
    _list(paper, _("4. Kiến nghị và trả lời"), map(_told, brief.proposals))
    paper.heading(_("5. Số liệu từ lần làm việc trước"))
    if brief.figures:
        paper.table(
            [_("Chỉ tiêu"), _("Mới nhất"), _("Ngày"), _("Lần trước"), _("Ngày")],
            [
                [
                    str(line.figure.indicator),
                    line.figure.display(),
                    line.figure.on,
                    line.before.display() if line.before else "",
                    line.before.on if line.before else None,
                ]
                for line in brief.figures
            ],
            (0.34, 0.2, 0.14, 0.18, 0.14),
        )
    else:
        paper.item(_("Không có."))
    _list(paper, _("6. Số liệu mâu thuẫn"), [clash.says for clash, _figures in brief.clashes])
    if brief.since:
        _write_difference(paper, brief)


def _write_difference(paper: Paper, brief: Brief) -> None:
    since = brief.since
    assert since is not None, "called for a visit that was held"
    paper.heading(_("7. Thay đổi từ ngày làm việc"))
    parts: tuple[tuple[str, Iterable[str]], ...] = (
        (_("Đã kết thúc"), map(_told, since.closed)),
        (_("Được trả lời"), map(_told, since.answered)),
        (_("Kiến nghị mới"), map(_told, since.asked)),
        (_("Nhiệm vụ mới"), map(_told, since.told)),
        (_("Số liệu mới"), [str(figure) for figure in since.figures]),
    )
    for name, told in parts:
        for one in told:
            paper.item(f"{name}: {one}")
    if not since.anything:
        paper.item(_("Chưa có thay đổi."))


def _told(item: Item) -> str:
    """One line: number, words, state, term, answer, where it had been asked before."""
    matter = item.matter
    told = [f"{matter.number}: {matter.text}", str(matter.get_state_display())]
    if matter.due_on and matter.open:
        told.append(_("hạn %(day)s") % {"day": f"{matter.due_on:%d-%m-%Y}"})
    if item.late:
        told.append(_("quá hạn %(days)d ngày làm việc") % {"days": item.days_late})
    if item.reply:
        told.append(
            _("trả lời %(day)s: %(text)s")
            % {"day": f"{item.reply.answer.answered_on:%d-%m-%Y}", "text": item.reply.answer.text}
        )
    if item.before:
        told.append(_("đã nêu: %(numbers)s") % {"numbers": ", ".join(one.number for one in item.before)})
    return "; ".join(told)


def _list(paper: Paper, title: str, lines: Iterable[str]) -> None:
    paper.heading(title)
    written = 0
    for line in lines:
        paper.item(line)
        written += 1
    if not written:
        paper.item(_("Không có."))
