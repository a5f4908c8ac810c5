"""Reasons as data, and their sentences in plain words: pages show them in either language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Language = Literal["vi", "en"]


@dataclass(frozen=True, slots=True)
class Reason:
    """`code` names a sentence of this file, `values` what is put into it: codes, names and counts."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


def sentence(reason: Reason, language: Language = "vi") -> str:
    """The reason in words. Raises `KeyError` for a code this file does not know."""
    vi, en = SENTENCES[reason.code]
    return (vi if language == "vi" else en).format_map(reason.values)


SENTENCES: dict[str, tuple[str, str]] = {
    "proof.flow": (
        "tầng {tier} ({name}): tối ưu, luồng chi phí nhỏ nhất không còn chu trình nào tốt hơn",
        "tier {tier} ({name}): optimal, no better cycle is left in the minimum-cost flow",
    ),
}
