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
from django.utils.translation import gettext as _

from thongsuot.kernel.verdicts import ALLOWED, Verdict, refused
from thongsuot.matters.models import Answer, Matter, MatterBody, MatterUnit, Origin, ProposalGroup, Reply
from thongsuot.units.enums import Reach, Verb
from thongsuot.units.models import Mandate
from thongsuot.units.policies import field_scope, holds, reach

NOTHING = Q(pk__in=[])

OF_HOLDER = (Verb.PERFORM, Verb.ROUTE, Verb.ANSWER, Verb.DECIDE)
OF_ISSUER = (Verb.ISSUE, Verb.VERIFY, Verb.EXTEND, Verb.EXTEND_AGAIN)
OF_RECORDER = (Verb.CONFIRM, Verb.UNDO)


def scope(mandate: Mandate, at: str = "pk") -> Q:
    """Matters themselves; or rows of another table, whose column `at` (x_id) holds the key of a matter."""
    if not mandate.allows(Verb.READ):
        return NOTHING
    topic = "topic" if at == "pk" else f"{at.removesuffix('_id')}__topic"
    return Q(_place(mandate, at)) & field_scope(mandate, topic)


def _place(mandate: Mandate, at: str) -> Exists:
    if mandate.role.reach == Reach.BODY:
        return Exists(MatterBody.objects.filter(body=mandate.body_id, matter=OuterRef(at)))
    return Exists(MatterUnit.objects.filter(reach(mandate), matter=OuterRef(at)))


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
    if not Matter.objects.filter(scope(mandate), pk=subject.pk).exists():
        return refused(_("Kiến nghị, nhiệm vụ này không thuộc phạm vi của vai trò đang dùng."))
    return _on_side(mandate, verb, subject)


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
    if verb in OF_ISSUER and matter.issuer_id not in mandate.places:
        return refused(_("Chỉ bên giao %(number)s được làm việc này.") % _named(matter))
    if verb == Verb.PROPOSE and not _asked(mandate, matter):
        return refused(_("Chỉ đơn vị nêu %(number)s được làm việc này.") % _named(matter))
    return ALLOWED


def holds_matter(mandate: Mandate, matter: Matter) -> bool:
    """Whether it lies with the mandate's unit; a mandate at a body: with that very body."""
    if mandate.role.reach == Reach.BODY:
        return matter.body_id is not None and matter.body_id == mandate.body_id
    return matter.holder_id is not None and matter.holder_id in mandate.places


def _asked(mandate: Mandate, matter: Matter) -> bool:
    return MatterUnit.objects.filter(matter=matter, unit__in=mandate.places, named=True).exists()


def _named(matter: Matter) -> dict[str, str]:
    return {"number": matter.number, "holder": matter.holder_name or _("nơi khác")}
