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
    "proof.tolls": (
        "tầng {tier} ({name}): tối ưu, luồng có giá trần điều động không còn chu trình nào tốt hơn",
        "tier {tier} ({name}): optimal, no better cycle is left in the flow with tolls on the caps",
    ),
    "proof.bound": (
        "tầng {tier} ({name}): tối ưu, phương án đạt đúng cận đã chứng minh",
        "tier {tier} ({name}): optimal, the plan meets the proven bound",
    ),
    "proof.search": (
        "tầng {tier} ({name}): tối ưu, đã tìm hết mọi khả năng còn có thể tốt hơn",
        "tier {tier} ({name}): optimal, everything that could be better was searched",
    ),
    "proof.none": (
        "tầng {tier} ({name}): hết giờ, chưa chứng minh tối ưu",
        "tier {tier} ({name}): time ran out, not proven optimal",
    ),
    "proof.flow": (
        "tầng {tier} ({name}): tối ưu, luồng chi phí nhỏ nhất không còn chu trình nào tốt hơn",
        "tier {tier} ({name}): optimal, no better cycle is left in the minimum-cost flow",
    ),
}
