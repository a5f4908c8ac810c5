"""Who leads and sits in a group on paper: as of a date, under the title of that time."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython

from tests import people
from tests.factories.oversight import CampaignFactory, GroupSeatFactory, WorkingGroupFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.audit.models import Event
from thongsuot.kernel.verdicts import Refused
from thongsuot.oversight.actions import end_seat, remove_seat, retitle_person, seat_person
from thongsuot.oversight.enums import SeatPart
from thongsuot.oversight.models import GroupSeat, WorkingGroup
from thongsuot.units.models import Mandate, Unit

pytestmark = pytest.mark.django_db
BEGAN, LATER = date(2025, 10, 1), date(2025, 11, 14)


@pytest.fixture
def city() -> Unit:
    return ProvinceFactory()


@pytest.fixture
def officer(city: Unit) -> Mandate:
    return people.officer(city)


@pytest.fixture
def group(city: Unit) -> WorkingGroup:
    return WorkingGroupFactory(campaign=CampaignFactory(unit=city, started_on=BEGAN), number=3)


def test_a_leader_and_deputies_sit_from_the_first_day_of_the_campaign(
    officer: Mandate, group: WorkingGroup
) -> None:
    seat_person(by=officer, group=group, part=SeatPart.LEADER, name=" Lê  Thị Mẫu ", title="Phó Bí thư")
    for name in ("Trần Văn Mẫu", "Ngô Thị Mẫu"):
        seat_person(by=officer, group=group, part=SeatPart.DEPUTY, name=name)
    assert {(seat.part, seat.name, seat.valid_from) for seat in group.seats.all()} == {
        ("leader", "Lê Thị Mẫu", BEGAN),
        ("deputy", "Trần Văn Mẫu", BEGAN),
        ("deputy", "Ngô Thị Mẫu", BEGAN),
    }


def test_the_same_seat_twice_is_one_and_leaves_one_trace(officer: Mandate, group: WorkingGroup) -> None:
    for _click in range(2):
        seat_person(by=officer, group=group, part=SeatPart.LEADER, name="Lê Mẫu", title="Phó Bí thư")
    assert GroupSeat.objects.count() == 1
    assert Event.objects.filter(verb="group.person-seated").count() == 1


def test_a_group_has_one_leader_at_a_time(officer: Mandate, group: WorkingGroup) -> None:
    first = seat_person(by=officer, group=group, part=SeatPart.LEADER, name="Lê Mẫu")
    with pytest.raises(Refused, match="đã có tổ trưởng Lê Mẫu từ ngày 01-10-2025"):
        seat_person(by=officer, group=group, part=SeatPart.LEADER, name="Ngô Mẫu", since=LATER)
    end_seat(by=officer, seat=first, on=LATER)
    seat_person(by=officer, group=group, part=SeatPart.LEADER, name="Ngô Mẫu", since=LATER)
    group = WorkingGroup.objects.get()
    on_days = [group.led_by(day) for day in (date(2025, 9, 30), BEGAN, date(2025, 11, 13), LATER)]
    assert [seat and seat.name for seat in on_days] == [None, "Lê Mẫu", "Lê Mẫu", "Ngô Mẫu"]


def test_the_database_holds_it_too(group: WorkingGroup) -> None:
    GroupSeatFactory(group=group)
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupSeatFactory(group=group, valid_from=LATER)


def test_a_new_title_leaves_the_old_one_as_it_was(officer: Mandate, group: WorkingGroup) -> None:
    seat = seat_person(by=officer, group=group, part=SeatPart.LEADER, name="Lê Mẫu", title="Trưởng ban")
    retitle_person(by=officer, seat=seat, title="Phó Chủ tịch UBND", since=LATER)
    assert list(GroupSeat.objects.order_by("valid_from").values_list("title_as_was", "valid_to")) == [
        ("Trưởng ban", LATER),
        ("Phó Chủ tịch UBND", None),
    ]
    with pytest.raises(Refused, match="đã là tổ trưởng"):
        seat_person(by=officer, group=group, part=SeatPart.LEADER, name="Lê Mẫu", title="Khác", since=LATER)


def test_nobody_leaves_before_they_came_or_twice(officer: Mandate, group: WorkingGroup) -> None:
    seat = seat_person(by=officer, group=group, part=SeatPart.MEMBER, name="Lê Mẫu")
    with pytest.raises(Refused, match="vào tổ từ ngày 01-10-2025"):
        end_seat(by=officer, seat=seat, on=BEGAN)
    end_seat(by=officer, seat=seat, on=LATER)
    end_seat(by=officer, seat=seat, on=LATER)
    with pytest.raises(Refused, match="đã thôi từ ngày 14-11-2025"):
        end_seat(by=officer, seat=seat, on=date(2025, 12, 1))


def test_one_written_by_mistake_is_removed_and_the_trail_keeps_it(
    officer: Mandate, group: WorkingGroup
) -> None:
    seat = seat_person(by=officer, group=group, part=SeatPart.SECRETARY, name="Lê Mẫu")
    remove_seat(by=officer, seat=seat)
    assert not GroupSeat.objects.exists()
    assert Event.objects.get(verb="group.person-removed").details["name"] == "Lê Mẫu"


def test_only_who_manages_the_campaign(city: Unit, group: WorkingGroup) -> None:
    for other in (people.clerk(WardFactory(parent=city)), people.officer(ProvinceFactory())):
        with pytest.raises(Refused):
            seat_person(by=other, group=group, part=SeatPart.MEMBER, name="Lê Mẫu")


def test_leaders_recorded_before_keep_their_place() -> None:
    """The migration turns the two fields of a group into a seat, and back.

    The table gets its two former columns for the length of the test, and the migration its models of that day: going
    back through everything that was built on these tables since would take longer than all other tests of seats.
    """
    with connection.cursor() as cursor:
        for column in ("leader varchar(200)", "leader_title varchar(300)"):
            cursor.execute(f"ALTER TABLE oversight_workinggroup ADD COLUMN {column} NOT NULL DEFAULT ''")
    loader = MigrationLoader(connection)
    (turn,) = loader.get_migration("oversight", "0003_leaders_take_their_seats").operations
    before = loader.project_state(("oversight", "0003_leaders_take_their_seats")).apps
    city = before.get_model("units", "Unit").objects.create(
        code="79", tier="province", kind="thành phố", name="Thử", valid_from=date(1900, 1, 1)
    )
    campaign = before.get_model("oversight", "Campaign").objects.create(
        title="Đợt", unit=city, started_on=BEGAN
    )
    groups = before.get_model("oversight", "WorkingGroup").objects
    groups.create(campaign=campaign, number=1, leader="Lê Mẫu", leader_title="Phó Bí thư")
    groups.create(campaign=campaign, number=2)
    assert isinstance(turn, RunPython)
    assert turn.reverse_code is not None
    turn.code(before, None)
    seat = GroupSeat.objects.get()
    assert (seat.group.number, seat.part, seat.with_title) == (1, "leader", "Lê Mẫu, Phó Bí thư")
    assert seat.valid_from == BEGAN
    groups.update(leader="", leader_title="")
    turn.reverse_code(before, None)
    assert list(groups.order_by("number").values_list("leader", "leader_title")) == [
        ("Lê Mẫu", "Phó Bí thư"),
        ("", ""),
    ]
