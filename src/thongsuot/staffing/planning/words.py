"""Reasons of the engine as they are kept, and in the language of the reader."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from thongsuot.placement import Reason, sentence
from thongsuot.web.templatetags.web import number


def kept(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    """With the words of the day, should a later engine no longer know the code."""
    return [{**_as_data(reason), "vi": sentence(reason)} for reason in reasons]


def _as_data(reason: Reason) -> dict[str, Any]:
    values = {
        name: _as_data(value) if isinstance(value, Reason) else value for name, value in reason.values.items()
    }
    return {"code": reason.code, "values": values}


def said(reasons: Iterable[Mapping[str, Any]], names: Mapping[str, str] | None = None) -> list[str]:
    """`names` by number of the file, for readers who may see them."""
    language = "en" if (get_language() or "vi").startswith("en") else "vi"
    return [_one(reason, language, names or {}) for reason in reasons]


def _one(reason: Mapping[str, Any], language: Any, names: Mapping[str, str]) -> str:
    try:
        return sentence(_as_reason(reason, language, names), language)
    except KeyError:
        return str(reason["vi"])


def _as_reason(data: Mapping[str, Any], language: str, names: Mapping[str, str]) -> Reason:
    values = {name: _shown(name, value, language, names) for name, value in data["values"].items()}
    return Reason(data["code"], values)


def _shown(name: str, value: Any, language: str, names: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        return _as_reason(value, language, names)
    if name == "lock":
        return lock_words(value)
    if name == "person":
        return names.get(value, value)
    if name in ("km", "limit", "amount") and language == "vi":
        return str(value).replace(".", ",")
    if isinstance(value, int):
        return number(value)
    return value


def lock_words(code: str) -> str:
    """Why somebody stays, as a problem says it (planning.problem): never the case of the law."""
    words = {
        "lock": _("thuộc trường hợp chưa điều động"),
        "away": _("đang biệt phái"),
        "category": _("không thuộc diện điều động"),
        "retiring": _("sắp nghỉ hưu"),
    }
    return words.get(code, code)
