"""Numbers and days as people type them, on a page or in a cell of a workbook.

A dot groups thousands and a comma opens the decimals, as in Vietnamese papers; what other habits write is taken where
it can mean one thing only. "1,553" could be either, so it is a number nobody may guess. A page reads its own language
alone: there a comma groups thousands where it speaks English, and what is written the other way is not taken at all.
"""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?")
_SPACES = re.compile(r"(?<=\d)[\s\u00a0\u202f]+(?=\d{3}(?!\d))")
_PLAIN = re.compile(r"[-+]?\d+")
_GROUPED = re.compile(r"[-+]?[1-9]\d{0,2}(?:(?:\.\d{3})+|(?:,\d{3}){2,})")
# A zero before other digits opens no decimal: "09.2026" is a month.
_DECIMAL = re.compile(
    r"(?P<whole>[-+]?(?:[1-9]\d{0,2}(?:\.\d{3})+|0|[1-9]\d*)),(?P<part>\d+)"
    r"|(?P<other>[-+]?(?:[1-9]\d{0,2}(?:,\d{3})+|0|[1-9]\d*))\.(?P<rest>\d+)"
)
_OWN = re.compile(r"[-+]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")
_EITHER = re.compile(r"[-+]?[1-9]\d{0,2},\d{3}")
_TURNED = str.maketrans({",": ".", ".": ","})
HIGHEST = Decimal(10) ** 18


class NotOne(ValueError):
    """The words are no number."""


class Unsure(NotOne):
    """The words could be one of these numbers, and perhaps another."""

    def __init__(self, text: str, *readings: Decimal) -> None:
        super().__init__(text)
        self.readings = readings


def number_of(said: object) -> Decimal:
    """Raises NotOne, or Unsure for "1,553"."""
    if isinstance(said, bool):
        raise NotOne(str(said))
    if isinstance(said, int | float | Decimal):
        return _finite(str(said))
    text = _bare(str(said))
    if _PLAIN.fullmatch(text):
        return _finite(text)
    if _EITHER.fullmatch(text):
        raise Unsure(text, _finite(text.replace(",", "")), _finite(text.replace(",", ".")))
    if _GROUPED.fullmatch(text):
        return _finite(text.replace(".", "").replace(",", ""))
    if match := _DECIMAL.fullmatch(text):
        if match["whole"] is not None:
            return _finite(f"{match['whole'].replace('.', '')}.{match['part']}")
        return _finite(f"{match['other'].replace(',', '')}.{match['rest']}")
    raise NotOne(text)


def number_written(text: str, decimal: str) -> Decimal:
    """In the one language that opens decimals with this mark; Unsure, too, for what is written the other way."""
    text = _bare(text) if decimal == "," else _bare(text).translate(_TURNED)
    number = number_of(text)
    if not _OWN.fullmatch(text):
        raise Unsure(text, number)
    return number


def _bare(text: str) -> str:
    return _SPACES.sub("", text.strip().removesuffix("%").strip().replace("−", "-"))


def _finite(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation as wrong:
        raise NotOne(text) from wrong
    if not number.is_finite() or abs(number) >= HIGHEST:
        raise NotOne(text)
    return number


def day_of(said: object) -> date | None:
    """30-10-2025, 30/10/2025, 30.10.2025, 2025-10-30, or what a workbook keeps; None where it is no day."""
    if isinstance(said, datetime):
        return said.date()
    if isinstance(said, date):
        return said
    text = str(said).strip()
    try:
        if match := _DAY.fullmatch(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if match := _ISO.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
    return None


def as_typed(number: Decimal, decimal: str = ",") -> str:
    """So that reading it again gives the same number: 152.000, 98,6, and 1,5530 where 1,553 could be read twice."""
    trimmed = number.normalize()
    exponent = trimmed.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    if places == 3 and 1 <= abs(trimmed) < 1000:
        places = 4
    text = f"{trimmed:,.{places}f}"
    return text if decimal == "." else text.translate(_TURNED)
