"""Reads about tasks: lists with their clock states, the board of an order, its versions side by side."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from thongsuot.lawbook.bodies import body_kinds
from thongsuot.lawbook.topics import topic_name
from thongsuot.matters.clocks import OPEN_STATES, all_states, clock_counts
from thongsuot.matters.enums import ClockState, Decision, Direction
from thongsuot.matters.models import Extension, Matter, OrderVersion
from thongsuot.matters.queries.matters import ROW_JOINS
from thongsuot.matters.queries.places import each
from thongsuot.matters.queries.remembering import OF_CLOSED, OF_MANY, Memory, counted
from thongsuot.units.models import Body, Mandate, Unit
from thongsuot.units.policies import reach
from thongsuot.units.queries import holding_on
from thongsuot.units.queries.asking import standing_of
from thongsuot.web.worded import worded


def late_first(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """Open ones by their day, those without a day after them; then closed ones, the last closed first."""
    return matters.order_by("-open", "-closed_on", F("due_on").asc(nulls_last=True), "pk")


def with_sides(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """With all that a row of a list of tasks shows."""
    return matters.select_related(*ROW_JOINS[Direction.DOWN])


@dataclass(frozen=True, slots=True)
class ClockSummary:
    """How many are in each clock state; every state is named, and they add up to the total."""

    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def rows(self, clock: str) -> int | None:
        """How many rows a list of them has that asks for this state, or for any; None for a state there is not."""
        return self.counts.get(clock) if clock else self.total

    @property
    def open(self) -> int:
        return sum(self.counts[state] for state in OPEN_STATES) + self.counts[ClockState.NO_TERM]

    @property
    def done(self) -> int:
        return self.counts[ClockState.DONE_IN_TIME] + self.counts[ClockState.DONE_LATE]


def _parts(on: date) -> Mapping[str, tuple[Q, Memory]]:
    """Each read from an index of its own; and how its counts are remembered."""
    return {
        "open": (Q(open=True), OF_MANY),
        "closed today": (Q(open=False, closed_on__gte=on), OF_MANY),
        "closed before": (Q(open=False, closed_on__lt=on), OF_CLOSED),
    }


def clock_summary(
    by: Mandate, matters: Callable[[], QuerySet[Any]], on: date, known_as: Hashable = None
) -> ClockSummary:
    """The one place where matters of a list are counted by their clocks, or the rows of units that stand for them.

    `known_as` names matters that follow from the mandate and this name alone: their SQL is made once.
    """
    counts: Counter[str] = Counter()
    for part, (rule, memory) in _parts(on).items():

        def rows(rule: Q = rule) -> QuerySet[Any, Any]:
            counted_rows = matters()
            return clock_counts(counted_rows.filter(rule), on, each(counted_rows))

        asked = worded(known_as and ("clocks", part, known_as, standing_of(by), on), rows)
        counts.update(dict(counted(asked, memory=memory)))
    return ClockSummary(all_states(counts.items()))


@dataclass(frozen=True, slots=True)
class Change:
    """What an amendment changed, in words; long texts as pieces: kept, taken out, put in."""

    label: str
    before: str
    after: str
    pieces: Sequence[tuple[str, str]] = ()


def _labels() -> dict[str, str]:
    return {
        "text": _("Việc"),
        "person": _("Người chịu trách nhiệm"),
        "due_on": _("Thời hạn"),
        "lead_code": _("Chủ trì"),
        "supporters": _("Phối hợp"),
        "basis": _("Căn cứ"),
        "product": _("Sản phẩm"),
        "topic": _("Lĩnh vực"),
        "priority": _("Ưu tiên"),
    }


def changes(before: OrderVersion, after: OrderVersion) -> list[Change]:
    found = []
    for name, label in _labels().items():
        old, new = before.content.get(name, ""), after.content.get(name, "")
        if old != new:
            words = in_words(name, old), in_words(name, new)
            found.append(Change(label, *words, pieces_of(*words) if name in ("text", "product") else ()))
    return found


def in_words(name: str, value: Any) -> str:
    match name:
        case "due_on":
            return f"{date.fromisoformat(value):%d-%m-%Y}" if value else ""
        case "lead_code":
            return body_kinds().get(value, str(value))
        case "topic":
            return topic_name(value, get_language() or "vi")
        case "supporters":
            return ", ".join(value or []) or _("không")
        case "priority":
            return _("có") if value else _("không")
    return str(value)


def pieces_of(before: str, after: str) -> list[tuple[str, str]]:
    old, new = before.split(" "), after.split(" ")
    pieces: list[tuple[str, str]] = []
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(("same", " ".join(old[i:j])))
            continue
        if i != j:
            pieces.append(("gone", " ".join(old[i:j])))
        if k != m:
            pieces.append(("new", " ".join(new[k:m])))
    return pieces


def unseen_changes(task: Matter) -> tuple[OrderVersion, list[Change]] | None:
    """What changed since the holder last looked, with the newest version; None where they have seen it."""
    if task.order_id is None or task.order_version_seen is None:
        return None
    versions = OrderVersion.objects.filter(order=task.order_id, version__gte=task.order_version_seen)
    kept = list(versions.order_by("version"))
    if len(kept) < 2:
        return None
    return kept[-1], changes(kept[0], kept[-1])


def pending_wish(task: Matter) -> Extension | None:
    """Of all there are, for they are few and a page that shows them has read them already."""
    return next((wish for wish in task.extension_wishes.all() if wish.decision == Decision.PENDING), None)


def colleagues(task: Matter, on: date) -> QuerySet[Mandate]:
    """Those who may be given the work: mandates in force at the holder's."""
    from_unit = Mandate.objects.filter(holding_on(on), unit=task.holder_id)
    return from_unit.filter(Q(body__isnull=True) | Q(body=task.body_id)).select_related(
        "user", "unit", "body"
    )


def bodies_to_wait_for(task: Matter, on: date) -> QuerySet[Body]:
    """Of the holder's own unit and of the one above."""
    holder = task.holder
    units = [unit for unit in (holder and holder.pk, holder and holder.parent_id, task.issuer_id) if unit]
    bodies = Body.objects.filter(holding_on(on), unit__in=units).exclude(pk=task.body_id or 0)
    return bodies.select_related("unit").order_by("unit__tier", "unit_id", "pk").reverse()


def addressable_units(by: Mandate, on: date) -> QuerySet[Unit]:
    """The units this mandate may give tasks to."""
    return Unit.objects.filter(holding_on(on), reach(by, "")).select_related("parent").order_by("name", "pk")
