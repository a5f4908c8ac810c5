"""The list of units, indexed by kind and name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple


class UnitRow(NamedTuple):
    current: bool
    kind: str
    name: str
    code: str
    province: str


COMMUNE_KINDS = ("phường", "xã", "đặc khu")
FORMER_KINDS = frozenset({"quận", "huyện", "thị xã", "thị trấn"})


@dataclass(frozen=True)
class Gazetteer:
    rows: Mapping[tuple[str, str], tuple[UnitRow, ...]]  # (kind, lower-case name)
    provinces: Mapping[str, str]  # lower-case bare name or alias -> code
    spellings: Mapping[str, str]  # lower-case full spelling (tphcm) -> code
    province_names: Mapping[str, str]  # code -> name
    longest: int  # words in the longest name

    def find(self, kind: str, name: str) -> tuple[UnitRow, ...]:
        return self.rows.get((kind, name), ())

    def is_commune_name(self, name: str) -> bool:
        return any((kind, name) in self.rows for kind in COMMUNE_KINDS)


def read_rows(lines: Iterable[str]) -> list[UnitRow]:
    rows = []
    for line in lines:
        if not line.startswith("#"):
            status, kind, name, code, province = line.rstrip("\n").split("\t")
            rows.append(UnitRow(status == "current", kind, name, code, province))
    return rows


def index(rows: Iterable[UnitRow], aliases: Mapping[str, list[str]], spellings: Mapping[str, list[str]]) -> Gazetteer:
    named: dict[tuple[str, str], list[UnitRow]] = defaultdict(list)
    provinces: dict[str, str] = {}
    names: dict[str, str] = {}
    for row in rows:
        named[row.kind, row.name.lower()].append(row)
        if row.kind == "tỉnh" or row.kind == "thành phố" and row.current:
            provinces[row.name.lower()] = row.province
            if row.current:
                names[row.code] = row.name
    for code, listed in aliases.items():
        provinces.update({alias.lower(): code for alias in listed})
    spelled = {spelling.lower(): code for code, listed in spellings.items() for spelling in listed}
    longest = max((key[1].count(" ") + 1 for key in named), default=1)
    return Gazetteer({key: tuple(group) for key, group in named.items()}, provinces, spelled, names, longest)
