"""Numbers as people round them: a half goes up, away from zero."""

from decimal import ROUND_HALF_UP, Context, Decimal

_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)


def half_up(value: float | Decimal, places: int) -> Decimal:
    """2,25 becomes 2,3 and -2,25 becomes -2,3; what is no number stays what it is."""
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    if not number.is_finite():
        return number
    return _WIDE.plus(_WIDE.quantize(number, Decimal(1).scaleb(-places)))  # plus: no zero below zero
