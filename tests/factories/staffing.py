import datetime as dt

import factory
from factory.django import DjangoModelFactory

from tests.factories.units import WardFactory
from thongsuot.staffing.enums import Category, PositionKind
from thongsuot.staffing.models import Frame, Holding, Person, Position

SINCE = dt.date(2025, 7, 1)


class PositionFactory(DjangoModelFactory):
    class Meta:
        model = Position

    code = factory.Sequence(lambda number: f"VT{number:02}")
    name = factory.LazyAttribute(lambda position: f"Chuyên viên {position.code}")
    kind = PositionKind.PROFESSIONAL
    field = "VP"
    valid_from = SINCE


class FrameFactory(DjangoModelFactory):
    class Meta:
        model = Frame

    unit = factory.SubFactory(WardFactory)
    position = factory.SubFactory(PositionFactory)
    places = 2
    valid_from = SINCE


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    number = factory.Sequence(lambda number: f"p{number:06}")
    full_name = factory.Sequence(lambda number: f"Người Giả Định {number}")
    bare = factory.Sequence(lambda number: f"nguoi gia dinh {number}")
    category = Category.CIVIL_SERVANT


class HoldingFactory(DjangoModelFactory):
    class Meta:
        model = Holding

    person = factory.SubFactory(PersonFactory)
    unit = factory.SubFactory(WardFactory)
    position = factory.SubFactory(PositionFactory)
    valid_from = SINCE
