"""The units published with the reorganisation of 2025, from the data files of the package vietnamadminunits.

One SQLite table per era and one JSON map from former to present; the package itself is never imported.
"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import files
from pathlib import Path


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit as the data set has it; `above` is the code of the unit it belonged to."""

    code: str
    tier: str
    kind: str
    name: str
    above: str | None
    latitude: float | None
    longitude: float | None
    area_km2: float | None = None


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    former: str
    present: str
    whole: bool


class DataSetMissing(Exception):
    """The package with the units is not installed or lacks its files."""


class DataSet:
    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(f"file:{folder / 'dataset.db'}?mode=ro", uri=True)
        self._connection.row_factory = sqlite3.Row
        self._converter = json.loads((folder / "converter_2025.json").read_text("utf-8"))

    def present_provinces(self) -> Iterator[UnitRow]:
        rows = self._connection.execute(
            "SELECT DISTINCT provinceCode, province, provinceLat, provinceLon FROM admin_units"
            " ORDER BY provinceCode"
        )
        for code, title, latitude, longitude in rows:
            kind, name = split_title(title)
            yield UnitRow(code, "province", kind, name, None, latitude, longitude)

    def present_communes(self) -> Iterator[UnitRow]:
        for row in self._connection.execute("SELECT * FROM admin_units ORDER BY wardCode"):
            kind, name = split_title(row["ward"])
            yield UnitRow(
                row["wardCode"],
                "commune",
                kind,
                name,
                row["provinceCode"],
                row["wardLat"],
                row["wardLon"],
                row["wardAreaKm2"] or None,  # two islands are printed with area 0
            )

    def former_provinces(self) -> Iterator[UnitRow]:
        rows = self._connection.execute(
            "SELECT DISTINCT provinceCode, province, provinceLat, provinceLon FROM admin_units_legacy"
        )
        for code, title, latitude, longitude in rows:
            kind, name = split_title(title)
            yield UnitRow(code, "province", kind, name, None, latitude, longitude)

    def former_districts(self) -> Iterator[UnitRow]:
        rows = self._connection.execute(
            "SELECT DISTINCT districtCode, district, provinceCode, districtLat, districtLon"
            " FROM admin_units_legacy"
        )
        for code, title, province, latitude, longitude in rows:
            kind, name = split_title(title)
            yield UnitRow(code, "district", kind, name, province, latitude, longitude)

    def former_communes(self) -> Iterator[UnitRow]:
        """All 10,035; five island districts had none and stand for themselves, under their own code."""
        for row in self._connection.execute("SELECT * FROM admin_units_legacy"):
            if row["ward"] is None:
                continue
            kind, name = split_title(row["ward"])
            yield UnitRow(
                row["wardCode"], "commune", kind, name, row["districtCode"], row["wardLat"], row["wardLon"]
            )

    def unchanged_provinces(self) -> set[str]:
        """Codes of the provinces that went through the reorganisation without taking in another."""
        alone = {new for new, olds in self._converter["DICT_PROVINCE"].items() if olds == [new]}
        rows = self._connection.execute("SELECT DISTINCT provinceKey, provinceCode FROM admin_units")
        return {code for key, code in rows if key in alone}

    def province_successions(self) -> Iterator[SuccessionRow]:
        former = dict(self._connection.execute("SELECT provinceKey, provinceCode FROM admin_units_legacy"))
        present = dict(self._connection.execute("SELECT provinceKey, provinceCode FROM admin_units"))
        for new, olds in self._converter["DICT_PROVINCE"].items():
            for old in olds:
                if olds != [new]:
                    yield SuccessionRow(former[old], present[new], whole=True)

    def commune_successions(self) -> Iterator[SuccessionRow]:
        for province, wards in self._converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
            for new, olds in wards.items():
                for old in olds:
                    yield SuccessionRow(
                        self._former_codes[old], self._present_codes[province, new], whole=True
                    )
        for province, wards in self._converter["DICT_PROVINCE_WARD_DIVIDED"].items():
            for old, parts in wards.items():
                for part in parts:
                    present = self._present_codes[province, part["newWardKey"]]
                    yield SuccessionRow(self._former_codes[old], present, whole=False)

    @cached_property
    def _present_codes(self) -> dict[tuple[str, str], str]:
        rows = self._connection.execute("SELECT provinceKey, wardKey, wardCode FROM admin_units")
        return {(province, ward): code for province, ward, code in rows}

    @cached_property
    def _former_codes(self) -> dict[str, str]:
        rows = self._connection.execute(
            "SELECT provinceKey || '_' || districtKey || '_' || COALESCE(wardKey, ''),"
            " COALESCE(wardCode, districtCode) FROM admin_units_legacy"
        )
        return dict(rows.fetchall())


KINDS = ("thành phố", "tỉnh", "quận", "huyện", "thị xã", "thị trấn", "phường", "xã", "đặc khu")


def split_title(title: str) -> tuple[str, str]:
    """ "Phường Tân Khánh" -> ("phường", "Tân Khánh")."""
    for kind in KINDS:
        if title[: len(kind) + 1].lower() == f"{kind} ":
            return kind, title[len(kind) + 1 :]
    raise ValueError(f"no kind of unit in {title!r}")


def open_dataset() -> DataSet:
    found = [file for file in files("vietnamadminunits") or [] if file.name == "dataset.db"]
    if not found:
        raise DataSetMissing("vietnamadminunits")
    return DataSet(Path(str(found[0].locate())).parent)
