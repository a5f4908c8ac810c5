"""A unit's return, and the report consolidated from all of them, as Word files in the layout of their template."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from thongsuot.indicators.display import plain
from thongsuot.lawbook.paper_layouts import layouts
from thongsuot.returns.consolidated import Consolidated, SumLine
from thongsuot.returns.enums import SectionKind
from thongsuot.returns.queries.papers import Paper as ReturnPaper
from thongsuot.web.papers import Head, Paper, Signature

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_COUNTED = (0.07, 0.39, 0.14, 0.14, 0.12, 0.14)


@override(settings.LANGUAGE_CODE)
def return_paper(paper: ReturnPaper, head: Head, signature: Signature) -> bytes:
    """One version of one return, printable for as long as it is kept."""
    template, period = paper.row.round.template, paper.row.round.period
    written = Paper(layouts()[template.layout], head.on, str(paper.row))
    written.head(head)
    written.title(_("Báo cáo"), f"{template.name}, {period}")
    if paper.version and paper.version.number > 1:
        written.text(
            _("Phiên bản %(number)d, thay phiên bản trước. Lý do: %(reason)s")
            % {"number": paper.version.number, "reason": paper.version.reason},
            italic=True,
        )
    written.heading(_("%(roman)s. Số liệu") % {"roman": _ROMAN[0]})
    rows = []
    for at, line in enumerate(paper.lines, start=1):
        figure, before = paper.figures.get(line.pk), paper.before.get(line.pk)
        rows.append(
            [
                at,
                str(line.indicator),
                line.indicator.unit_of_measure,
                figure.display() if figure else "",
                _number(before.value) if before else "",
                paper.explanations.get(line.pk, ""),
            ]
        )
    written.table(
        [_("TT"), _("Chỉ tiêu"), _("Đơn vị tính"), _("Kỳ này"), _("Kỳ trước"), _("Giải trình")],
        rows,
        (0.07, 0.37, 0.14, 0.16, 0.12, 0.14),
    )
    for at, section in enumerate(paper.sections, start=1):
        written.heading(f"{_ROMAN[min(at, 9)]}. {section.title}")
        _lines(written, paper.passages.get(section.pk, ""))
    written.close(signature)
    return written.data()


@override(settings.LANGUAGE_CODE)
def consolidated_paper(content: Consolidated, layout: str, head: Head, signature: Signature) -> bytes:
    """Totals and how complete they are; what the units wrote stands unit by unit in the annex."""
    asked = content.round
    written = Paper(layouts()[layout], head.on, str(asked))
    written.head(head)
    written.title(_("Báo cáo"), _("tổng hợp %(round)s") % {"round": asked})
    written.heading(_("I. Tình hình báo cáo"))
    written.text(
        _(
            "%(sent)d/%(owed)d đơn vị đã gửi báo cáo, %(accepted)d báo cáo đã được tiếp nhận "
            "và tính vào số liệu dưới đây."
        )
        % {"sent": content.handed_in, "owed": content.owed, "accepted": content.accepted}
    )
    if content.silent:
        written.text(_("Chưa gửi: %(units)s.") % {"units": ", ".join(map(str, content.silent))})
    written.heading(_("II. Số liệu tổng hợp"))
    for heading, lines in content.headings:
        if heading:
            written.text(heading, italic=True)
        written.table(
            [
                _("TT"),
                _("Chỉ tiêu"),
                _("Đơn vị tính"),
                _("Kỳ này"),
                _("Kỳ trước"),
                _("Đơn vị có số / thiếu"),
            ],
            [_row(at, line) for at, line in enumerate(lines, start=1)],
            _COUNTED,
        )
    written.text(
        _(
            "Tỷ lệ được tính lại từ tử số và mẫu số của các đơn vị, không lấy bình quân; "
            "đơn vị không phát sinh không tính là thiếu."
        ),
        italic=True,
    )
    for at, words in enumerate(content.words, start=3):
        count = len(words.said)
        written.heading(f"{_ROMAN[min(at, 10) - 1]}. {words.section.title}")
        written.text(
            _("%(count)d đơn vị nêu nội dung này; nguyên văn ở phụ lục.") % {"count": count}
            if count
            else _("Không có đơn vị nào nêu.")
        )
    written.close(signature)
    _annex(written, content)
    return written.data()


def _row(at: int, line: SumLine) -> list[object]:
    percent = f" ({plain(round(line.percent, 2))} %)" if line.percent is not None else ""
    return [
        at,
        str(line.indicator),
        line.indicator.unit_of_measure,
        line.shown + percent,
        line.shown_before,
        f"{line.total.stated} / {line.missing}",
    ]


def _annex(written: Paper, content: Consolidated) -> None:
    told = [words for words in content.words if words.said]
    if not told:
        return
    written.new_page()
    written.heading(_("Phụ lục: nguyên văn báo cáo của các đơn vị"))
    for words in told:
        written.heading(words.section.title)
        for unit, text in words.said:
            written.text(f"{str(unit)[:1].upper()}{str(unit)[1:]}:", italic=True)
            _lines(written, text, dashed=words.section.kind != SectionKind.RESULTS)


def _lines(written: Paper, text: str, *, dashed: bool = False) -> None:
    said: Iterable[str] = [line.strip() for line in text.splitlines() if line.strip()]
    for line in said or [_("Không có.")]:
        bare = line.lstrip("-–•+ ")
        if dashed or bare != line:
            written.item(bare)
        else:
            written.text(line)


def _number(value: object) -> str:
    return "" if value is None else plain(value)  # type: ignore[arg-type]
