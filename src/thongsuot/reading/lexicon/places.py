"""The list of units, indexed by kind and name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

_CELLS = 5


class UnitRow(NamedTuple):
    current: bool
    kind: str
    name: str
    code: str
    province: str


COMMUNE_KINDS = ("phường", "xã", "đặc khu")
# Type words and their abbreviations, as they stand before a name.
UNIT_KINDS = {
    "phường": "phường", "xã": "xã", "đặc khu": "đặc khu", "thị trấn": "thị trấn", "thị xã": "thị xã",
    "quận": "quận", "huyện": "huyện", "thành phố": "thành phố", "tỉnh": "tỉnh", "thủ đô": "thành phố",
    "tp": "thành phố", "tp.": "thành phố",
    "tx": "thị xã", "tx.": "thị xã", "tt.": "thị trấn", "p.": "phường", "q.": "quận", "h.": "huyện", "x.": "xã",
}  # fmt: skip
FORMER_KINDS = frozenset({"quận", "huyện", "thị xã", "thị trấn"})


@dataclass(frozen=True, eq=False)
class Gazetteer:
    lines: Mapping[tuple[str, str], str]  # (kind, lower-case name) -> rows as written in the file
    provinces: Mapping[str, str]  # lower-case bare name or alias -> code
    spellings: Mapping[str, str]  # lower-case full spelling (tphcm) -> code
    province_names: Mapping[str, str]  # code -> name
    longest: int  # words in the longest name

    def find(self, kind: str, name: str) -> tuple[UnitRow, ...]:
        """Rows are parsed when asked for: a text names a few of the twelve thousand."""
        lines = self.lines.get((kind, name))
        return tuple(map(_row, lines.splitlines())) if lines else ()


def _row(line: str) -> UnitRow:
    status, kind, name, code, province = line.split("\t")
    return UnitRow(status == "current", kind, name, code, province)


def index(text: str, aliases: Mapping[str, list[str]], spellings: Mapping[str, list[str]]) -> Gazetteer:
    lines = [line for line in text.splitlines() if line[0] != "#"]
    cells = "\t".join(lines).lower().split("\t")  # one call for all, not one a line
    kinds, spoken = cells[1::_CELLS], cells[2::_CELLS]
    named: dict[tuple[str, str], str] = {}
    for key, line in zip(zip(kinds, spoken, strict=True), lines, strict=True):
        named[key] = f"{named[key]}\n{line}" if key in named else line
    provinces: dict[str, str] = {}
    names: dict[str, str] = {}
    for row in (
        _row(line)
        for (kind, _), group in named.items()
        if kind in ("tỉnh", "thành phố")
        for line in group.splitlines()
    ):
        if row.kind == "tỉnh" or row.current:
            provinces[row.name.lower()] = row.province
        if row.current:
            names[row.code] = row.name
    for code, listed in aliases.items():
        provinces.update({alias.lower(): code for alias in listed})
    spelled = {spelling.lower(): code for code, listed in spellings.items() for spelling in listed}
    longest = max((name.count(" ") + 1 for name in spoken), default=1)
    return Gazetteer(named, provinces, spelled, names, longest)
