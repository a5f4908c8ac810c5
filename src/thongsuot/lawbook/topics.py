"""What matters are about."""

from collections.abc import Mapping
from functools import cache

from thongsuot.lawbook.rulebook import open_rules

OTHER = "other"


@cache
def topics() -> Mapping[str, Mapping[str, str]]:
    """Names by language, under each topic's code."""
    names: Mapping[str, Mapping[str, str]] = open_rules("topics")["topics"]
    return names


def topic_name(code: str, language: str = "vi") -> str:
    names = topics().get(code, {})
    return names.get(language, names.get("vi", code))
