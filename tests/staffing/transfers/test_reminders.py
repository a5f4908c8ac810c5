"""Who is reminded of what: a commune by its task, those above and hand-overs by the file; days stand in calendars."""

from datetime import date

import time_machine

from tests import people
from tests.staffing.transfers.scene import Scene
from thongsuot.notices.calendar import events
from thongsuot.notices.models import Notice
from thongsuot.notices.reminding import dues, remind
from thongsuot.staffing.actions import transfers as acts
from thongsuot.staffing.enums import Means
from thongsuot.staffing.jobs import follow_transfers_daily

UP = date(2026, 6, 11)


def keys(first: date, last: date) -> set[str]:
    return {due.key.split(":")[0] for due in dues(first, last)}


def test_a_commune_is_reminded_by_its_task_alone(town: Scene) -> None:
    town.asked()
    found = [due.key for due in dues(date(2026, 6, 1), date(2026, 6, 30))]
    assert found == ["NV-2026-000001:perform", "NV-2026-000002:perform"]


def test_silence_climbs_to_the_leaders_of_the_ward(town: Scene, clock: time_machine.Traveller) -> None:
    clerk = people.clerk(town.wards[2])
    town.asked()
    clock.move_to("2026-06-12 08:00+07:00")
    remind(after=date(2026, 6, 8), on=date(2026, 6, 12))
    told = Notice.objects.filter(key="NV-2026-000002:perform")
    assert set(told.values_list("user__username", "kind")) >= {
        (clerk.user.username, "late"),
        (town.leaders[2].user.username, "below"),
    }


def test_home_affairs_is_reminded_by_the_file(town: Scene, clock: time_machine.Traveller) -> None:
    town.asked()
    clock.move_to(f"{UP} 00:10+07:00")
    follow_transfers_daily.call(UP.isoformat())
    (due,) = [due for due in dues(UP, date(2026, 6, 30)) if due.key.startswith("consent")]
    assert (due.due_on, due.waits, list(due.holders)) == (date(2026, 6, 16), True, [town.personnel.user_id])
    assert town.second.full_name not in due.title


def test_a_hand_over_is_due_at_both_ends(town: Scene, clock: time_machine.Traveller) -> None:
    (transfer,) = town.decided(effective_on=date(2026, 6, 1))
    (due,) = [due for due in dues(date(2026, 6, 1), date(2026, 6, 30)) if due.key.startswith("handover")]
    assert due.due_on == date(2026, 6, 8)
    assert set(due.holders) == {town.leaders[1].user_id, town.leaders[2].user_id}
    for item in transfer.handover.all():
        item.done_on = date(2026, 6, 2)
        item.save()
    acts.close(by=town.leaders[2], transfer=transfer)
    assert "handover" not in keys(date(2026, 6, 1), date(2026, 6, 30))


def test_days_of_effect_and_ends_stand_in_calendars(town: Scene, clock: time_machine.Traveller) -> None:
    ready = town.agreed(town.asked(town.heard(town.open(means=Means.SECONDMENT))))
    town.decided(ready, ends_on=date(2026, 12, 31))
    found = [event for event in events(town.leaders[2].user, date(2026, 6, 1)) if "DD-" in event.title]
    assert [(event.begins, event.title.split()[-2:]) for event in found] == [
        (date(2026, 6, 15), ["hiệu", "lực"])
    ]
    clock.move_to("2026-06-15 00:10+07:00")
    follow_transfers_daily.call("2026-06-15")
    found = [event for event in events(town.leaders[2].user, date(2026, 6, 15)) if "DD-" in event.title]
    assert [event.begins for event in found] == [date(2026, 12, 31)]
    assert not [one for one in events(town.leaders[0].user, date(2026, 6, 15)) if "DD-" in one.title]
