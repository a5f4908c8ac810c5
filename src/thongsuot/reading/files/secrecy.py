"""Classification marks: MẬT, TỐI MẬT, TUYỆT MẬT as a stamp or marking line, not "bí mật" or "mật độ"."""

import re
from collections.abc import Iterable, Iterator

from thongsuot.kernel import normalise
from thongsuot.reading.files.problems import UnreadableFile

_LEVEL = r"(?:T\s?U\s?Y\s?Ệ\s?T\s+|T\s?Ố\s?I\s+)?M\s?Ậ\s?T"
_URGENT = r"(?:HỎA TỐC(?: HẸN GIỜ)?|THƯỢNG KHẨN|KHẨN|ĐỘC BẢN|BẢN SỐ\W*\d*|SỐ\b.*)"
# A cell of a line that says nothing else: "TỐI MẬT", "Độ mật: Mật", "MẬT - HỎA TỐC".
_MARK = re.compile(
    rf"\W*(?:(?:ĐỘ|DẤU CHỈ ĐỘ|MỨC ĐỘ) MẬT\s*[:.]?\s*)?{_LEVEL}\W*(?:{_URGENT}\W*)?|\W*{_URGENT}\W+{_LEVEL}\W*",
    re.IGNORECASE,
)
# A stamp typed beside the number: "Số: 05-BC/TU (MẬT)"; capitals only.
_BESIDE_NUMBER = re.compile(rf"\bSỐ\b.*\W{_LEVEL}\W*$|\((?:{_LEVEL})\)")
_CELLS = re.compile(r" {3,}|\t+|\|")


def _cells(text: str) -> Iterator[str]:
    for line in normalise(text).splitlines():
        for cell in _CELLS.split(line):
            if cell.strip():
                yield " ".join(cell.split())


def is_classified(text: str) -> bool:
    for place, cell in enumerate(_cells(text)):
        if len(cell) < 60 and _MARK.fullmatch(cell):
            return True
        if place < 40 and len(cell) < 80 and _BESIDE_NUMBER.search(cell.replace("Số", "SỐ")):
            return True
    return False


def refuse_classified(*texts: str) -> None:
    """Raise before anything of a classified text is stored or printed."""
    if any(map(is_classified, _each(texts))):
        raise UnreadableFile("classified")


def _each(texts: Iterable[str]) -> Iterator[str]:
    yield from (text for text in texts if text)
