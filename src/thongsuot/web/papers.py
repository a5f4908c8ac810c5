"""Official papers as Word files in the prescribed layout; the same content always gives the same file."""

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any

import docx
from django.utils.translation import gettext as _
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from thongsuot.lawbook.paper_layouts import Layout

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PACKED = (1980, 1, 1, 0, 0, 0)  # so that the hour of making leaves no trace in the file
_PAGE_WIDTH = 210


@dataclass(frozen=True, slots=True)
class Head:
    """Who issues the paper, from where, on which day; what is not known stays open for the pen."""

    superior: str
    issuer: str
    place: str
    on: date
    number: str = ""
    code: str = ""
    kind: str = "BC"  # what stands before the code of the body: BC a report, QĐ a decision, BB minutes


@dataclass(frozen=True, slots=True)
class Signature:
    title: str
    name: str = ""
    recipients: Sequence[str] = ()


class Paper:
    def __init__(self, layout: Layout, on: date, title: str) -> None:
        self.layout, self.on = layout, on
        self.document: Any = docx.Document()
        self._set_page()
        self._set_type()
        self._number_pages()
        properties = self.document.core_properties
        properties.title, properties.author, properties.comments = title, "Thông Suốt", ""
        made = datetime.combine(on, time(), UTC)
        properties.created = properties.modified = properties.last_printed = made
        properties.revision, properties.last_modified_by = 1, ""

    @property
    def width(self) -> int:
        """Between the margins, in millimetres."""
        return _PAGE_WIDTH - self.layout.margins["left"] - self.layout.margins["right"]

    def head(self, head: Head) -> None:
        """Two columns: the issuing body with the number, the heading with place and day."""
        table = self.document.add_table(rows=1, cols=2)
        table.autofit = False
        left, right = table.rows[0].cells
        left.width, right.width = Mm(self.width * 0.42), Mm(self.width * 0.58)
        sizes, layout = self.layout.sizes, self.layout
        first = left.paragraphs[0]
        if head.superior:
            self._centred(first, head.superior.upper(), sizes["superior"])
            first = left.add_paragraph()
        self._centred(first, head.issuer.upper(), sizes["issuer"], bold=True)
        under = left.add_paragraph()
        self._centred(under, "*" if layout.star else "_______", sizes["issuer"] if layout.star else 6)
        number = layout.number.format(
            number=head.number or "      ", kind=head.kind, code=head.code or layout.issuer_code
        )
        self._centred(left.add_paragraph(), number, sizes["number"])
        for at, (line, size) in enumerate(zip(layout.top, layout.top_sizes, strict=True)):
            paragraph = right.paragraphs[0] if at == 0 else right.add_paragraph()
            last = at == len(layout.top) - 1
            self._centred(paragraph, line, size, bold=True, underlined=last)
        day = _("%(place)s, ngày %(day)02d tháng %(month)02d năm %(year)d") % {
            "place": head.place,
            "day": head.on.day,
            "month": head.on.month,
            "year": head.on.year,
        }
        self._centred(right.add_paragraph(), day, sizes["day"], italic=True)

    def title(self, kind: str, abstract: str) -> None:
        sizes = self.layout.sizes
        self._space()
        self._centred(self.document.add_paragraph(), kind.upper(), sizes["kind"], bold=True)
        self._centred(self.document.add_paragraph(), abstract, sizes["abstract"], bold=True)
        self._centred(
            self.document.add_paragraph(), self.layout.separated or "_______", 10 if self.layout.star else 6
        )
        self._space()

    def heading(self, text: str) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        self._run(paragraph, text, self.layout.sizes["body"], bold=True)

    def text(self, text: str, *, italic: bool = False) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.alignment = ALIGN.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(10)
        paragraph.paragraph_format.space_after = Pt(6)
        self._run(paragraph, text, self.layout.sizes["body"], italic=italic)

    def item(self, text: str) -> None:
        self.text(f"- {text}")

    def table(
        self, heads: Sequence[str], rows: Iterable[Sequence[object]], widths: Sequence[float] = ()
    ) -> None:
        """`widths` are shares of the page; the head stands again on every page."""
        table = self.document.add_table(rows=1, cols=len(heads))
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = not widths
        measures = [Mm(self.width * share) for share in widths]
        self._fill(table.rows[0], heads, measures, bold=True)
        repeated = OxmlElement("w:tblHeader")
        repeated.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)
        for row in rows:
            self._fill(table.add_row(), row, measures)
        self._space()

    def close(self, signature: Signature) -> None:
        """Recipients at the left, the signer at the right."""
        table = self.document.add_table(rows=1, cols=2)
        left, right = table.rows[0].cells
        sizes, italic = self.layout.sizes, self.layout.recipients_italic
        if signature.recipients:
            self._run(
                left.paragraphs[0],
                _("Nơi nhận:"),
                sizes["recipients_head"],
                bold=italic,
                italic=italic,
                underlined=not italic,
            )
        for at, one in enumerate(signature.recipients):
            end = "." if at == len(signature.recipients) - 1 else ";"
            self._run(left.add_paragraph(), f"- {one}{end}", sizes["recipients"])
        self._centred(right.paragraphs[0], signature.title.upper(), sizes["signer"], bold=True)
        for _line in range(4):
            self._centred(right.add_paragraph(), "", sizes["signer"])
        self._centred(right.add_paragraph(), signature.name, sizes["signer"], bold=True)

    def new_page(self) -> None:
        self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def data(self) -> bytes:
        written = BytesIO()
        self.document.save(written)
        return timeless(written.getvalue())

    def _set_page(self) -> None:
        section, margins = self.document.sections[0], self.layout.margins
        section.page_width, section.page_height = Mm(_PAGE_WIDTH), Mm(297)
        section.left_margin, section.right_margin = Mm(margins["left"]), Mm(margins["right"])
        section.top_margin, section.bottom_margin = Mm(margins["top"]), Mm(margins["bottom"])

    def _set_type(self) -> None:
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = self.layout.font, Pt(self.layout.sizes["body"])
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), self.layout.font)
        style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE

    def _number_pages(self) -> None:
        """In the middle of the top margin, from the second page on."""
        section = self.document.sections[0]
        section.different_first_page_header_footer = True
        paragraph = section.header.paragraphs[0]
        paragraph.alignment = ALIGN.CENTER
        run = paragraph.add_run()
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            if kind:
                part = OxmlElement("w:fldChar")
                part.set(qn("w:fldCharType"), kind)
            else:
                part = OxmlElement("w:instrText")
                part.text = text
            run._r.append(part)

    def _fill(
        self, row: Any, values: Sequence[object], measures: Sequence[Any], *, bold: bool = False
    ) -> None:
        size = self.layout.sizes["table"]
        for at, (cell, value) in enumerate(zip(row.cells, values, strict=True)):
            if measures:
                cell.width = measures[at]
            paragraph = cell.paragraphs[0]
            number = isinstance(value, int) and not isinstance(value, bool)
            paragraph.alignment = ALIGN.CENTER if bold else ALIGN.RIGHT if number else ALIGN.LEFT
            self._run(paragraph, _shown(value), size, bold=bold)

    def _centred(self, paragraph: Any, text: str, size: int, **look: bool) -> None:
        paragraph.alignment = ALIGN.CENTER
        self._run(paragraph, text, size, **look)

    @staticmethod
    def _run(
        paragraph: Any,
        text: str,
        size: int,
        *,
        bold: bool = False,
        italic: bool = False,
        underlined: bool = False,
    ) -> None:
        run = paragraph.add_run(text)
        run.font.size = Pt(size)
        run.bold, run.italic, run.underline = bold, italic, underlined

    def _space(self) -> None:
        self.document.add_paragraph()


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}".replace(",", ".")
    return str(value)


def timeless(data: bytes) -> bytes:
    """The same parts in the same order, without the hour they were packed."""
    packed = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as before,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for part in before.infolist():
            entry = zipfile.ZipInfo(part.filename, _PACKED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, before.read(part.filename))
    return packed.getvalue()
