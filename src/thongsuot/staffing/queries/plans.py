"""Reads about plans: which are seen, their versions, their moves."""

from collections.abc import Sequence

from django.db.models import Count, Q, QuerySet

from thongsuot.audit.models import Event
from thongsuot.staffing.enums import Acts, MoveStanding
from thongsuot.staffing.models import Plan, PlanMove, PlanOpening, PlanSurplus
from thongsuot.staffing.policies import plan_scope
from thongsuot.units.models import Mandate


def visible_plans(by: Mandate) -> QuerySet[Plan]:
    return Plan.objects.filter(plan_scope(by)).select_related("unit", "parent")


def plans_with_counts(by: Mandate) -> QuerySet[Plan]:
    """For the list: how many moves each proposes, and what became of them."""
    standing = {
        f"{name}_count": Count("moves", filter=Q(moves__standing=name))
        for name in (MoveStanding.ACCEPTED, MoveStanding.DECLINED)
    }
    return visible_plans(by).annotate(move_count=Count("moves"), **standing)


def versions_of(plan: Plan) -> QuerySet[Plan]:
    """All versions under the plan's title, newest first."""
    return Plan.objects.filter(unit=plan.unit_id, title=plan.title).order_by("-number")


def moves_of(plan: Plan) -> QuerySet[PlanMove]:
    return plan.moves.select_related(
        "person", "from_unit", "from_position", "to_unit", "to_position", "transfer"
    )


def surplus_of(plan: Plan) -> QuerySet[PlanSurplus]:
    return plan.surplus.select_related("person", "unit", "position")


def openings_of(plan: Plan) -> QuerySet[PlanOpening]:
    return plan.openings.select_related("unit", "position")


def overrides_of(plans: Sequence[int]) -> QuerySet[Event]:
    """What people did about these versions against or beside the engine's proposal, newest first."""
    verbs = (Acts.PLAN_STARTED, Acts.PLAN_CHANGED, Acts.MOVE_DECLINED, Acts.PLAN_CANCELLED)
    keys = [str(key) for key in plans]
    return Event.objects.filter(subject_kind="staffing.plan", subject_key__in=keys, verb__in=verbs).order_by(
        "-number"
    )
