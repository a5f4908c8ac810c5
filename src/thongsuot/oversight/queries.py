from django.db.models import QuerySet

from thongsuot.kernel.vietnamese import strip_marks
from thongsuot.oversight.models import Campaign, Meeting, Official, WorkingGroup
from thongsuot.oversight.policies import campaign_scope, group_scope, scope
from thongsuot.units.models import Mandate, Unit


def visible_meetings(by: Mandate) -> QuerySet[Meeting]:
    return Meeting.objects.filter(scope(by)).select_related("working_group__campaign", "source")


def visible_campaigns(by: Mandate) -> QuerySet[Campaign]:
    return Campaign.objects.filter(campaign_scope(by)).select_related("plan", "unit")


def visible_groups(by: Mandate) -> QuerySet[WorkingGroup]:
    return WorkingGroup.objects.filter(group_scope(by)).select_related("campaign")


def find_officials(name: str, unit: Unit | None = None) -> list[Official]:
    """Those of that name, with or without marks; of the same unit first, then the one seen last."""
    known = Official.objects.filter(bare=strip_marks(name)).select_related("unit")
    return sorted(
        known,
        key=lambda official: (
            official.name.casefold() != name.strip().casefold(),
            unit is None or official.unit_id != unit.pk,
            -(official.last_seen.toordinal() if official.last_seen else 0),
            official.pk,
        ),
    )
