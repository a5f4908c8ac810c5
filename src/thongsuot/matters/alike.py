"""Which proposals of a province say the same as what is typed: an index that each worker keeps and brings up to date.

The index only proposes keys. What is shown is read from the register, within the scope of whoever asks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from thongsuot.lawbook.topics import OTHER
from thongsuot.likeness import Index, Likeness, Statement, Weights
from thongsuot.matters.enums import Act, Direction, State
from thongsuot.matters.models import Answer, Matter, Reply, Step
from thongsuot.matters.queries import proposals
from thongsuot.units.enums import Reach
from thongsuot.units.models import Mandate, Unit
from thongsuot.web.kept import Kept

OPEN_HELD, SETTLED_HELD = 15_000, 5_000  # of a province, the newest
PROVINCES_HELD = 4  # in one worker
SHOWN = 5
# More than are shown, for what is out of reach falls away: little of it for whoever follows the whole province.
LOOKED_AT, LOOKED_AT_BY_FEW = 2 * SHOWN, 60
# Rows are numbered before they are committed: the last few are asked for again, so that a slow one is not missed.
_AGAIN = 200


def statement_of(matter: Matter) -> Statement:
    topic = "" if matter.topic == OTHER else matter.topic
    return Statement(matter.pk, matter.text, topic, matter.competence)


class Register:
    """What one province asks, as this worker knows it."""

    def __init__(self, province: int) -> None:
        self._lock = Lock()
        self._province = province
        self._index = Index(Weights.usual())
        self._newest = self._newest_edit = 0

    def near(self, statement: Statement, limit: int) -> list[Likeness]:
        with self._lock:
            self._refresh()
            return self._index.near(statement, limit=limit)

    def _refresh(self) -> None:
        rows = Matter.objects.filter(province=self._province, direction=Direction.UP)
        rows = rows.exclude(state=State.WITHDRAWN).only("text", "topic", "competence").order_by("-pk")
        fresh = rows.filter(pk__gt=self._newest - _AGAIN).values_list("pk", flat=True)
        keys = [*fresh.filter(open=True)[:OPEN_HELD], *fresh.filter(open=False)[:SETTLED_HELD]]
        if unknown := [key for key in keys if key not in self._index]:
            self._add(rows.filter(pk__in=unknown))
            self._newest = max(self._newest, *unknown)
        edits = Step.objects.filter(
            act=Act.EDIT, pk__gt=self._newest_edit - _AGAIN, matter__province=self._province
        )
        edited = dict(edits.order_by("pk").values_list("pk", "matter"))
        if edited:
            self._newest_edit = max(edited)
            self._add(rows.filter(pk__in=edited.values()))

    def _add(self, rows: Iterable[Matter]) -> None:
        for matter in rows:
            self._index.add(statement_of(matter))


_held: Kept[Register] = Kept(PROVINCES_HELD)


def _register_of(unit: Unit) -> Register:
    province = unit.parent_id or unit.pk
    return _held.get(province, lambda: Register(province))


def forget() -> None:
    """As a worker that has just been started."""
    _held.clear()


@dataclass(frozen=True, slots=True)
class Similar:
    """`answer` is the newest one that decided it, where there is one."""

    matter: Matter
    units: str
    why: str
    score: float
    answer: Answer | None


def similar(statement: Statement, by: Mandate, limit: int = SHOWN) -> list[Similar]:
    if not statement.text.strip():
        return []
    follows_all = by.role.reach == Reach.SUBTREE and not by.fields
    found = _register_of(by.unit).near(statement, LOOKED_AT if follows_all else LOOKED_AT_BY_FEW)
    there = {matter.pk: matter for matter in _shown(by, [int(one.second) for one in found])}
    kept = [(one, there[int(one.second)]) for one in found if int(one.second) in there]
    return [_similar(likeness, matter) for likeness, matter in kept[:limit]]


def _shown(by: Mandate, keys: list[int]) -> QuerySet[Matter]:
    newest = Reply.objects.select_related("answer").order_by("-pk")
    rows = proposals(by).filter(pk__in=keys).exclude(state=State.WITHDRAWN)
    return rows.prefetch_related(Prefetch("replies", queryset=newest))


def _similar(likeness: Likeness, matter: Matter) -> Similar:
    units = ", ".join(str(place.unit) for place in matter.places)  # type: ignore[attr-defined]
    decided = [reply.answer for reply in matter.replies.all() if not reply.answer.forwarded_name]
    return Similar(matter, units, reason(likeness), likeness.score, decided[0] if decided else None)


TERMS = 4


def reason(likeness: Likeness) -> str:
    """In words: which terms they share, and whether they are of one field and one tier."""
    parts = []
    if terms := likeness.shared_terms[:TERMS]:
        parts.append(_("cùng nêu %(terms)s") % {"terms": ", ".join(f"“{term}”" for term in terms)})
    if likeness.same_topic:
        parts.append(_("cùng lĩnh vực"))
    if likeness.same_competence:
        parts.append(_("cùng thẩm quyền"))
    if likeness.opposed:
        parts.append(_("nhưng một bên xin thêm, một bên xin bớt"))
    return ", ".join(parts)
