import hashlib

import factory

from tests.factories.units import WardFactory
from thongsuot.sources.models import Citation, Source


class SourceFactory(factory.django.DjangoModelFactory[Source]):
    """Received at a ward; give `concerns=[…]` for the units that may see it as well."""

    class Meta:
        model = Source
        skip_postgeneration_save = True

    text = factory.Sequence(
        lambda n: f"Văn bản số {n}. Phường có hơn 152.000 dân, 1.553 đảng viên, 52 tổ chức đảng."
    )
    sha256 = factory.LazyAttribute(lambda source: hashlib.sha256(source.text.encode()).hexdigest())
    name = factory.Sequence(lambda n: f"bao-cao-{n}.txt")
    media_type = "text/plain"
    size = factory.LazyAttribute(lambda source: len(source.text.encode()))
    received_by = "Người Tiếp Nhận"
    received_at_unit = factory.SubFactory(WardFactory)

    @factory.post_generation
    def concerns(self, create: bool, extracted: object, **kwargs: object) -> None:
        if create and extracted:
            self.concerns.add(*extracted)  # type: ignore[attr-defined]


class CitationFactory(factory.django.DjangoModelFactory[Citation]):
    class Meta:
        model = Citation

    source = factory.SubFactory(SourceFactory)
    start = factory.Sequence(lambda n: n % 40)
    end = factory.LazyAttribute(lambda citation: citation.start + 20)
