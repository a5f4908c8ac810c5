"""Lines of a return's words that could go on as tasks and proposals of the loop."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from thongsuot.returns.enums import SectionKind
from thongsuot.returns.models import TakenLine
from thongsuot.returns.policies import may
from thongsuot.returns.queries.papers import Paper, taken_from
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate

TASKS, PROPOSALS = SectionKind.NEXT_TASKS, SectionKind.PROPOSALS
VERBS = {TASKS: Verb.ISSUE, PROPOSALS: Verb.PROPOSE}
_MARK = re.compile(r"^\s*(?:[-–•*+]|\d{1,2}[.)]|[a-zđ][.)])\s*")
_LEAST = 8  # letters that say something


@dataclass(frozen=True, slots=True)
class Takeable:
    """`taken` is what it became; `may` whether this mandate may make something of it now."""

    text: str
    digest: str
    taken: TakenLine | None
    may: bool


def lines_in(text: str) -> Iterator[str]:
    for line in text.splitlines():
        bare = _MARK.sub("", line).strip()
        if len(bare) >= _LEAST:
            yield bare


def digest_of(line: str) -> str:
    return hashlib.sha256(" ".join(line.split()).casefold().encode()).hexdigest()


def takeable(by: Mandate, paper: Paper) -> Mapping[int, list[Takeable]]:
    """By key of the section; once the return has reached those above, its words stand."""
    wanted = [section for section in paper.sections if section.kind in VERBS]
    if not wanted or not paper.row.is_handed_in:
        return {}
    taken = taken_from(paper.row)
    return {
        section.pk: [
            Takeable(
                line,
                digest_of(line),
                taken.get((section.pk, digest_of(line))),
                may(by, VERBS[SectionKind(section.kind)], paper.row).ok and by.unit_id == paper.row.unit_id,
            )
            for line in lines_in(paper.passages.get(section.pk, ""))
        ]
        for section in wanted
    }
