"""One opened directive: its paragraphs, the cells of its two columns, and where head, body and foot lie."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from thongsuot.kernel import Span
from thongsuot.reading.directive.words import Words, load_words
from thongsuot.reading.lexicon import Lexicon
from thongsuot.reading.mentions.organisations import Bodies
from thongsuot.reading.mentions.units import find_units
from thongsuot.reading.page import Page, cut_blocks
from thongsuot.reading.page.flat import GAP, flatten

# Beside list markers, what always begins a paragraph of its own.
_OPENS = re.compile(
    r"\s*(?:(?:điều|chương|mục|phần) (?:thứ )?\w{1,8}\b|căn cứ |nơi nhận|kính gửi|phụ lục\b|t/?m\.? |tm\.|kt\.|tl\."
    r"|tuq\.|\|"
    r"|[a-h][-.] |[ivx]{1,6}[-/] |\d{1,2}(?:\.\d{1,2})*(?:[.)/-]|\.-) |\+ )",
    re.I,
)
_FOOT = re.compile(r"(?:nơi nhận ?:?$|nơi nhận ?:|t/?m\.? |tm\.|kt\.|tl\.|tuq\.|q\. ?(?:chủ tịch|giám đốc))")
_FIRST = re.compile(
    r"căn cứ |thực hiện |thi hành |xét đề nghị|theo đề nghị|tiếp theo |sau khi |trên cơ sở |qua (?:theo dõi|kiểm tra)"
    r"|để "
    r"|thời gian qua|trong thời gian|ngày \d|theo dự báo|vừa qua|hiện nay"
)
_LISTED = re.compile(r"\(?(?:[ivx]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-h])(?:\.-|[.)/-]) |\d{1,2}\.\d{1,2} |- |\|")
_RULE = re.compile(r"[\s*_=.~-]*")


class Cell(NamedTuple):
    start: int
    end: int


@dataclass(frozen=True)
class Paragraph:
    start: int
    end: int
    cells: tuple[Cell, ...]


def _paragraphs(text: str) -> tuple[Paragraph, ...]:
    found, start = [], 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            cells, at = [], start
            for part in line.split(GAP):
                begin = at + len(part) - len(part.lstrip())
                if part.strip():
                    cells.append(Cell(begin, begin + len(part.strip())))
                at += len(part) + 1
            found.append(Paragraph(cells[0].start, cells[-1].end, tuple(cells)))
        start = end + 1
    return tuple(found)


class Paper:
    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.lexicon: Lexicon = lexicon
        self.words: Words = load_words()
        flat = flatten(text, _OPENS)
        blocks, official = cut_blocks(flat)
        self.page = Page(flat, flat.text, flat.shade, blocks, official)
        self.text, self.shade = flat.text, flat.shade
        self.paragraphs = _paragraphs(flat.text)

    def span(self, start: int, end: int) -> Span:
        return self.page.span(start, end)

    @cached_property
    def bodies(self) -> Bodies:
        scan = self.lexicon.scanner.scan(self.shade)
        return Bodies(self.page, self.lexicon, find_units(self.page, self.lexicon, scan), scan)

    def is_capitals(self, start: int, end: int) -> bool:
        letters = [letter for letter in self.text[start:end] if letter.isalpha()]
        return len(letters) > 2 and sum(letter.isupper() for letter in letters) > 0.9 * len(letters)

    def is_rule(self, cell: Cell) -> bool:
        return bool(_RULE.fullmatch(self.text, cell.start, cell.end))

    def title_at(self, paragraph: Paragraph) -> tuple[str, int] | None:
        """The type a paragraph names in capitals, "KẾ HOẠCH", and where it ends."""
        for kind in self.words.types:
            end = paragraph.start + len(kind)
            if self.shade.startswith(kind, paragraph.start) and self.text[paragraph.start : end].isupper():
                after = self.text[end : paragraph.end]
                if not after or (after[0] in " :" and not after.lstrip(" :")[:1].isdigit()):
                    return kind, end
        return None

    @cached_property
    def title(self) -> tuple[int, str, int] | None:
        """Index of the paragraph that names the type, the type, and where that name ends."""
        for place, paragraph in enumerate(self.paragraphs[:40]):
            if len(paragraph.cells) == 1 and (named := self.title_at(paragraph)):
                return place, *named
        return None

    @cached_property
    def body_from(self) -> int:
        """Index of the first paragraph after head and abstract."""
        begin = self.title[0] + 1 if self.title else self._after_letterhead()
        if self.title and self.sent_to and self.sent_to[-1].start > self.paragraphs[self.title[0]].start:
            return self.paragraphs.index(self.sent_to[-1]) + 1
        for place in range(begin, len(self.paragraphs)):
            paragraph = self.paragraphs[place]
            shade = self.shade[paragraph.start : paragraph.end]
            if _FIRST.match(shade) and self.text[paragraph.start].isupper():
                return place
            if _OPENS.match(shade) or _LISTED.match(shade):
                return place
            if (len(shade) > 60 and shade[-1] in ".:;") or place - begin > 6:
                return place
        return begin

    def _after_letterhead(self) -> int:
        """A letter has no title: its body follows those it is sent to."""
        sent = next((p for p, g in enumerate(self.paragraphs[:30]) if self._is_sent(g)), None)
        if sent is None:
            return 0
        place = sent + 1
        while place < len(self.paragraphs):
            paragraph = self.paragraphs[place]
            listed = self.text.startswith(("- ", "+ "), paragraph.start)
            if not listed and not (place == sent + 1 and paragraph.end - paragraph.start < 80):
                break
            place += 1
        return place

    def _is_sent(self, paragraph: Paragraph) -> bool:
        return any(self.shade.startswith("kính gửi", cell.start) for cell in paragraph.cells)

    @cached_property
    def sent_to(self) -> tuple[Paragraph, ...]:
        """The paragraphs that tell to whom it is sent: "Kính gửi", "điện:" and the list under it."""
        for place, paragraph in enumerate(self.paragraphs[:30]):
            shade = self.shade[paragraph.start : paragraph.end]
            if self._is_sent(paragraph) or shade.endswith((" điện:", " gửi:")):
                found = [paragraph]
                for after in self.paragraphs[place + 1 : place + 20]:
                    if not self.text.startswith(("- ", "+ "), after.start):
                        break
                    found.append(after)
                return tuple(found)
        return ()

    @cached_property
    def foot_from(self) -> int:
        """Index of the first paragraph of signature and recipients; all of them where there is none."""
        for place in range(self.body_from + 1, len(self.paragraphs)):
            if any(self._is_foot(cell) for cell in self.paragraphs[place].cells):
                return place
        return len(self.paragraphs)

    def _is_foot(self, cell: Cell) -> bool:
        shade = self.shade[cell.start : cell.end]
        if len(shade) > 70:
            return False
        capital = self.is_capitals(cell.start, cell.end)
        return (bool(_FOOT.match(shade)) and (capital or shade.startswith("nơi nhận"))) or (
            capital and shade in self.words.signers
        )

    def body(self) -> Iterator[Paragraph]:
        yield from self.paragraphs[self.body_from : self.foot_from]
