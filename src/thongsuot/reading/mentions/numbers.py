"""Numbers as printed: 1.553, 43,4, 26/58, 190-210; and those nobody may guess: 1,553 and 8 412."""

import re
from typing import NamedTuple

_WHOLE = r"\d{1,3}(?:\.\d{3})+|\d+"
_NUMBER = rf"(?:(?:{_WHOLE})(?:,\d+)?)"
NUMBER = re.compile(
    rf"(?<![\w.,/-])(?P<a>{_NUMBER})"
    rf"(?:(?P<joint> ?/ ?|(?: ?%)? ?- ?|(?:%)? đến |(?:%)? tới )(?P<b>{_NUMBER}))?(?![\d]|[.,/]\d)"
)
SPACED = re.compile(r"(?<![\w.,/-])(?<!\d )\d{1,3}(?: \d{3})+(?![\d]|[.,/-]\d| \d)")
COMMA_GROUP = re.compile(r"^[1-9]\d{0,2},\d{3}$")


class Number(NamedTuple):
    values: tuple[float, ...]
    qualifier: str  # "=", "ratio" or "range"


def value_of(printed: str) -> float:
    return float(printed.replace(".", "").replace(",", "."))


def read_number(match: re.Match[str]) -> Number:
    first = value_of(match["a"])
    if match["b"] is None:
        return Number((first,), "=")
    second = value_of(match["b"])
    return Number((first, second), "ratio" if "/" in match["joint"] else "range")


def tidy(value: float) -> int | float:
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded
