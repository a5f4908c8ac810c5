from datetime import date
from typing import Any

import factory

from tests.factories.matters import OriginFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.kernel.vietnamese import strip_marks
from thongsuot.oversight.models import (
    Campaign,
    Conclusion,
    Conference,
    GroupSeat,
    Meeting,
    MeetingRole,
    Official,
    Visit,
    WorkingGroup,
)


class CampaignFactory(factory.django.DjangoModelFactory[Campaign]):
    class Meta:
        model = Campaign

    title = factory.Sequence(lambda n: f"Giám sát theo Kế hoạch {n}")
    unit = factory.SubFactory(ProvinceFactory)
    started_on = date(2025, 10, 1)


class WorkingGroupFactory(factory.django.DjangoModelFactory[WorkingGroup]):
    class Meta:
        model = WorkingGroup
        skip_postgeneration_save = True

    campaign = factory.SubFactory(CampaignFactory)
    number = factory.Sequence(lambda n: n + 1)

    @factory.post_generation
    def units(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and extracted:
            self.units.set(extracted)  # type: ignore[attr-defined]


class GroupSeatFactory(factory.django.DjangoModelFactory[GroupSeat]):
    class Meta:
        model = GroupSeat

    group = factory.SubFactory(WorkingGroupFactory)
    part = "leader"
    name = factory.Sequence(lambda n: f"Lê Thị Mẫu {n}")
    title_as_was = "Phó Bí thư Thành ủy"
    valid_from = date(2025, 10, 1)


class VisitFactory(factory.django.DjangoModelFactory[Visit]):
    """`units=[…]`; those of the group where nothing is said."""

    class Meta:
        model = Visit
        skip_postgeneration_save = True

    group = factory.SubFactory(WorkingGroupFactory)
    planned_on = date(2025, 10, 30)
    first_planned_on = factory.SelfAttribute("planned_on")

    @factory.post_generation
    def units(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            visit: Visit = self  # type: ignore[assignment]
            visit.units.set(extracted if extracted is not None else visit.group.units.all())


class MeetingFactory(factory.django.DjangoModelFactory[Meeting]):
    """`units=[…]`; one new ward where nothing is said."""

    class Meta:
        model = Meeting
        skip_postgeneration_save = True

    kind = "supervision"
    date = date(2025, 10, 30)
    title = factory.Sequence(lambda n: f"Buổi giám sát {n}")
    chair = "Hoàng Văn Mẫu"
    origin = factory.SubFactory(OriginFactory, units=[])

    @factory.post_generation
    def units(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            self.units.set(extracted if extracted is not None else [WardFactory()])  # type: ignore[attr-defined]


class OfficialFactory(factory.django.DjangoModelFactory[Official]):
    class Meta:
        model = Official

    name = factory.Sequence(lambda n: f"Trần Thị Mẫu {n}")
    bare = factory.LazyAttribute(lambda official: strip_marks(official.name))


class MeetingRoleFactory(factory.django.DjangoModelFactory[MeetingRole]):
    class Meta:
        model = MeetingRole

    meeting = factory.SubFactory(MeetingFactory)
    role = "speaks"
    official = factory.SubFactory(OfficialFactory)
    title_as_was = "Bí thư"
    organisation_as_was = "Đảng ủy phường"


class ConferenceFactory(factory.django.DjangoModelFactory[Conference]):
    """One that was held."""

    class Meta:
        model = Conference

    unit = factory.SubFactory(ProvinceFactory)
    organisation = "Ban Chấp hành Đảng bộ"
    ordinal = factory.Sequence(lambda n: n + 1)
    term = "2025-2030"
    planned_on = date(2026, 10, 5)
    meeting = factory.SubFactory(MeetingFactory)


class ConclusionFactory(factory.django.DjangoModelFactory[Conclusion]):
    class Meta:
        model = Conclusion

    conference = factory.SubFactory(ConferenceFactory)
    position = factory.Sequence(lambda n: n + 1)
    text = "Rà soát, giải quyết dứt điểm hồ sơ quá hạn."
