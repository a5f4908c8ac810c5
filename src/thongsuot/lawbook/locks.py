"""Cases in which the law forbids transferring a person (data/locks.yaml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from thongsuot.lawbook.rulebook import open_rules


@dataclass(frozen=True, slots=True)
class LockCase:
    """`certain` is False where the text of the law could not be read; `case` is its number in the article."""

    code: str
    case: int
    name: Mapping[str, str]
    certain: bool
    ends: Mapping[str, str]


@cache
def lock_cases() -> Mapping[str, LockCase]:
    return {
        code: LockCase(
            code,
            entry["case"],
            {"vi": entry["vi"], "en": entry["en"]},
            entry["certain"],
            entry.get("ends", {}),
        )
        for code, entry in open_rules("locks")["cases"].items()
    }


def lock_source() -> Mapping[str, str]:
    source: Mapping[str, str] = open_rules("locks")["source"]
    return source


def lock_name(code: str, language: str = "vi") -> str:
    case = lock_cases().get(code)
    return (case.name.get(language) or case.name["vi"]) if case else code
