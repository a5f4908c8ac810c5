"""What the pages of proposals and of tasks share."""

from dataclasses import dataclass

from django.http import Http404, QueryDict
from django.utils.functional import Promise

from thongsuot.audit.history import Moment, moments
from thongsuot.matters.enums import ClockState
from thongsuot.matters.models import Matter
from thongsuot.matters.queries import CLOCK_TONES, matter_in_reach
from thongsuot.matters.queries.doing import ClockSummary
from thongsuot.matters.tables import KIND_TONES
from thongsuot.sources.policies import may as may_source
from thongsuot.sources.queries import sentence
from thongsuot.units.access import MandatedRequest
from thongsuot.units.enums import Verb


@dataclass(frozen=True, slots=True)
class MatterPage:
    """`around` is the sentence with what stands before and after, where the source is in reach."""

    matter: Matter
    units: str
    tone: str
    icon: str
    around: tuple[str, str, str] | None
    history: list[Moment]


def found(request: MandatedRequest, number: str) -> Matter:
    """Within reach of the mandate, or 404."""
    matter = matter_in_reach(request.mandate, number)
    if matter is None:
        raise Http404
    return matter


def matter_page(request: MandatedRequest, matter: Matter) -> MatterPage:
    tone, icon = KIND_TONES[matter.kind]
    return MatterPage(
        matter=matter,
        units=", ".join(str(place.unit) for place in matter.places),  # type: ignore[attr-defined]
        tone=tone,
        icon=icon,
        around=_around(request, matter),
        history=moments(Matter(pk=matter.pk)),
    )


def crumbs(request: MandatedRequest, matter: Matter) -> list[tuple[str, str]]:
    return [(request.mandate.unit.title, ""), (matter.listed_as, matter.list_url), (matter.number, "")]


def _around(request: MandatedRequest, matter: Matter) -> tuple[str, str, str] | None:
    citation = matter.citation
    if citation is None or not may_source(request.mandate, Verb.READ, citation.source):
        return None
    return sentence(citation)


@dataclass(frozen=True, slots=True)
class ClockStat:
    """A number that leads to exactly the tasks it counts."""

    state: ClockState
    label: str | Promise
    count: int
    tone: str
    url: str


def clock_stats(summary: ClockSummary, query: QueryDict, path: str) -> list[ClockStat]:
    """Those that are not empty, in the order of their urgency."""
    order = (
        ClockState.OVERDUE,
        ClockState.DUE_SOON,
        ClockState.WAITING,
        ClockState.EXTENDED,
        ClockState.IN_TERM,
        ClockState.NO_TERM,
        ClockState.DONE_IN_TIME,
        ClockState.DONE_LATE,
        ClockState.STOPPED,
    )
    kept = query.copy()
    for name in ("page", "export", "clock"):
        kept.pop(name, None)
    stats = []
    for state in order:
        if count := summary.counts[state]:
            kept["clock"] = state.value
            stats.append(
                ClockStat(state, state.label, count, CLOCK_TONES[state][0], f"{path}?{kept.urlencode()}")
            )
    return stats
