import pytest

from thongsuot.accounts.models import User
from thongsuot.audit.actions import record
from thongsuot.audit.actors import SYSTEM, Actor
from thongsuot.audit.history import moments

pytestmark = pytest.mark.django_db


def test_a_run_of_one_act_by_one_person_is_one_line_with_its_number() -> None:
    user = User.objects.create_user(username="a", full_name="A")
    for verb in ("account.opened", "meeting.linked", "meeting.linked", "meeting.linked"):
        record(by=SYSTEM, verb=verb, subject=user)
    record(by=Actor("b", "B"), verb="meeting.linked", subject=user)
    lines = [(moment.who, moment.what) for moment in moments(user)]
    assert [who for who, _what in lines] == ["B", "Hệ thống", "Hệ thống"]
    assert lines[1][1].endswith("(3)")


def test_a_reason_of_several_parts_is_told_in_its_words() -> None:
    user = User.objects.create_user(username="a", full_name="A")
    event = record(
        by=SYSTEM,
        verb="group.formed",
        subject=user,
        details={"reason": {"why": "cùng một việc", "shared": []}},
    )
    assert event.note == "cùng một việc"
