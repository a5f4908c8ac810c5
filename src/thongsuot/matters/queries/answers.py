from collections import Counter
from collections.abc import Mapping

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from thongsuot.matters.models import Answer, Matter, MatterUnit, Origin, Reply
from thongsuot.matters.policies import answer_scope, scope
from thongsuot.units.models import Mandate


def visible_answers(by: Mandate) -> QuerySet[Answer]:
    return Answer.objects.filter(answer_scope(by)).select_related("unit", "body", "points_to", "forwarded_to")


def replies_of(answer: Answer, by: Mandate) -> QuerySet[Reply]:
    """As it reached the proposals one sees, each with the `places` that asked."""
    named = MatterUnit.objects.filter(named=True).select_related("unit").order_by("pk")
    seen = Reply.objects.filter(scope(by, at="proposal_id"), answer=answer)
    return (
        seen.select_related("proposal", "proposal__citation")
        .prefetch_related(Prefetch("proposal__matterunit_set", queryset=named, to_attr="places"))
        .order_by("proposal__number")
    )


def counted_by_response(replies: QuerySet[Reply]) -> Mapping[str, int]:
    return Counter(replies.order_by().values_list("response", flat=True))


def replies_to(proposal: Matter) -> QuerySet[Reply]:
    """Every answer a proposal has had, the newest first."""
    return (
        Reply.objects.filter(proposal=proposal)
        .select_related("answer__unit", "answer__body", "answer__points_to")
        .prefetch_related("answer__documents", "answer__tasks", "agreed_units")
        .order_by("-pk")
    )


def answers_carried_out_by(task: Matter, by: Mandate) -> QuerySet[Answer]:
    return visible_answers(by).filter(tasks=task)


def answers_resting_on(document: Origin, by: Mandate) -> QuerySet[Answer]:
    """With `size`, how many of the proposals it answers one sees."""
    heard = Reply.objects.filter(scope(by, at="proposal_id"), answer=OuterRef("pk"))
    counted = heard.order_by().values("answer").annotate(count=Count("pk")).values("count")
    resting = visible_answers(by).filter(documents=document)
    return resting.annotate(size=Coalesce(Subquery(counted), 0))
