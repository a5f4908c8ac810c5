"""What somebody still has to learn for the place they are moved to: a course in their file, a task for the unit."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests import people
from tests.staffing.transfers.scene import MONDAY, Scene
from thongsuot.audit.models import Event
from thongsuot.kernel.verdicts import Refused
from thongsuot.matters.models import Matter
from thongsuot.staffing.actions import transfers as acts
from thongsuot.staffing.enums import Acts
from thongsuot.staffing.models import Training, Transfer

STARTS = MONDAY + timedelta(days=60)
OFFER = "Bồi dưỡng cho vị trí mới"


def sent(town: Scene, transfer: Transfer, starts_on: date = STARTS) -> Training:
    return acts.send_to_course(by=town.personnel, transfer=transfer, course="BD-VP", starts_on=starts_on)


def test_the_unit_they_come_to_is_to_send_them(town: Scene) -> None:
    (transfer,) = town.decided()
    course = sent(town, transfer)
    assert (course.person, course.position, course.planned_on) == (town.second, town.land, STARTS)
    task = Matter.objects.get(origin__key=f"transfer-course:{transfer.pk}")
    assert (task.unit, task.due_on) == (town.wards[2], STARTS)
    assert transfer.number in task.text
    assert town.second.full_name not in task.text
    assert Event.objects.get(verb=Acts.TRANSFER_COURSE).details["task"] == task.number


def test_not_before_it_is_decided(town: Scene) -> None:
    with pytest.raises(Refused, match="khi hồ sơ đã có quyết định"):
        sent(town, town.agreed())


def test_not_twice_nor_where_nothing_is_lacking_nor_on_a_day_gone_by(town: Scene) -> None:
    (transfer,) = town.decided()
    with pytest.raises(Refused, match="đã qua"):
        sent(town, transfer, MONDAY - timedelta(days=1))
    sent(town, transfer)
    with pytest.raises(Refused, match="đã có lớp"):
        sent(town, transfer)
    Training.objects.all().delete()
    Transfer.objects.update(training_need="")
    with pytest.raises(Refused, match="không ghi nhu cầu"):
        sent(town, transfer)
    assert Matter.objects.filter(origin__key=f"transfer-course:{transfer.pk}").count() == 1


def test_a_ward_gives_no_such_task(town: Scene) -> None:
    (transfer,) = town.decided()
    with pytest.raises(Refused):
        acts.send_to_course(by=town.leaders[2], transfer=transfer, course="BD-VP", starts_on=STARTS)


def test_the_page_offers_it_and_then_shows_course_and_task(town: Scene) -> None:
    (transfer,) = town.decided()
    client = people.signed_in(town.personnel)
    assert OFFER in client.get(transfer.get_absolute_url()).content.decode()
    said = {"course": "BD-VP", "starts_on": f"{STARTS:%d-%m-%Y}"}
    url = reverse("staffing:transfer-course", args=[transfer.pk])
    assert client.post(url, said).status_code == 302
    told = client.get(transfer.get_absolute_url()).content.decode()
    assert "Bồi dưỡng nghiệp vụ văn phòng" in told
    assert Matter.objects.get(origin__key=f"transfer-course:{transfer.pk}").number in told
    assert OFFER not in told
