import datetime as dt

import factory
from factory.django import DjangoModelFactory

from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.staffing.enums import Category, MoveKind, Party, PositionKind, TransferKind
from thongsuot.staffing.models import (
    Consent,
    Frame,
    HandoverItem,
    Holding,
    Person,
    Plan,
    PlanMove,
    Position,
    Transfer,
)

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


class PlanFactory(DjangoModelFactory):
    class Meta:
        model = Plan

    unit = factory.SubFactory(ProvinceFactory)
    title = factory.Sequence(lambda number: f"Phương án giả định {number}")
    on = SINCE
    started_by = "Tổ rà soát"


class PlanMoveFactory(DjangoModelFactory):
    """One link of a chain, from one ward to another."""

    class Meta:
        model = PlanMove

    plan = factory.SubFactory(PlanFactory)
    person = factory.SubFactory(PersonFactory)
    from_unit = factory.SubFactory(WardFactory)
    from_position = factory.SubFactory(PositionFactory)
    to_unit = factory.SubFactory(WardFactory)
    to_position = factory.SubFactory(PositionFactory)
    kind = MoveKind.TRANSFER
    level = "full"
    km = 4
    chain = 1


class TransferFactory(DjangoModelFactory):
    """A file that was just opened, out of a plan."""

    class Meta:
        model = Transfer

    number = factory.Sequence(lambda number: f"DD-2026-{number + 900000:06}")
    person = factory.SubFactory(PersonFactory)
    kind = TransferKind.BETWEEN
    from_unit = factory.SubFactory(WardFactory)
    from_position = factory.SubFactory(PositionFactory)
    to_unit = factory.SubFactory(WardFactory)
    to_position = factory.SubFactory(PositionFactory)
    move = factory.SubFactory(
        PlanMoveFactory,
        **{
            name: factory.SelfAttribute(f"..{name}")
            for name in ("person", "from_unit", "from_position", "to_unit", "to_position")
        },
    )
    opened_on = SINCE
    opened_by = "Cán bộ tổ chức"
    reason = "Thiếu người"


class ConsentFactory(DjangoModelFactory):
    class Meta:
        model = Consent

    transfer = factory.SubFactory(TransferFactory)
    party = Party.SENDER
    unit = factory.SelfAttribute("transfer.from_unit")
    asked_on = SINCE
    due_on = SINCE


class HandoverItemFactory(DjangoModelFactory):
    class Meta:
        model = HandoverItem

    transfer = factory.SubFactory(TransferFactory)
    code = "work"
    what = "Công việc, hồ sơ đang giải quyết"
