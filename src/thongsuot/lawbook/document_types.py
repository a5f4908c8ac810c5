"""Types of official paper, and what the symbol of a paper says of its type and issuer."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from thongsuot.lawbook.rulebook import open_rules

FAMILIES = ("state", "legal", "party", "unspecified")
_YEAR = re.compile(r"^\d{4}/")


@dataclass(frozen=True, slots=True)
class DocumentType:
    """`type` is the name inside a sentence ("kế hoạch") and serves as the code."""

    type: str
    abbreviation: str
    en: str
    family: str


@cache
def document_types() -> Mapping[str, DocumentType]:
    return {entry.type: entry for entry in _entries()}


def _entries() -> Iterator[DocumentType]:
    rules = open_rules("document_types")
    for family in FAMILIES:
        for entry in rules[family]:
            yield DocumentType(entry["type"], entry["abbreviation"], entry["en"], family)


def type_name(code: str, language: str = "vi") -> str:
    """With a capital, as before a symbol: "Kế hoạch"."""
    known = document_types().get(code)
    name = known.en if known and language != "vi" else code
    return name[:1].upper() + name[1:]


def type_of_code(code: str) -> str:
    """The type the symbol of a State paper tells, or "" where it tells none: 2020/NĐ-CP -> nghị định.

    Party papers are left out where one abbreviation serves two types (QĐ: quyết định and quy định).
    """
    parts = re.split(r"[-/]", _YEAR.sub("", code), maxsplit=1)
    if len(parts) < 2:
        return ""
    fitting = [entry.type for entry in document_types().values() if entry.abbreviation == parts[0]]
    party = "/" in code and not _YEAR.match(code)
    return fitting[0] if len(fitting) == 1 and not (party and parts[0] == "QĐ") else ""


def issuer_of_code(code: str) -> str:
    """The one body in the country that issues under this symbol, or "": 2020/NĐ-CP -> Chính phủ."""
    issuers: Mapping[str, str] = open_rules("document_types")["issuers"]
    return next((issuers[part] for part in re.split(r"[-/]", code.upper())[::-1] if part in issuers), "")
