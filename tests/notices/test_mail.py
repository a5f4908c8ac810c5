"""Mail: after commit, by a worker, once; when the server is down nothing is lost."""

from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from tests.factories.accounts import UserFactory
from thongsuot.accounts.models import User
from thongsuot.notices import mail
from thongsuot.notices.actions import settle, tell
from thongsuot.notices.enums import Kind, Way
from thongsuot.notices.mail import CLAIM, deliver
from thongsuot.notices.models import Notice, Wish
from thongsuot.notices.working import HouseWorker

NOW = datetime(2025, 10, 30, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def lan() -> User:
    return UserFactory(full_name="Nguyễn Thị Lan")


def told(*users: User, key: str = "task:1:issued", **more: Any) -> None:
    facts = {"title": "NV-2025-0001: lập danh sách", "url": "/nhiem-vu/NV-2025-0001/", **more}
    tell(users=users, kind=facts.pop("kind", Kind.ASSIGNED), key=key, **facts)


def down(monkeypatch: pytest.MonkeyPatch, failure: Exception) -> None:
    def fail(*_args: object) -> int:
        raise failure

    monkeypatch.setattr(EmailBackend, "send_messages", fail)


def tries_of(now: datetime) -> int:
    """How often a delivery at that moment tried the one notice there is."""
    before = Notice.objects.get().mail_tries
    deliver(now)
    return Notice.objects.get().mail_tries - before


def issue_and_fail(user: User) -> None:
    with transaction.atomic():
        told(user)
        raise RuntimeError


class TestTelling:
    def test_sends_nothing_in_the_request_and_enqueues_after_commit(
        self, lan: User, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            told(lan)
            assert not DBTaskResult.objects.exists()
        assert not outbox.outbox
        HouseWorker("w").run()
        assert [message.to for message in outbox.outbox] == [[lan.email]]

    def test_an_act_that_fails_tells_nobody(self, lan: User, django_capture_on_commit_callbacks: Any) -> None:
        with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError):
            issue_and_fail(lan)
        assert not Notice.objects.exists()
        assert not DBTaskResult.objects.exists()

    def test_many_acts_wake_one_job(self, lan: User, django_capture_on_commit_callbacks: Any) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            for n in range(5):
                told(lan, key=f"task:{n}")
        assert DBTaskResult.objects.count() == 1

    def test_the_same_key_is_told_once(self, lan: User) -> None:
        told(lan)
        told(lan, lan)
        assert Notice.objects.count() == 1

    def test_costs_the_same_for_one_and_for_three(self, lan: User, django_assert_num_queries: Any) -> None:
        others = UserFactory.create_batch(2)
        for users, key in (([lan], "a"), ([lan, *others], "b")):
            with django_assert_num_queries(5):  # two around the transaction
                told(*users, key=key)

    @pytest.mark.parametrize(
        "why", ["no address", "wants the page only", "wants the weekly letter", "no mail server"]
    )
    def test_some_are_told_on_the_page_alone(self, why: str, lan: User, settings: Any) -> None:
        if why == "no address":
            User.objects.update(email="")
        if why == "no mail server":
            settings.SENDS_MAIL = False
        if why.startswith("wants"):
            Wish.objects.create(user=lan, kind=Kind.ASSIGNED, way=Way.PAGE if "page" in why else Way.WEEKLY)
        told(lan)
        assert deliver(NOW) == 0
        assert Notice.objects.count() == 1


class TestTheLetter:
    def test_one_for_each_person_with_all_that_waits(self, lan: User) -> None:
        minh = UserFactory()
        for n in range(3):
            told(lan, minh, key=f"task:{n}", title=f"NV-{n}")
        assert deliver(NOW) == 2
        assert len(outbox.outbox) == 2
        text = outbox.outbox[0].body
        assert "Kính gửi Nguyễn Thị Lan" in text
        assert all(f"NV-{n}" in text for n in range(3))
        assert outbox.outbox[0].subject == "[Thông Suốt] 3 việc cần chú ý"
        assert deliver(NOW) == 0

    def test_links_are_whole_addresses_in_both_forms(self, lan: User, settings: Any) -> None:
        settings.ADDRESS = "https://viec.example.vn"
        told(lan)
        deliver(NOW)
        message = outbox.outbox[0]
        assert "https://viec.example.vn/nhiem-vu/NV-2025-0001/" in message.body
        [html] = message.alternatives
        assert 'href="https://viec.example.vn/nhiem-vu/NV-2025-0001/"' in html[0]

    def test_of_several_reminders_of_one_thing_the_last_is_named(self, lan: User) -> None:
        for rung in ("before-1", "due"):
            Notice.objects.create(
                user=lan,
                key="task:1",
                rung=f"2025-10-30/{rung}",
                kind=Kind.DUE,
                title="NV-1",
                due_on=NOW.date(),
                created_at=NOW,
                mail_after=NOW,
            )
        deliver(NOW)
        assert outbox.outbox[0].body.count("NV-1") == 1
        assert not Notice.objects.filter(mailed_at=None).exists()

    def test_what_is_not_to_leave_stays(self, lan: User) -> None:
        told(lan, title="Nội dung kín", text="rất kín", discreet=True)
        deliver(NOW)
        message = outbox.outbox[0]
        assert "kín" not in message.subject + message.body + str(message.alternatives[0])

    def test_what_people_write_is_text_and_no_markup(self, lan: User) -> None:
        told(lan, title="<b>đậm</b>\nxuống dòng")
        deliver(NOW)
        message = outbox.outbox[0]
        assert "<b>" not in message.alternatives[0][0]
        assert "\n" not in message.subject

    def test_in_the_language_of_the_person(self, lan: User) -> None:
        User.objects.update(language="en")
        told(lan)
        deliver(NOW)
        assert 'lang="en"' in outbox.outbox[0].alternatives[0][0]


class TestFaults:
    def test_a_server_that_is_down_is_tried_with_growing_patience(
        self, lan: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        told(lan)
        with monkeypatch.context() as broken:
            down(broken, ConnectionRefusedError())
            tried = [minute for minute in range(90) if tries_of(NOW + minute * MINUTE)]
        assert tried == [0, 1, 6, 21, 81]
        assert deliver(NOW + 90 * MINUTE) == 0
        assert deliver(NOW + 330 * MINUTE) == 1
        assert Notice.objects.get().mailed_at is not None

    def test_it_comes_back_by_itself(self, lan: User, monkeypatch: pytest.MonkeyPatch) -> None:
        told(lan)
        down(monkeypatch, ConnectionRefusedError())
        deliver(NOW)
        job = DBTaskResult.objects.get()
        assert (job.status, job.run_after) == ("READY", NOW + MINUTE)

    def test_one_bad_address_keeps_no_other_waiting(self, lan: User, monkeypatch: pytest.MonkeyPatch) -> None:
        minh = UserFactory()
        told(lan, minh)
        send = EmailBackend.send_messages

        def refuse_lan(self: EmailBackend, messages: Any) -> int:
            if messages[0].to == [lan.email]:
                raise SMTPRecipientsRefused({})
            return send(self, messages)

        monkeypatch.setattr(EmailBackend, "send_messages", refuse_lan)
        assert deliver(NOW) == 1
        assert Notice.objects.get(user=lan).mailed_at is None

    def test_a_worker_killed_while_sending_leaves_a_claim_that_lapses(
        self, lan: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        told(lan)
        with monkeypatch.context() as killed:
            down(killed, KeyboardInterrupt())  # type: ignore[arg-type]
            with pytest.raises(KeyboardInterrupt):
                deliver(NOW)
        assert deliver(NOW + MINUTE) == 0
        assert deliver(NOW + CLAIM) == 1

    def test_the_second_letter_after_such_a_death_bears_the_same_id(
        self, lan: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        told(lan)
        deliver(NOW)
        Notice.objects.update(mailed_at=None)
        deliver(NOW + CLAIM)
        first, second = (message.extra_headers["Message-ID"] for message in outbox.outbox)
        assert first == second

    def test_two_workers_send_one_letter(self, lan: User) -> None:
        """The second looks while the first is sending."""
        told(lan)
        claimed = mail._claim(lan.pk, NOW)
        assert len(claimed) == 1
        assert deliver(NOW) == 0

    def test_what_has_been_read_or_dealt_with_needs_no_letter(self, lan: User) -> None:
        told(lan)
        settle(keys=["task:1:issued"])
        assert deliver(NOW) == 0

    def test_after_a_week_mail_is_of_no_use(self, lan: User) -> None:
        told(lan)
        assert deliver(NOW + timedelta(days=8)) == 0
        assert Notice.objects.count() == 1
