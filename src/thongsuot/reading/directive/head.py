"""The head of a paper: who issues it, symbol, place and date, type, abstract, what it rests on."""

import re
from collections.abc import Iterator
from datetime import date

from thongsuot.kernel import parse_symbol
from thongsuot.kernel.symbols import Symbol
from thongsuot.reading.directive.paper import Cell, Paper
from thongsuot.reading.directive.records import Basis, Found, SymbolFound
from thongsuot.reading.page.letters import CAPITALS

_MOTTO = re.compile(r"cộng hòa xã hội|độc lập ?-|đảng cộng sản việt nam|hạnh phúc")
_CODE = (
    rf"(?:\d{{4}} ?/ ?)?[{CAPITALS}][{CAPITALS}A-Za-zđư]*(?: ?[-/&] ?[{CAPITALS}\d][{CAPITALS}A-Za-zđư\d]*)*"
)
_SYMBOL = re.compile(rf"(?:(?i:số) ?[:.]? ?)(?P<symbol>\d{{1,6}} ?[-/] ?{_CODE})")
_BARE_SYMBOL = re.compile(rf"(?P<symbol>\d{{1,6}} ?[-/] ?{_CODE})")
_DATED = re.compile(
    r"(?P<place>[^,;:\d]{2,50}?),? ngày ?(?P<d>\d{1,2}) ?tháng ?(?P<m>\d{1,2}) ?năm ?(?P<y>\d{4})"
    r"|(?P<place2>[^,;:\d]{2,50}?), ngày ?(?P<d2>\d{1,2})[-/.](?P<m2>\d{1,2})[-/.](?P<y2>\d{4})"
)
_ABOUT = re.compile(r"(?:v/v|về việc)\b[ :]*")
_PLACE = re.compile(r"(?:phường|xã|đặc khu|tỉnh|thành phố|tp\.?|huyện|quận)\b")
_BASIS = re.compile(r"căn cứ |theo đề nghị|xét đề nghị|thực hiện |thi hành |tiếp theo ")
_IN_TEXT = re.compile(rf"(?<![\w/-])\d{{1,6}} ?[-/] ?{_CODE}")
_IN_FORCE = re.compile(
    r"(?:có )?hiệu lực(?: thi hành)?(?: kể)? từ ngày (?P<d>\d{1,2})(?: tháng |[-/.])(?P<m>\d{1,2})(?: năm "
    r"|[-/.])(?P<y>\d{4})"
    r"|(?:có )?hiệu lực(?: thi hành)?(?: kể)? từ ngày ký"
)
_PARTY_ORGANS = (
    "văn phòng",
    "ban tổ chức",
    "ủy ban kiểm tra",
    "ban tuyên giáo",
    "ban dân vận",
    "ban nội chính",
    "ban xây dựng đảng",
    "đảng đoàn",
    "ban cán sự",
)
_COMMITTEE = re.compile(r"(?:thành ủy|tỉnh ủy|đảng ủy|huyện ủy|quận ủy)")
_DEPARTMENT = re.compile(r"(?:sở|ban|thanh tra|chi cục|trung tâm|văn phòng|phòng)\b")
_FORMS = {
    "party": "dạng của văn bản Đảng",
    "normative": "dạng của văn bản quy phạm",
    "state": "dạng của văn bản nhà nước",
}


class Head:
    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.title_place = paper.title[0] if paper.title else paper.body_from
        self.symbol = self._symbol()
        self.date, self.place = self._dated()
        self.issuer = self._issuer()
        self.type = self._type()
        self.abstract = self._abstract()

    @property
    def day(self) -> date | None:
        return date.fromisoformat(self.date.value) if self.date else None

    def _cells(self) -> Iterator[Cell]:
        """Of the letterhead: everything above the title, or above those a letter is sent to."""
        for paragraph in self.paper.paragraphs[
            : max(self.title_place, self.paper.body_from if not self.paper.title else 0)
        ]:
            yield from paragraph.cells

    def _found(self, value: str, start: int, end: int, rule: str, trust: float, reason: str) -> Found:
        return Found(value, self.paper.span(start, end), rule, trust, reason)

    # -- symbol, date -------------------------------------------------------------

    def _symbol(self) -> SymbolFound | None:
        text = self.paper.text
        for shape, rule, trust in ((_SYMBOL, "head.symbol", 0.97), (_BARE_SYMBOL, "head.symbol-bare", 0.8)):
            for cell in self._cells():
                match = shape.match(text, cell.start, cell.end)
                symbol = parse_symbol(match["symbol"]) if match else None
                if match and symbol:
                    start, end = match.span("symbol")
                    form = _form(symbol)
                    reason = f"Đứng ở phần đầu văn bản{', sau chữ “Số”' if shape is _SYMBOL else ''}; {_FORMS[form]}."
                    return SymbolFound(
                        symbol.printed(),
                        symbol.number,
                        symbol.code,
                        form,
                        self.paper.span(start, end),
                        rule,
                        trust,
                        reason,
                    )
        return None

    def _dated(self) -> tuple[Found | None, Found | None]:
        for cell in self._cells():
            match = _DATED.match(self.paper.text, cell.start, cell.end)
            if not match:
                continue
            suffix = "" if match["d"] else "2"
            try:
                day = date(*(int(match[part + suffix]) for part in "ymd"))
            except ValueError:
                continue
            start = self.paper.shade.index("ngày", match.end("place" + suffix))
            reason = "Dòng địa danh, ngày tháng năm ở phần đầu văn bản."
            return (
                self._found(day.isoformat(), start, match.end(), "head.dateline", 0.97, reason),
                self._found(
                    match["place" + suffix].strip(),
                    *match.span("place" + suffix),
                    "head.dateline",
                    0.95,
                    reason,
                ),
            )
        return None, None

    # -- issuer ---------------------------------------------------------------------

    def _issuer(self) -> Found | None:
        parts: list[tuple[str, int, int]] = []
        for cell in self._cells():
            shade = self.paper.shade[cell.start : cell.end]
            if self.paper.is_rule(cell) or _MOTTO.search(shade):
                continue
            if _SYMBOL.match(self.paper.text, cell.start) or _DATED.match(
                self.paper.text, cell.start, cell.end
            ):
                if parts:
                    break
                continue
            if not self.paper.is_capitals(cell.start, cell.end):
                continue
            if parts and not self._heads_body(cell.start):
                name, start, _end = parts[-1]
                parts[-1] = (f"{name} {shade}", start, cell.end)
            else:
                parts.append((shade, cell.start, cell.end))
        if not parts:
            return None
        name = " ".join(issuer_of([part[0] for part in parts]).split())
        spans = parts if len(parts) < 2 else parts[-2:]
        start, end = spans[0][1], spans[-1][2]
        if "\t" in self.paper.text[start:end] or "\n" in self.paper.text[start:end]:
            start, end = parts[-1][1], parts[-1][2]
            if "\t" in self.paper.text[start:end] or self.paper.text.count("\n", start, end):
                end = min(
                    end,
                    self.paper.text.find("\n", start),
                    *([self.paper.text.find("\t", start)] if "\t" in self.paper.text[start:end] else []),
                )
        return self._found(
            self._cased(name),
            start,
            end,
            "head.issuer",
            0.9,
            "Tên cơ quan in hoa ở góc trên bên trái, kèm cơ quan chủ quản.",
        )

    def _heads_body(self, start: int) -> bool:
        if _PLACE.match(self.paper.shade, start):
            return False
        return self.paper.lexicon.org_heads.match(
            self.paper.shade, start
        ) is not None or self.paper.shade.startswith(
            ("đảng bộ", "ban ", "tổ ", "đoàn ", "chính phủ", "bộ "), start
        )

    def _cased(self, name: str) -> str:
        """From capitals to the case the name has in the text, else names of bodies as lists write them."""
        place = self.paper.shade.find(name)
        while place >= 0:
            printed = self.paper.text[place : place + len(name)]
            if not printed.isupper():
                return printed[:1].upper() + printed[1:]
            place = self.paper.shade.find(name, place + 1)
        words = name.split(" ")
        for size in range(min(len(words), 6), 0, -1):
            for first in range(len(words) - size + 1):
                phrase = " ".join(words[first : first + size])
                if phrase in _PROPER:
                    words[first : first + size] = _PROPER[phrase].split(" ")
                elif phrase in self.paper.lexicon.places.provinces or self._is_unit(words, first, size):
                    words[first : first + size] = phrase.title().split(" ")
        cased = " ".join(words)
        return cased[:1].upper() + cased[1:]

    def _is_unit(self, words: list[str], first: int, size: int) -> bool:
        before = " ".join(words[:first]).lower()
        kinds = ("phường", "xã", "đặc khu", "tỉnh", "thành phố", "thành ủy", "tỉnh ủy")
        whole = words[first] not in ("ủy", "thành", "tỉnh", "phố", "khu")
        return whole and first + size == len(words) and before.endswith(kinds)

    # -- type, abstract -------------------------------------------------------------

    def _type(self) -> Found | None:
        if self.paper.title:
            place, kind, end = self.paper.title
            start = self.paper.paragraphs[place].start
            return self._found(
                kind, start, end, "head.title", 0.97, "Tên loại văn bản in hoa trên một dòng riêng."
            )
        if self.symbol and (self.paper.sent_to or self._about()):
            span = self.symbol.span
            reason = "Không có tên loại; có trích yếu “V/v” hoặc “Kính gửi” như công văn."
            return Found("công văn", span, "head.letter", 0.9, reason)
        return None

    def _about(self) -> tuple[int, int] | None:
        for cell in self._cells():
            match = _ABOUT.match(self.paper.shade, cell.start, cell.end)
            if match:
                return match.end(), cell.end
        return None

    def _abstract(self) -> Found | None:
        if not self.paper.title:
            told = self._about()
            return (
                self._found(self._words(*told), *told, "head.about", 0.95, "Dòng “V/v” dưới số, ký hiệu.")
                if told
                else None
            )
        place, _kind, end = self.paper.title
        first = self.paper.paragraphs[place]
        pieces = [(end, first.end)] if self.paper.text[end : first.end].strip(" :") else []
        for paragraph in self.paper.paragraphs[place + 1 : self.paper.body_from]:
            capital = self.paper.is_capitals(paragraph.start, paragraph.end)
            if self.paper.is_rule(Cell(paragraph.start, paragraph.end)) or (capital and pieces):
                break
            pieces.append((paragraph.start, paragraph.end))
        if not pieces:
            return None
        start, end = pieces[0][0], pieces[-1][1]
        about = _ABOUT.match(self.paper.shade, start)
        start = about.end() if about else start
        while start < end and self.paper.text[start] in " :":
            start += 1
        if start >= end:
            return None
        return self._found(
            self._words(start, end), start, end, "head.abstract", 0.93, "Đoạn ngay dưới tên loại văn bản."
        )

    def _words(self, start: int, end: int) -> str:
        return " ".join(self.paper.text[start:end].split())

    # -- what it rests on, from when it holds ---------------------------------------

    def bases(self) -> Iterator[Basis]:
        begin = self.title_place + 1 if self.paper.title else self.paper.body_from
        for paragraph in self.paper.paragraphs[begin : begin + 40]:
            shade = self.paper.shade[paragraph.start : paragraph.end]
            if re.match(r"(?:điều|chương|phần|mục) |[ivx]+[.-] |1[.-] ", shade):
                break
            if not _BASIS.match(shade) or not self.paper.text[paragraph.start].isupper():
                continue
            end = self._basis_end(paragraph.start, paragraph.end)
            cited = _IN_TEXT.search(self.paper.text, paragraph.start, end)
            symbol = parse_symbol(cited[0]) if cited else None
            yield Basis(
                self._words(paragraph.start, end),
                symbol.printed() if symbol else None,
                self.paper.span(paragraph.start, end),
                "head.basis",
                0.93 if shade.startswith("căn cứ") else 0.8,
                "Đoạn mở đầu bằng “Căn cứ”, “Thực hiện” hoặc “Theo đề nghị” trước nội dung.",
            )

    def _basis_end(self, start: int, end: int) -> int:
        """ "Thực hiện Kế hoạch số …, Ủy ban nhân dân ban hành …" rests on what stands before the comma."""
        if not self.paper.shade.startswith("căn cứ", start):
            for match in re.compile(r", (?=[^\W\d_])").finditer(self.paper.text, start, end):
                here = match.end()
                if self.paper.text[here].isupper() and self.paper.bodies.at(here):
                    return match.start()
        while end > start and self.paper.text[end - 1] in " ;.,":
            end -= 1
        return end

    def in_force(self) -> Found | None:
        match = _IN_FORCE.search(self.paper.shade)
        if not match:
            return None
        if not match["d"]:
            return (
                self._found(
                    self.date.value, *match.span(), "body.in-force", 0.85, "“Có hiệu lực từ ngày ký”."
                )
                if self.date
                else None
            )
        try:
            day = date(int(match["y"]), int(match["m"]), int(match["d"]))
        except ValueError:
            return None
        return self._found(
            day.isoformat(), *match.span(), "body.in-force", 0.95, "Câu quy định ngày có hiệu lực."
        )


def _form(symbol: Symbol) -> str:
    if symbol.is_party:
        return "party"
    return "normative" if re.match(r"\d{4}/", symbol.code) else "state"


def issuer_of(parts: list[str]) -> str:
    """The issuing body of the lines of a letterhead, in lower case: "thành ủy a / văn phòng" is that office."""
    own = parts[-1]
    above = parts[-2] if len(parts) > 1 else ""
    if not above:
        return own
    if above.startswith("ban chấp hành trung ương"):
        return f"{own} trung ương" if own.startswith(_PARTY_ORGANS) and "trung ương" not in own else own
    if _COMMITTEE.match(above) and own.startswith((*_PARTY_ORGANS, "ban ")) and not _COMMITTEE.search(own):
        return f"{own} {above}"
    if own in ("thành ủy", "tỉnh ủy") and above.startswith("đảng bộ"):
        city = re.sub(r"^đảng bộ ", "", above)
        return f"{own} {city if 'hồ chí minh' in city else re.sub(r'^(?:thành phố|tỉnh) ', '', city)}"
    if own in ("ban thường vụ", "ban chấp hành", "ban thường trực"):
        return f"{own} {above}"
    place = re.search(r"(?:thành phố|tỉnh|tp\.?) .+$", above)
    if above.startswith(("ủy ban nhân dân", "ubnd")):
        if own.startswith("văn phòng") and own == "văn phòng":
            return f"văn phòng {above}"
        if _DEPARTMENT.match(own) and place and place[0] not in own:
            return f"{own} {place[0].replace('tp.', 'thành phố').replace('tp ', 'thành phố ')}"
    return own


_PROPER = {
    phrase.lower(): phrase
    for phrase in (
        "Ủy ban nhân dân", "Hội đồng nhân dân", "Thành ủy", "Tỉnh ủy",
        "Đảng ủy", "Ban Thường vụ", "Ban Chấp hành", "Trung ương",
        "Ủy ban Kiểm tra", "Ban Tổ chức", "Ban Tuyên giáo và Dân vận",
        "Ban Nội chính", "Văn phòng", "Chính phủ", "Bộ Nội vụ",
        "Nội vụ", "Tài chính", "Tư pháp", "Xây dựng",
        "Y tế", "Công Thương", "Khoa học và Công nghệ", "Giáo dục và Đào tạo",
        "Nông nghiệp và Môi trường", "Văn hóa và Thể thao", "Du lịch", "Dân tộc và Tôn giáo",
        "Hồ Chí Minh", "UBND", "HĐND", "Ban Chỉ đạo",
        "Mặt trận Tổ quốc", "Việt Nam", "Bộ Tài chính", "Bộ Khoa học và Công nghệ", "Thủ tướng Chính phủ", "Quốc hội",
    )
}  # fmt: skip
