"""The foot of a paper: who signs, in what office, and who receives it."""

import re
from collections.abc import Iterator

from thongsuot.reading.directive.paper import Cell, Paper
from thongsuot.reading.directive.records import Found, Signer
from thongsuot.reading.page.letters import CAPITALS

_NAME = re.compile(rf"(?:[{CAPITALS}][^\W\d_]*)(?: [{CAPITALS}][^\W\d_]*){{1,4}}")
_FOR = re.compile(r"(?:t/?m\.?|tm\.|kt\.|tl\.|tuq\.|q\.)[ ]?")
_SIGNED = re.compile(r"\(?(?:đã ký|ký tên|chữ ký)[^\n]*")


class Foot:
    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.cells = [cell for paragraph in paper.paragraphs[paper.foot_from :] for cell in paragraph.cells]

    def signer(self) -> Signer | None:
        on_behalf: list[str] = []
        title: Cell | None = None
        for cell in self.cells:
            shade, text = self.paper.shade[cell.start : cell.end], self.paper.text[cell.start : cell.end]
            if shade.startswith("phụ lục") and title:
                break
            capital = self.paper.is_capitals(cell.start, cell.end)
            if capital and _FOR.match(shade):
                on_behalf.append(text)
            elif capital and (shade in self.paper.words.signers or (on_behalf and title is None)):
                title = cell
            elif (title or on_behalf) and not capital and _NAME.fullmatch(text) and not _SIGNED.match(shade):
                named = self.paper.text[title.start : title.end] if title else ""
                reason = "Tên người dưới chức vụ in hoa ở cuối văn bản."
                return Signer(
                    " ".join(text.split()),
                    named.capitalize(),
                    "; ".join(on_behalf),
                    self.paper.span(*cell),
                    "foot.signer",
                    0.9,
                    reason,
                )
        return None

    def recipients(self) -> Iterator[Found]:
        open_list = False
        for cell in self.cells:
            shade = self.paper.shade[cell.start : cell.end]
            if shade.startswith("nơi nhận"):
                open_list = True
                continue
            if not open_list or self.paper.text[cell.start] not in "-+•":
                continue
            start, end = cell.start + 1, cell.end
            while start < end and self.paper.text[start] == " ":
                start += 1
            while end > start and self.paper.text[end - 1] in " ;,.":
                end -= 1
            if start < end:
                words = self.paper.text[start:end]
                yield Found(
                    words, self.paper.span(start, end), "foot.recipient", 0.93, "Dòng trong mục “Nơi nhận”."
                )
