"""Who sees a matter, and who may act on it. Two axes, both must hold: place and field of work.

Seen by: those who reach a unit it belongs to or was heard in (MatterUnit); a mandate at a body sees what that body
holds, supports, is waited for, or held before (MatterBody). A paper is confirmed and taken back whole, so the right to
record or remove a matter is a right on its origin. Acts of the loop belong to a side:

- the holder's (perform, route, answer, decide): a mandate of the unit, or of the very body, that has it;
- the issuing side's (issue, verify, extend): a mandate of the unit that gave the task;
- of those who asked (propose): a mandate of one of the units the proposal belongs to.
"""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.kernel.verdicts import ALLOWED, Verdict, refused
from thongsuot.lawbook.clocks import periods
from thongsuot.matters.enums import Act, LegKind, OrderState
from thongsuot.matters.models import (
    Answer,
    Leg,
    Matter,
    MatterBody,
    MatterUnit,
    Order,
    Origin,
    ProposalGroup,
    Reply,
    Step,
)
from thongsuot.units.enums import Reach, Tier, Verb
from thongsuot.units.models import Mandate
from thongsuot.units.policies import field_scope, holds, reach, works_in
from thongsuot.units.queries import holding_on

NOTHING = Q(pk__in=[])

OF_HOLDER = (Verb.PERFORM, Verb.ROUTE, Verb.ANSWER, Verb.DECIDE)
OF_ISSUER = (Verb.ISSUE, Verb.VERIFY, Verb.EXTEND, Verb.EXTEND_AGAIN)
OF_RECORDER = (Verb.CONFIRM, Verb.UNDO)


def scope(mandate: Mandate, at: str = "pk") -> Q:
    """Matters themselves; or rows of another table, whose column `at` (x_id) holds the key of a matter."""
    if not mandate.allows(Verb.READ):
        return NOTHING
    topic = "topic" if at == "pk" else f"{at.removesuffix('_id')}__topic"
    province = "province" if at == "pk" else f"{at.removesuffix('_id')}__province"
    return _place(mandate, at, province) & field_scope(mandate, topic)


def place_scope(mandate: Mandate) -> Q:
    """The same for rows of MatterUnit, by what they copy from their matters."""
    if not mandate.allows(Verb.READ):
        return NOTHING
    return _place(mandate, "matter_id", "province") & field_scope(mandate)


def sees_through_units(mandate: Mandate) -> bool:
    """Whether it sees just what the units it reaches have rows of: not through a body, nor a whole province."""
    if mandate.role.reach == Reach.SUBTREE:
        return mandate.unit.tier != Tier.PROVINCE
    return mandate.role.reach != Reach.BODY


def own_places(mandate: Mandate) -> Q:
    """The rows of MatterUnit through which such a mandate sees."""
    return reach(mandate) & field_scope(mandate) if mandate.allows(Verb.READ) else NOTHING


def _place(mandate: Mandate, at: str, province: str) -> Q:
    if mandate.role.reach == Reach.BODY:
        return Q(Exists(MatterBody.objects.filter(body=mandate.body_id, matter=OuterRef(at))))
    if sees_through_units(mandate):
        return Q(Exists(MatterUnit.objects.filter(reach(mandate), matter=OuterRef(at))))
    return _in_province(mandate, at, province)


def _in_province(mandate: Mandate, at: str, path: str) -> Q:
    """What lies in the province; and the few matters of others that it has a part in (actions.places)."""
    of_others = MatterUnit.objects.filter(unit__in=mandate.places)
    return Q(**{f"{path}__in": mandate.places}) | Q(**{f"{at}__in": of_others.values("matter_id")})


def origin_scope(mandate: Mandate) -> Q:
    if not mandate.allows(Verb.READ):
        return NOTHING
    return Q(pk__in=Origin.units.through.objects.filter(reach(mandate)).values("origin_id"))


def may(mandate: Mandate, verb: Verb, subject: Matter | Origin | None = None) -> Verdict:
    if not (held := holds(mandate, verb)):
        return held
    if subject is None:
        return ALLOWED
    if isinstance(subject, Origin) or verb in OF_RECORDER:
        return _on_origin(mandate, subject)
    if not in_reach(mandate, subject):
        return refused(_("Kiến nghị, nhiệm vụ này không thuộc phạm vi của vai trò đang dùng."))
    return _on_side(mandate, verb, subject)


def in_reach(mandate: Mandate, matter: Matter) -> bool:
    """Asked once of a matter as it was read: its page asks again for each of its buttons."""
    if matter.reached_by != mandate.pk and Matter.objects.filter(scope(mandate), pk=matter.pk).exists():
        matter.reached_by = mandate.pk
    return matter.reached_by == mandate.pk


def may_all(mandate: Mandate, verb: Verb, matters: Sequence[Matter]) -> Verdict:
    """The same as `may` for each, and the refused ones named."""
    if not (held := holds(mandate, verb)):
        return held
    keys = [matter.pk for matter in matters]
    seen = set(Matter.objects.filter(scope(mandate), pk__in=keys).values_list("pk", flat=True))
    if unseen := [matter for matter in matters if matter.pk not in seen]:
        return refused(_("Không thuộc phạm vi của vai trò đang dùng: %(them)s.") % {"them": _listed(unseen)})
    wrong = [(matter, verdict) for matter in matters if not (verdict := _on_side(mandate, verb, matter))]
    if len(wrong) <= 1:
        return wrong[0][1] if wrong else ALLOWED
    return refused(
        _("%(count)s kiến nghị không làm được việc này bằng vai trò đang dùng: %(them)s.")
        % {"count": len(wrong), "them": _listed([matter for matter, _verdict in wrong])}
    )


NAMED_AT_MOST = 5


def _listed(matters: Sequence[Matter]) -> str:
    numbers = ", ".join(matter.number for matter in matters[:NAMED_AT_MOST])
    more = len(matters) - NAMED_AT_MOST
    return _("%(numbers)s và %(more)s mục khác") % {"numbers": numbers, "more": more} if more > 0 else numbers


def group_scope(mandate: Mandate) -> Q:
    """Groups formed within the subtree one follows, and those that hold a proposal one sees."""
    if not mandate.allows(Verb.READ):
        return NOTHING
    through_members = Q(Exists(Matter.objects.filter(scope(mandate), group=OuterRef("pk"))))
    if mandate.role.reach != Reach.SUBTREE:
        return through_members
    return reach(mandate) & field_scope(mandate) | through_members


def may_group(mandate: Mandate, group: ProposalGroup) -> Verdict:
    """Change a group: those who group proposals where it was formed."""
    if not (held := holds(mandate, Verb.GROUP)):
        return held
    if (
        group.unit_id == mandate.unit_id
        and ProposalGroup.objects.filter(group_scope(mandate), pk=group.pk).exists()
    ):
        return ALLOWED
    return refused(_("Chỉ nơi lập nhóm %(number)s được sửa nhóm này.") % {"number": group.number})


def answer_scope(mandate: Mandate) -> Q:
    """Whoever sees a proposal sees what it was answered, and where that answer points; and whoever has a task of it."""
    if not mandate.allows(Verb.READ):
        return NOTHING
    heard = Reply.objects.filter(scope(mandate, at="proposal_id"))
    pointing = Answer.objects.filter(Exists(heard.filter(answer=OuterRef("pk"))), points_to=OuterRef("pk"))
    tasks = Answer.tasks.through.objects.filter(scope(mandate, at="matter_id"), answer=OuterRef("pk"))
    return Q(Exists(heard.filter(answer=OuterRef("pk")))) | Q(Exists(pointing)) | Q(Exists(tasks))


def may_link(mandate: Mandate, answer: Answer) -> Verdict:
    """Say what carries an answer out: those who gave it."""
    if not (held := holds(mandate, Verb.ANSWER)):
        return held
    of_body = mandate.role.reach != Reach.BODY or answer.body_id == mandate.body_id
    if answer.unit_id == mandate.unit_id and of_body:
        return ALLOWED
    return refused(_("Chỉ nơi trả lời %(number)s được sửa.") % {"number": answer.number})


def _on_origin(mandate: Mandate, subject: Matter | Origin) -> Verdict:
    origin = subject.origin_id if isinstance(subject, Matter) else subject.pk
    if Origin.objects.filter(origin_scope(mandate), pk=origin).exists():
        return ALLOWED
    return refused(_("Kiến nghị, nhiệm vụ này không thuộc phạm vi của vai trò đang dùng."))


def _on_side(mandate: Mandate, verb: Verb, matter: Matter) -> Verdict:
    if verb in OF_HOLDER and not holds_matter(mandate, matter):
        return refused(_("%(number)s đang do %(holder)s giữ.") % _named(matter))
    if verb in OF_ISSUER and not _issued(mandate, verb, matter):
        return refused(_("Chỉ bên giao %(number)s được làm việc này.") % _named(matter))
    if verb == Verb.PROPOSE and not _asked(mandate, matter):
        return refused(_("Chỉ đơn vị nêu %(number)s được làm việc này.") % _named(matter))
    return ALLOWED


def holds_matter(mandate: Mandate, matter: Matter) -> bool:
    """Whether it lies with the mandate's unit; a mandate at a body: with that very body."""
    if mandate.role.reach == Reach.BODY:
        return matter.body_id is not None and matter.body_id == mandate.body_id
    return matter.holder_id is not None and matter.holder_id in mandate.places


def _issued(mandate: Mandate, verb: Verb, matter: Matter | Order) -> bool:
    """Whether the mandate is on the side that gave it; a later extension may also come from the tier above."""
    if mandate.role.reach == Reach.BODY:
        return matter.issuer_body_id is not None and matter.issuer_body_id == mandate.body_id
    if matter.issuer is None:
        return False
    giving = {matter.issuer_id, matter.issuer.parent_id if verb == Verb.EXTEND_AGAIN else None}
    return bool(giving & set(mandate.places))


def _asked(mandate: Mandate, matter: Matter) -> bool:
    return MatterUnit.objects.filter(matter=matter, unit__in=mandate.places, named=True).exists()


def _named(matter: Matter) -> dict[str, str]:
    return {"number": matter.number, "holder": matter.holder_name or _("nơi khác")}


def may_verify(mandate: Mandate, task: Matter) -> Verdict:
    """Nobody closes their own work: not the holder, nor who it was assigned to, nor who handed the result in."""
    if not (side := may(mandate, Verb.VERIFY, task)):
        return side
    if task.assignee and task.assignee.user_id == mandate.user_id:
        return refused(
            _("Bạn được phân công thực hiện %(number)s, nên người khác phải xác nhận.") % _named(task)
        )
    handed_in = Step.objects.filter(matter=task, act=Act.SUBMIT, author_username=mandate.user.username)
    if handed_in.exists():
        return refused(_("Bạn đã nộp kết quả %(number)s, nên người khác phải xác nhận.") % _named(task))
    if _works_for_holder(mandate, task):
        return refused(
            _("%(holder)s giữ %(number)s không tự xác nhận; người của bên giao phải xác nhận.") % _named(task)
        )
    return ALLOWED


def _works_for_holder(mandate: Mandate, task: Matter) -> bool:
    """Whether this person, under whatever mandate in force, is of those who do the task.

    Work given inside one unit is held by a body of it, and by a body that gave it to its own people by nobody else.
    """
    own = Mandate.objects.filter(holding_on(timezone.localdate()), user=mandate.user_id)
    if task.body_id and task.body_id == task.issuer_body_id:
        return False
    if task.holder_id == task.issuer_id:
        return task.body_id is not None and own.filter(body=task.body_id).exists()
    return any(one.allows(Verb.PERFORM) and task.holder_id in one.places for one in own)


def may_extend(mandate: Mandate, task: Matter) -> Verdict:
    """The first extension is an officer's to grant; further ones need the higher role."""
    again = task.extensions >= periods().extensions_by_officer
    return may(mandate, Verb.EXTEND_AGAIN if again else Verb.EXTEND, task)


def may_end_wait(mandate: Mandate, task: Matter) -> Verdict:
    """The holder's side, or the body that is waited for."""
    if (holder := may(mandate, Verb.PERFORM, task)) or not mandate.allows(Verb.PERFORM):
        return holder
    return ALLOWED if in_reach(mandate, task) and is_awaited(mandate, task) else holder


def is_awaited(mandate: Mandate, task: Matter) -> bool:
    legs = Leg.objects.filter(matter=task, kind=LegKind.WAITING, ended_on__isnull=True)
    if mandate.role.reach == Reach.BODY:
        return legs.filter(body__isnull=False, body=mandate.body_id).exists()
    return legs.filter(unit__in=mandate.places).exists()


# Whoever may do nothing but read does not write into the thread either.
OF_THREAD = (*OF_HOLDER, *OF_ISSUER, Verb.PROPOSE, Verb.GROUP)


def may_comment(mandate: Mandate, matter: Matter) -> Verdict:
    if any(mandate.allows(verb) for verb in OF_THREAD):
        return may(mandate, Verb.READ, matter)
    return refused(_("Vai trò “%(role)s” chỉ được xem.") % {"role": mandate.role_name})


def order_scope(mandate: Mandate) -> Q:
    """A draft is seen by who wrote it; an issued order by those who reach its issuer, or see one of its tasks."""
    if not mandate.allows(Verb.READ):
        return NOTHING
    own = Q(state=OrderState.DRAFT, author_username=mandate.user.username, issuer__in=mandate.places)
    tasks = Exists(Matter.objects.filter(scope(mandate), order=OuterRef("pk")))
    issued = Q(tasks)
    if mandate.role.reach == Reach.BODY:
        issued |= Q(issuer_body__isnull=False, issuer_body=mandate.body_id)
    else:
        issued |= reach(mandate, "issuer") & field_scope(mandate)
    return own | (~Q(state=OrderState.DRAFT) & issued)


def may_order(mandate: Mandate, order: Order | None = None) -> Verdict:
    """To write an order, or to change one: of the side that issues it, with every one of its tasks in reach."""
    if not (held := holds(mandate, Verb.ISSUE)) or order is None:
        return held
    if not Order.objects.filter(order_scope(mandate), pk=order.pk).exists():
        return refused(_("Lệnh giao này không thuộc phạm vi của vai trò đang dùng."))
    if not _issued(mandate, Verb.ISSUE, order):
        return refused(_("Chỉ bên giao được sửa, rút lệnh giao này."))
    if not works_in(mandate, order.topic):
        return refused(_("Lĩnh vực của lệnh giao này không thuộc vai trò đang dùng."))
    if order.state != OrderState.DRAFT and order.tasks.exclude(scope(mandate)).exists():
        return refused(_("Lệnh giao này còn có đơn vị ngoài phạm vi của vai trò đang dùng."))
    return ALLOWED
