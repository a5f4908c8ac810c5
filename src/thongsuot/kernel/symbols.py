"""Number and symbol of an official document, in one spelling whichever way it was printed.

Party papers join number and symbol by a dash (249-KH/UBKTTW, after Instruction 36-HD/VPTW), state papers by
a slash (593/TB-VPCP, after Decree 30/2020/NĐ-CP), and normative acts carry their year (30/2020/NĐ-CP).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from thongsuot.kernel.vietnamese import fold

# Kinds whose abbreviation is not all capitals, or is often typed without its stroke.
_KINDS = {
    "TTR": "TTr",
    "CTR": "CTr",
    "QD": "QĐ",
    "ND": "NĐ",
    "QYD": "QyĐ",
    "QYĐ": "QyĐ",
    "HD": "HD",
    "DA": "ĐA",
}
_SHAPE = re.compile(
    r"(?:s[ốo]\s*:?\s*)?(?P<number>\d{1,6})\s*(?P<joint>[-/])\s*"
    r"(?P<code>(?:\d{4}\s*/\s*)?[^\W\d_][\w.]*(?:\s*[-/&]\s*[\w.&]+)*)\.?"
)
# In running text, where a dash between spaces is punctuation.
_IN_TEXT = re.compile(
    r"(?<![\w./-])(?P<number>\d{1,6})[-/](?P<code>(?:\d{4}/)?[^\W\d_][\w.]*(?:[-/&][\w.&]+)*)"
)
_YEAR = re.compile(r"\d{4}/")
_PARTY_ISSUER = re.compile(r"(?:TW|TU|TƯ|ĐU|HU|QU|ĐTN|BCĐTW|BCĐĐH)$")


@dataclass(frozen=True, order=True)
class Symbol:
    """`number` has at least two digits, as both instructions ask; `code` has no joining sign in front."""

    number: str
    code: str

    @property
    def is_party(self) -> bool:
        return "/" in self.code and not _YEAR.match(self.code)

    def printed(self) -> str:
        return f"{self.number}{'-' if self.is_party else '/'}{self.code}"

    def __str__(self) -> str:
        return self.printed()


def _kind(part: str) -> str:
    capitals = part.upper()
    return _KINDS.get(capitals, capitals)


def _code(printed: str) -> str:
    code = re.sub(r"\s+", "", printed).strip(".")
    year = _YEAR.match(code)
    kind, joint, issuer = re.fullmatch(r"([^-/]+)([-/]?)(.*)", code[year.end() :] if year else code).groups()  # type: ignore[union-attr]
    issuer = issuer.upper()
    if year:
        return f"{year[0]}{_kind(kind)}{joint and '-'}{issuer}"
    if joint and _PARTY_ISSUER.search(issuer) and "-" not in issuer and "/" not in issuer:
        joint = "/"  # the press writes 249/KH-UBKTTW for a party paper
    return f"{_kind(kind)}{joint}{issuer}"


def parse_symbol(text: str) -> Symbol | None:
    """The symbol that `text` is, or None where it is none."""
    match = _SHAPE.fullmatch(fold(text))
    if not match:
        return None
    code = _code(match["code"])
    return Symbol(match["number"].lstrip("0").rjust(2, "0"), code)


def find_symbols(text: str) -> Iterator[Symbol]:
    """Whatever in a text is written as a symbol is."""
    for match in _IN_TEXT.finditer(fold(text)):
        yield Symbol(match["number"].lstrip("0").rjust(2, "0"), _code(match["code"]))
