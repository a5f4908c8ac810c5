"""A document named in a form by its symbol, as people cite it; files that are read when they come in."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from thongsuot.documents.identity import identify
from thongsuot.documents.models import Document
from thongsuot.kernel.symbols import find_symbols
from thongsuot.kernel.vietnamese import fold
from thongsuot.lawbook.document_types import document_types, type_name
from thongsuot.web.templatetags.web import vn_date

MOST_NAMED = 4


def type_choices() -> list[tuple[str, Any]]:
    return [("", _("Theo ký hiệu")), *((code, type_name(code)) for code in document_types())]


class DocumentField(forms.CharField):
    """Typed as "249-KH/UBKTTW" or "Kế hoạch 249-KH/UBKTTW ngày 24-7-2025"; one in the register comes out."""

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, Document) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        return _named(typed) if typed else None


def _named(typed: str) -> Document:
    symbol = next(iter(find_symbols(typed)), None)
    if symbol is None:
        raise forms.ValidationError(
            _("Không đọc được số, ký hiệu trong “%(typed)s”. Viết như 249-KH/UBKTTW.") % {"typed": typed}
        )
    wanted = identify(symbol.number, symbol.code, None, "")
    found = list(Document.objects.filter(number=wanted.number, symbol=wanted.symbol).order_by("-date", "-pk"))
    words = fold(typed)
    if len(found) > 1:
        found = [one for one in found if one.date and _says(words, one.date)] or found
    if not found:
        raise forms.ValidationError(
            _("Sổ chưa có văn bản %(symbol)s. Ghi văn bản đó vào sổ trước.") % {"symbol": symbol}
        )
    if len(found) > 1:
        raise forms.ValidationError(
            _("Có %(count)d văn bản %(symbol)s: %(them)s. Ghi thêm ngày, ví dụ “%(symbol)s ngày %(day)s”.")
            % {
                "count": len(found),
                "symbol": symbol,
                "them": "; ".join(f"{one}, {one.issuer}" for one in found[:MOST_NAMED]),
                "day": vn_date(found[0].date) if found[0].date else "",
            }
        )
    return found[0]


def _says(words: str, day: date) -> bool:
    dashed = (f"{day:%d-%m-%Y}", f"{day.day}-{day.month}-{day.year}")
    return any(one in words.replace("/", "-") for one in dashed)
