"""Write data/units.tsv, the list of administrative units, from the SQLite file of PyPI vietnamadminunits.

Run once per release of that package: `python -m thongsuot.reading.units_list`. The package itself is not
imported, since importing it loads far more than its data file.
"""

import importlib.util
import sqlite3
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from thongsuot.kernel.vietnamese import normalise, shadow

PACKAGE = "vietnamadminunits"
TARGET = Path(__file__).parent / "data" / "units.tsv"

# The 63 former provinces and cities by old code, where Resolution 202/2025/QH15 gave them a new one.
MERGED = {
    "02": "08", "10": "15", "06": "19", "26": "25", "17": "25", "27": "24", "34": "33", "30": "31",
    "35": "37", "36": "37", "45": "44", "49": "48", "62": "51", "64": "52", "58": "56", "67": "68",
    "60": "68", "54": "66", "74": "79", "77": "79", "70": "75", "72": "80", "93": "92", "94": "92",
    "83": "86", "84": "86", "87": "82", "95": "96", "89": "91",
}  # fmt: skip

Row = tuple[str, str, str, str, str]  # status, kind, name, code, code of today's province


def database() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{PACKAGE} is not installed")
    return Path(spec.submodule_search_locations[0]) / "data" / "dataset.db"


def _name(printed: str, kind: str) -> str:
    """The name without its type word, with the one tone placement the reader matches by."""
    bare = normalise(printed).strip()
    if bare.lower().startswith(kind + " "):
        bare = bare[len(kind) + 1 :]
    placed = shadow(bare)
    return "".join(low.upper() if letter.isupper() else low for letter, low in zip(bare, placed, strict=True))


def _printed_kind(ward: str) -> str | None:
    """The type word in the name itself; for four communes the type column says otherwise."""
    lowered = normalise(ward).lower()
    return next((kind for kind in ("phường", "xã", "đặc khu") if lowered.startswith(kind + " ")), None)


def _kind(province: str) -> str:
    return "tỉnh" if province.startswith("Tỉnh") else "thành phố"


def rows(connection: sqlite3.Connection) -> Iterator[Row]:
    current: set[tuple[str, str, str]] = set()
    for province, code in connection.execute("select distinct province, provinceCode from admin_units"):
        kind = _kind(province)
        current.add((kind, _name(province, kind), code))
        yield "current", kind, _name(province, kind), code, code
    query = "select lower(wardType), ward, wardCode, provinceCode from admin_units"
    for printed_kind, ward, code, province in connection.execute(query):
        kind = _printed_kind(ward) or normalise(printed_kind.replace("Đ", "đ"))
        current.add((kind, _name(ward, kind), province))
        yield "current", kind, _name(ward, kind), code, province
    for kind, name, province in sorted(former(connection) - current):
        yield "former", kind, name, "", province


def former(connection: sqlite3.Connection) -> set[tuple[str, str, str]]:
    found: set[tuple[str, str, str]] = set()
    query = "select province, provinceCode, districtType, district, wardType, ward from admin_units_legacy"
    for province, old, district_kind, district, ward_kind, ward in connection.execute(query):
        code = MERGED.get(old, old)
        found.add((_kind(province), _name(province, _kind(province)), code))
        for kind, printed in ((district_kind, district), (ward_kind, ward)):
            if kind and printed:
                found.add((kind.lower(), _name(printed, kind.lower()), code))
    return found


def main() -> None:
    connection = sqlite3.connect(f"file:{database()}?mode=ro", uri=True)
    listed = sorted(set(rows(connection)))
    header = (
        f"# Units of Vietnam: 34 provinces and 3,321 communes since 2025-07-01, and those they replaced.\n"
        f"# Source: PyPI {PACKAGE} {version(PACKAGE)} (MIT), written by units_list.py, November 2026. "
        f"One tone placement throughout.\n"
        f"# status\tkind\tname\tcode\tprovince\n"
    )
    TARGET.write_text(header + "".join("\t".join(row) + "\n" for row in listed), encoding="utf-8")
    sys.stdout.write(f"{len(listed)} units\n")


if __name__ == "__main__":
    main()
