"""Numbers in the boxes of forms, read and shown as the language of the page writes them.

1.234,5 on a Vietnamese page is 1,234.5 on an English one. Django's own fields drop a mark they do not expect, so that
"12,5" on an English page would be 125; here what is written the other language's way is refused (kernel.typed).
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from thongsuot.kernel.typed import NotOne, Unsure, as_typed, number_written

_LONGEST = 40  # characters
_LARGEST = 2**31 - 1  # that a column of whole numbers holds


def read_number(text: str) -> Decimal:
    """Raises ValidationError with a sentence that says how to write it."""
    try:
        return number_written(text, get_format("DECIMAL_SEPARATOR"))
    except Unsure as unsure:
        raise ValidationError(_unsure(text, [shown_number(one) for one in unsure.readings])) from unsure
    except NotOne as wrong:
        says = _("“%(said)s” không phải là số. Nhập số, ví dụ %(whole)s hoặc %(part)s.")
        raise ValidationError(says % {"said": text, **examples()}) from wrong


def _unsure(text: str, readings: Sequence[str]) -> str:
    if len(readings) > 1:
        one, other = readings
        says = _("“%(said)s” có thể là hai số khác nhau. Viết %(one)s hoặc %(other)s.")
        return says % {"said": text, "one": one, "other": other}
    says = _(
        "“%(said)s” viết theo lối của ngôn ngữ khác, dễ bị hiểu nhầm. Nếu là %(one)s thì viết đúng như vậy."
    )
    return says % {"said": text, "one": readings[0]}


def shown_number(number: Decimal | float) -> str:
    """`read_number` gives the same number back."""
    return as_typed(Decimal(str(number)), get_format("DECIMAL_SEPARATOR"))


def examples() -> Mapping[str, str]:
    """Of a whole number and of one with decimals, for sentences that say how to write one."""
    return {"whole": shown_number(1553), "part": shown_number(98.6)}


class _Typed:
    """What both fields share: a box for text, for a browser's own box for numbers reads by the browser's language."""

    mode = "decimal"

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": self.mode, "autocomplete": "off", "maxlength": _LONGEST}

    def prepare_value(self, value: Any) -> Any:
        return shown_number(value) if isinstance(value, int | float | Decimal) else value

    def number_in(self, value: Any) -> Decimal | None:
        text = "" if value is None else str(value).strip()
        return read_number(text) if text else None


class NumberField(_Typed, forms.DecimalField):
    widget = forms.TextInput

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        return self.number_in(value)


class WholeField(_Typed, forms.IntegerField):
    widget = forms.TextInput
    mode = "numeric"

    def __init__(self, *, min_value: int = -_LARGEST, max_value: int = _LARGEST, **kwargs: Any) -> None:
        super().__init__(min_value=min_value, max_value=max_value, **kwargs)

    def to_python(self, value: Any) -> int | None:
        number = self.number_in(value)
        if number is not None and number != int(number):
            says = _("“%(said)s” không phải là số nguyên. Nhập số nguyên, ví dụ %(whole)s.")
            raise ValidationError(says % {"said": str(value).strip(), "whole": examples()["whole"]})
        return None if number is None else int(number)
