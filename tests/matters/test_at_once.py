"""Several people at the same task in the same moment, each in a transaction of their own."""

import threading

import pytest
import time_machine
from django.db import connection

from tests.matters.scene import MONDAY, scene
from thongsuot.kernel.verdicts import Refused
from thongsuot.matters.actions import submit_task
from thongsuot.matters.enums import Act
from thongsuot.matters.models import Step


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_act_one_after_the_other() -> None:
    """Six hand in the same result: one does, the others are told where it stands."""
    if connection.vendor == "sqlite":
        pytest.skip(
            "SQLite lets one writer in at a time, and its database in memory cannot be shared by threads"
        )
    with time_machine.travel(f"{MONDAY} 08:00+07:00", tick=False):
        town = scene(wards=1)
        task = town.received()
        told: list[str] = []
        start = threading.Barrier(6)

        def hand_in() -> None:
            try:
                start.wait()
                submit_task(by=town.clerk(), task=task, text="Xong")
                told.append("")
            except Refused as refusal:
                told.append(str(refusal))
            finally:
                connection.close()

        people_at_once = [threading.Thread(target=hand_in) for _ in range(6)]
        for one in people_at_once:
            one.start()
        for one in people_at_once:
            one.join()
    assert told.count("") == 1
    assert all("Chờ xác nhận" in words for words in told if words)
    assert Step.objects.filter(matter=task, act=Act.SUBMIT).count() == 1
