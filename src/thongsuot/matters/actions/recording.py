"""Recording matters and taking them back.

- record_origin(by, kind, key, title, on, units=(), group_key="", group_label="", path="") -> (Origin, new)
- record_proposal(by, origin, statement, kind=REQUEST) -> Proposal
- record_task(by, origin, statement, kind=DIRECTION) -> Task
  where statement = Statement(text, units=(), topic="other", speaker="", speaker_title="", addressee="",
  raised_on=None, citation=None)
- remove_matter(by, matter); remove_origin(by, origin)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.audit.removal import remove_or_refuse
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.lawbook.calendar import add_working_days
from thongsuot.lawbook.clocks import periods
from thongsuot.lawbook.topics import OTHER, topics
from thongsuot.matters.actions.moving import begin_leg, give_turn, hold
from thongsuot.matters.actions.places import province_of, see_from_named
from thongsuot.matters.enums import KINDS_DOWN, KINDS_UP, Acts, Competence, Direction, Kind, OriginKind
from thongsuot.matters.found import forget_matter, index_matters
from thongsuot.matters.models import Matter, Origin, Proposal, Task
from thongsuot.matters.numbering import next_number
from thongsuot.matters.policies import may
from thongsuot.sources.models import Citation
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import reaches


@dataclass(frozen=True, slots=True)
class Statement:
    """What was said, by whom, for which units; `raised_on` is the day of the origin unless given."""

    text: str
    units: Sequence[Unit] = ()
    topic: str = OTHER
    speaker: str = ""
    speaker_title: str = ""
    addressee: str = ""
    raised_on: date | None = None
    citation: Citation | None = None
    competence: Competence | str = ""


@transaction.atomic
def record_origin(
    *,
    by: Mandate,
    kind: OriginKind,
    key: str,
    title: str,
    on: date,
    units: Iterable[Unit] = (),
    group_key: str = "",
    group_label: str = "",
    path: str = "",
) -> tuple[Origin, bool]:
    """What matters came out of; the same key twice is one origin. Returns it and whether it is new."""
    require(may(by, Verb.CONFIRM))
    known = Origin.objects.filter(key=key).first()
    if known:
        require(may(by, Verb.CONFIRM, known))
        return known, False
    units = list(units)
    if not any(reaches(by, unit) for unit in units):
        raise Refused(
            _("Không đơn vị nào của “%(title)s” thuộc phạm vi của vai trò đang dùng.") % {"title": title}
        )
    origin = Origin.objects.create(
        kind=kind, key=key, title=title[:300], on=on, group_key=group_key, group_label=group_label, path=path
    )
    origin.units.set(units)
    record(by=by, verb=Acts.ORIGIN_RECORDED, subject=origin, details={"key": key})
    return origin, True


@transaction.atomic
def record_proposal(
    *, by: Mandate, origin: Origin, statement: Statement, kind: Kind = Kind.REQUEST
) -> Proposal:
    """The statement's units are those that ask."""
    if kind not in KINDS_UP:
        raise Refused(_("“%(kind)s” không phải là loại kiến nghị.") % {"kind": Kind(kind).label})
    proposal = Proposal(direction=Direction.UP, kind=kind, origin=origin)
    _enter(proposal, by, statement)
    record(
        by=by,
        verb=Acts.PROPOSAL_RECORDED,
        subject=subject_of(proposal),
        details=_details(proposal, statement),
    )
    return proposal


@transaction.atomic
def record_task(*, by: Mandate, origin: Origin, statement: Statement, kind: Kind = Kind.DIRECTION) -> Task:
    """The statement's units are those that must do it; a commitment is a task of whoever promised."""
    if kind not in KINDS_DOWN:
        raise Refused(_("“%(kind)s” không phải là loại nhiệm vụ.") % {"kind": Kind(kind).label})
    task = Task(direction=Direction.DOWN, kind=kind, origin=origin)
    _enter(task, by, statement)
    record(by=by, verb=Acts.TASK_RECORDED, subject=subject_of(task), details=_details(task, statement))
    return task


@transaction.atomic
def remove_matter(*, by: Mandate, matter: Matter) -> None:
    """Take back what was recorded by mistake; its number is not given again."""
    require(may(by, Verb.UNDO, matter))
    remove_or_refuse(matter)
    forget_matter(matter)
    record(by=by, verb=Acts.REMOVED, subject=subject_of(matter), details={"text": matter.text})


@transaction.atomic
def remove_origin(*, by: Mandate, origin: Origin) -> None:
    require(may(by, Verb.UNDO, origin))
    remove_or_refuse(origin)
    record(by=by, verb=Acts.ORIGIN_REMOVED, subject=origin, details={"key": origin.key})


def _enter(matter: Matter, by: Mandate, statement: Statement) -> None:
    require(may(by, Verb.CONFIRM, matter.origin))
    enter(matter, statement)


def enter(matter: Matter, statement: Statement) -> None:
    """Number it, save it and start its clock: from this day on the tier above owes an answer, or an order."""
    fill(matter, statement)
    today = timezone.localdate()
    above = _above(matter, statement.units)
    if matter.is_proposal:
        due_on = add_working_days(today, periods().answer)
        hold(matter, unit=above, body=None, name=str(above or ""), due_on=due_on)
    else:
        matter.issuer = above
    give_turn(matter, today)
    matter.number = next_number(Direction(matter.direction), matter.raised_on.year)
    matter.province = above
    matter.save(force_insert=True)
    see_from_named(matter, statement.units)
    if matter.is_proposal:
        begin_leg(matter, today)
    index_matters([matter])


def _above(matter: Matter, units: Sequence[Unit]) -> Unit | None:
    """The tier above those who ask or must do; of nobody known, above those who took part."""
    units = units or list(matter.origin.units.select_related("parent").order_by("pk")[:1])
    return province_of(units[0]) if units else None


def fill(matter: Matter, statement: Statement) -> None:
    if not statement.text.strip():
        raise Refused(_("Nội dung để trống. Nhập nội dung kiến nghị hoặc nhiệm vụ."))
    if statement.topic not in topics():
        raise Refused(_("Không có lĩnh vực “%(topic)s” trong danh mục.") % {"topic": statement.topic})
    matter.text = statement.text.strip()
    matter.topic = statement.topic
    matter.speaker = statement.speaker[:200]
    matter.speaker_title = statement.speaker_title[:300]
    matter.addressee = statement.addressee[:300]
    matter.raised_on = statement.raised_on or matter.origin.on
    matter.citation = statement.citation
    matter.competence = statement.competence
    matter.unit = statement.units[0] if statement.units else None


def subject_of(matter: Matter) -> Matter:
    """In the trail a proposal or task is one kind of thing, whichever class it was held as."""
    return Matter(pk=matter.pk, number=matter.number)


def _details(matter: Matter, statement: Statement) -> dict[str, object]:
    return {
        "kind": str(matter.kind),
        "topic": matter.topic,
        "units": sorted(unit.code for unit in statement.units),
        "origin": matter.origin.key,
    }
