from datetime import date
from typing import Any

import factory

from tests.factories.sources import CitationFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.matters.models import Answer, Matter, MatterUnit, Origin, Reply


class OriginFactory(factory.django.DjangoModelFactory[Origin]):
    """`units=[…]` are those that took part."""

    class Meta:
        model = Origin
        skip_postgeneration_save = True

    kind = "meeting"
    key = factory.Sequence(lambda n: f"test:{n}")
    title = factory.Sequence(lambda n: f"Buổi giám sát {n}")
    on = date(2025, 10, 30)

    @factory.post_generation
    def units(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            self.units.set(extracted if extracted is not None else [WardFactory()])  # type: ignore[attr-defined]


class ProposalFactory(factory.django.DjangoModelFactory[Matter]):
    """`unit` is the one that asks; None where nobody could tell."""

    class Meta:
        model = Matter
        skip_postgeneration_save = True

    number = factory.Sequence(lambda n: f"KN-2025-{n + 1:06d}")
    direction = "up"
    kind = "request"
    text = factory.Sequence(lambda n: f"Đề nghị bổ sung máy tính {n}")
    speaker = "Nguyễn Văn Mẫu"
    topic = "it-infrastructure"
    unit = factory.SubFactory(WardFactory)
    province = factory.LazyAttribute(
        lambda matter: matter.unit.parent or matter.unit if matter.unit else None
    )
    raised_on = date(2025, 10, 30)
    origin = factory.SubFactory(OriginFactory)
    citation = factory.SubFactory(CitationFactory)
    due_on = date(2025, 11, 20)
    due_soon_on = date(2025, 11, 17)
    holder = factory.LazyAttribute(lambda matter: matter.unit.parent if matter.unit else None)
    holder_name = factory.LazyAttribute(lambda matter: str(matter.holder or ""))
    turn_unit = factory.LazyAttribute(lambda matter: matter.holder)
    turn_due_on = factory.LazyAttribute(lambda matter: matter.due_on)

    @factory.post_generation
    def places(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        matter: Matter = self  # type: ignore[assignment]
        if create and matter.unit:
            MatterUnit.objects.create(matter=matter, unit=matter.unit)
        elif create:
            seen_from = [
                MatterUnit(matter=matter, unit=unit, named=False) for unit in matter.origin.units.all()
            ]
            MatterUnit.objects.bulk_create(seen_from)
            first = matter.origin.units.first()
            matter.province = (first.parent or first) if first else None
            matter.save(update_fields=["province"])


class TaskFactory(ProposalFactory):
    number = factory.Sequence(lambda n: f"NV-2025-{n + 1:06d}")
    direction = "down"
    kind = "direction"
    text = factory.Sequence(lambda n: f"Rà soát hồ sơ tồn đọng {n}")
    due_on = due_soon_on = holder = turn_unit = turn_due_on = None
    holder_name = ""
    issuer = factory.LazyAttribute(lambda matter: matter.unit.parent if matter.unit else None)


class IssuedTaskFactory(TaskFactory):
    """Given to `unit` by the tier above, with the six clears; change `state` and the dates as the test needs."""

    state = "issued"
    due_on = date(2025, 11, 20)
    due_soon_on = date(2025, 11, 17)
    holder = factory.LazyAttribute(lambda matter: matter.unit)
    holder_name = factory.LazyAttribute(lambda matter: str(matter.unit))
    turn_unit = factory.LazyAttribute(lambda matter: matter.holder)
    turn_due_on = factory.LazyAttribute(lambda matter: matter.due_on)
    person = "Chủ tịch Ủy ban nhân dân"
    product = "Báo cáo kết quả"
    basis = "Kết luận buổi giám sát"


class AnswerFactory(factory.django.DjangoModelFactory[Answer]):
    """`proposals=[…]` are those it answers."""

    class Meta:
        model = Answer
        skip_postgeneration_save = True

    number = factory.Sequence(lambda n: f"TL-2025-{n + 1:06d}")
    kind = "accepted"
    text = factory.Sequence(lambda n: f"Đã giao cơ quan chuyên môn thực hiện {n}")
    unit = factory.SubFactory(ProvinceFactory)
    answered_on = date(2025, 11, 12)
    author = "Trần Thị Mẫu, Chuyên viên cấp tỉnh"
    author_username = "chuyenvien.mau"

    @factory.post_generation
    def proposals(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        for proposal in extracted or ():
            Reply.objects.create(answer=self, proposal=proposal, respond_by=date(2025, 11, 26))  # type: ignore[misc]
