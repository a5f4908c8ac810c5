"""Sheets and columns of a workbook, and what it knows of the return it was drawn from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac

from thongsuot.returns.checking import Cell

FIGURES, WORDS, NOTE = "Số liệu", "Lời văn", "mốc"
HEADS = (
    "Nhóm", "Chỉ tiêu", "Đơn vị tính", "Kỳ trước", "Số liệu", "Trên tổng số", "Không phát sinh", "Nội dung",
    "Giải trình",
)  # fmt: skip
NAME, VALUE, SECOND, NONE, SAID, WHY = 1, 4, 5, 6, 7, 8
FIRST_LINE = 5  # counted from 1
HEAD_LINE = FIRST_LINE - 1
MOST_ROWS = 2_000
MAX_BYTES = 5 * 1024 * 1024
YES = "x"
FORM = "bao-cao-1"
_SALT = "thongsuot.returns.workbook"


@dataclass(frozen=True, slots=True)
class Base:
    """What stood in the return when the workbook left the house."""

    parent: int
    number: int
    saves: int
    unit: str
    lines: Sequence[int]  # keys in the order of their rows
    sections: Sequence[int]
    cells: Mapping[int, Cell]
    passages: Mapping[int, str]
    explanations: Mapping[int, str]

    def sealed(self, of: str) -> bool:
        return constant_time_compare(self.seal, of)

    @property
    def seal(self) -> str:
        """Over everything it knows: whoever edits a key breaks it."""
        told = [FORM, self.parent, self.number, self.saves, self.unit, list(self.lines), list(self.sections)]
        cells = [written(self.cells.get(key, Cell())) for key in self.lines]
        passages = [self.passages.get(key, "") for key in self.sections]
        whys = [self.explanations.get(key, "") for key in self.lines]
        return salted_hmac(_SALT, repr([told, cells, passages, whys]), algorithm="sha256").hexdigest()


def written(cell: Cell) -> list[Any]:
    """As text, so that nothing is rounded on the way."""

    def number(value: Any) -> str:
        return "" if value is None else f"{value.normalize():f}"

    return [number(cell.value), number(cell.second), cell.words, "" if cell.applicable else YES]
