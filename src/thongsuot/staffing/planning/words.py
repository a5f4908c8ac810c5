"""Reasons of the engine as they are kept, and in the language of the reader."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language

from thongsuot.placement import Reason, sentence


def kept(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    """With the words of the day, should a later engine no longer know the code."""
    return [
        {"code": reason.code, "values": dict(reason.values), "vi": sentence(reason)} for reason in reasons
    ]


def said(reasons: Iterable[Mapping[str, Any]]) -> list[str]:
    language = "en" if (get_language() or "vi").startswith("en") else "vi"
    return [_one(reason, language) for reason in reasons]


def _one(reason: Mapping[str, Any], language: Any) -> str:
    try:
        return sentence(Reason(reason["code"], reason["values"]), language)
    except KeyError:
        return str(reason["vi"])
