"""A figure in words: the number with its qualifier and what it counts."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from thongsuot.indicators.aggregation import quotient
from thongsuot.indicators.enums import Kind, Qualifier
from thongsuot.kernel.rounding import half_up

if TYPE_CHECKING:
    from thongsuot.indicators.models import Indicator


def printed_value(value: Decimal, second: Decimal | None, qualifier: str, unit_of_measure: str) -> str:
    words = {
        Qualifier.MORE: _("hơn %(value)s"),
        Qualifier.LESS: _("gần %(value)s"),
        Qualifier.ABOUT: _("khoảng %(value)s"),
        Qualifier.RANGE: "%(value)s–%(second)s",
        Qualifier.RATIO: "%(value)s/%(second)s",
    }.get(Qualifier(qualifier), "%(value)s")
    number = words % {"value": plain(value), "second": plain(second) if second is not None else ""}
    return f"{number}{'' if unit_of_measure == '%' else ' '}{unit_of_measure}".strip()


def plain(value: Decimal) -> str:
    """152.000 or 98,6: grouped by thousands, without zeros that say nothing."""
    return _plain(value, get_language())


@lru_cache(maxsize=8192)
def _plain(value: Decimal, _language: str | None) -> str:
    trimmed = value.normalize()
    whole = trimmed == trimmed.to_integral_value()
    return str(number_format(int(trimmed) if whole else trimmed, use_l10n=True, force_grouping=True))


def in_figures(value: Decimal | None, second: Decimal | None, indicator: Indicator) -> str:
    """A total, or one figure in a table: a ratio as per cent, its parts beside it."""
    if value is None:
        return "—"
    if indicator.kind != Kind.RATIO or second is None:
        return plain(value)
    share = quotient(value, second)
    parts = f"{plain(value)}/{plain(second)}"
    return parts if share is None else f"{plain(half_up(share, 1))} % ({parts})"


def counted(value: Decimal | None, second: Decimal | None, indicator: Indicator) -> Decimal | None:
    """What figures are ordered and coloured by: a ratio as per cent."""
    return quotient(value, second) if indicator.kind == Kind.RATIO else value
