from datetime import date
from typing import Any

import factory

from thongsuot.kernel.vietnamese import fold, strip_marks
from thongsuot.units.models import UNRECORDED, Unit, UnitName


class ProvinceFactory(factory.django.DjangoModelFactory[Unit]):
    class Meta:
        model = Unit
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"{n + 90000}")  # apart from every real code
    tier = "province"
    kind = "thành phố"
    name = factory.Sequence(lambda n: f"Tỉnh Thử {n}")
    parent = None
    valid_from = UNRECORDED

    @factory.post_generation
    def searchable(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            unit: Unit = self  # type: ignore[assignment]
            UnitName.objects.create(
                unit=unit,
                kind=unit.kind,
                name=unit.name,
                folded=fold(str(unit)),
                bare=strip_marks(str(unit)),
                valid_from=unit.valid_from,
            )


class WardFactory(ProvinceFactory):
    code = factory.Sequence(lambda n: f"{n + 9000000}")
    tier = "commune"
    kind = "phường"
    name = factory.Sequence(lambda n: f"Thử {n}")
    parent = factory.SubFactory(ProvinceFactory)
    area_km2 = 5.0
    valid_from = date(2025, 7, 1)
