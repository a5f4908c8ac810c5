"""The words of directives, from data/directives.yaml, made into patterns once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from thongsuot.reading.lexicon.lexicon import read_list


@dataclass(frozen=True, eq=False)
class Words:
    directing: frozenset[str]
    where_it_assigns: frozenset[str]
    telling: frozenset[str]
    groups: Mapping[str, re.Pattern[str]]
    loose: re.Pattern[str]
    officer: re.Pattern[str]
    assigning: re.Pattern[str]
    verb: re.Pattern[str]
    empty: re.Pattern[str]
    product: re.Pattern[str]
    signers: frozenset[str]
    types: tuple[str, ...]  # longest first


def _any(listed: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(listed, key=len, reverse=True))


def _either(shapes: list[str]) -> str:
    return "|".join(shapes)


@cache
def load_words() -> Words:
    listed = read_list("directives")
    kinds = (*listed["directing"], *listed["where_it_assigns"], *listed["telling"])
    return Words(
        directing=frozenset(listed["directing"]),
        where_it_assigns=frozenset(listed["where_it_assigns"]),
        telling=frozenset(listed["telling"]),
        groups={
            scope: re.compile(rf"(?:{_either(shapes)})(?!\w)") for scope, shapes in listed["groups"].items()
        },
        loose=re.compile(rf"(?:{_any(listed['loose'])})(?= )"),
        officer=re.compile(rf"(?:(?:các )?(?:{_any(listed['officers'])})(?: các)? )+"),
        assigning=re.compile(rf"(?<!\w)(?:{_any(listed['assigning'])})(?= |:)"),
        verb=re.compile(rf"(?:{_any(listed['verbs'])})(?!\w)"),
        empty=re.compile(_either(listed["empty"])),
        product=re.compile(
            rf"(?<!\w)(?:xây dựng|ban hành|tham mưu|lập|trình|gửi|nộp|biên soạn|soạn thảo"
            rf"|có) (?P<product>(?:{_any(listed['products'])})(?!\w)[^,.;:(]*)"
        ),
        signers=frozenset(listed["signers"]),
        types=tuple(sorted(kinds, key=len, reverse=True)),
    )
