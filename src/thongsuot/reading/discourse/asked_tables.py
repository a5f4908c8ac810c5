"""Tables of requests or tasks: what is asked, by whom, of whom, one row each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from thongsuot.reading.discourse.frames import Frame
from thongsuot.reading.discourse.notes import Part
from thongsuot.reading.discourse.pieces import trim
from thongsuot.reading.discourse.sides import Speaker
from thongsuot.reading.page import Block, Table

_WHAT = re.compile(
    r"(?:nội dung|việc|kiến nghị|đề xuất|đề nghị|vấn đề|nhu cầu|khó khăn|vướng mắc|nhiệm vụ|công việc)\b"
)
_TO_WHOM = re.compile(
    r"(?:nơi (?:giúp|giải quyết|nhận|xử lý|thực hiện)|cơ quan|thẩm quyền|cấp (?:giải quyết|"
    r"có thẩm quyền)|gửi|đơn vị (?:chủ trì|thực hiện"
    r"|giải quyết|xử lý)|chủ trì|kính gửi|địa chỉ)\b"
)
_BY_WHOM = re.compile(
    r"(?:xã|phường|địa phương|đơn vị|đơn vị (?:đề xuất|kiến nghị)|nơi đề xuất|bên đề xuất)$"
)
_ACTS = (
    ("difficulty", re.compile(r"khó khăn|vướng mắc|hạn chế")),
    ("request", re.compile(r"kiến nghị|đề xuất|đề nghị|nhu cầu|giúp")),
)


@dataclass(frozen=True)
class _Columns:
    what: int
    to_whom: int | None
    by_whom: int | None
    act: str | None


class AskedTables(Part):
    def read(self, block: Block, frame: Frame) -> None:
        table = next((t for t in self.page.tables if t.start == block.start), None)
        columns = self._columns(table) if table else None
        if table is None or columns is None:
            return
        act = columns.act or frame.act or self._titled(table)
        if act not in ("request", "difficulty", "direction"):
            return
        for what, to_whom, by_whom in self._rows(table, columns):
            piece = trim(self.page.text, *what)
            speaker = self._unit(by_whom) or frame.speaker or Speaker(None, None, False)
            self.notes.add(act, piece, speaker, self._named(to_whom), f"{act}.table", 0.85)

    def _columns(self, table: Table) -> _Columns | None:
        heads = [self.page.shade[a:b] for a, b in table.rows[0]]
        what = next((i for i, head in enumerate(heads) if _WHAT.match(head)), None)
        if what is None:
            return None
        to_whom = next((i for i, head in enumerate(heads) if i != what and _TO_WHOM.match(head)), None)
        by_whom = next(
            (i for i, head in enumerate(heads) if i not in (what, to_whom) and _BY_WHOM.match(head)), None
        )
        if to_whom is None and by_whom is None:
            return None
        act = next((name for name, words in _ACTS if words.search(heads[what])), None)
        return _Columns(what, to_whom, by_whom, act)

    def _titled(self, table: Table) -> str | None:
        """ "3. Bảng tổng hợp đề xuất" in the line above."""
        above = self.page.shade[max(0, table.start - 120) : table.start].rstrip("\n").rpartition("\n")[2]
        return next((name for name, words in _ACTS if words.search(above)), None)

    def _rows(self, table: Table, columns: _Columns) -> Iterator[tuple[tuple[int, int], ...]]:
        for row in table.rows[1:]:
            if len(row) == len(table.rows[0]):
                yield tuple(
                    row[place] if place is not None else (0, 0)
                    for place in (columns.what, columns.to_whom, columns.by_whom)
                )

    def _named(self, cell: tuple[int, int]) -> str | None:
        actor = self.actors.starting_at(cell[0]) if cell[1] else None
        return self.actors.name_of(actor) if actor else self.page.text[slice(*cell)] or None

    def _unit(self, cell: tuple[int, int]) -> Speaker | None:
        if not cell[1]:
            return None
        name = self.page.text[slice(*cell)]
        known = {unit.name: unit.printed for unit in self.actors.setting.communes}
        return Speaker(known.get(name, name), 1, False)
