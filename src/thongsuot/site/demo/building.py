"""Building the demonstration once, through the actions, day by day up to today."""

from contextlib import nullcontext
from datetime import date
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from thongsuot.accounts.models import User
from thongsuot.audit.actions import record
from thongsuot.audit.actors import SYSTEM
from thongsuot.finding.actions import gathered
from thongsuot.intake.confirming import confirm_draft
from thongsuot.intake.receiving import receive_report
from thongsuot.lawbook.calendar import add_working_days
from thongsuot.matters.actions import lapse_answers, suggest_groups
from thongsuot.notices.actions import silence
from thongsuot.notices.reminding import remind
from thongsuot.site.demo.campaign import Supervision
from thongsuot.site.demo.conferences import Conferences
from thongsuot.site.demo.directives import Directives
from thongsuot.site.demo.people import SIGN_INS
from thongsuot.site.demo.proposals import Proposals
from thongsuot.site.demo.reports import Reports
from thongsuot.site.demo.staffing.telling import Staffing
from thongsuot.site.demo.story import OPENED, Story
from thongsuot.site.demo.tasks import Directions, Orders
from thongsuot.site.demo.words import paper, written
from thongsuot.site.enums import Acts

MEASURED = (OPENED, 30, 12)  # working days ago
REMEMBERED = 6  # the last working days of which notices and reminders are kept


def marker() -> Path:
    """Its presence tells every page to say that the data are for demonstration."""
    return Path(settings.DATA_DIR) / "demonstration"


def is_built() -> bool:
    return User.objects.filter(username=SIGN_INS[0].username).exists()


def is_in_use() -> bool:
    """Somebody else's accounts are there: a story must not be told into their register."""
    return User.objects.exists()


@transaction.atomic
def build(*, today: date | None = None, seed: int = 1, most_units: int | None = None) -> Story:
    story = Story(today or timezone.localdate(), seed, most_units)
    diary = story.diary
    orders = Orders(story)
    proposals = Proposals(story, orders.made_by_an_answer)
    supervision = Supervision(story, proposals, Directions(story))
    diary.on(diary.ago(OPENED), story.people_come)
    diary.on(diary.ago(OPENED), Staffing(story).begin)
    diary.on(diary.ago(OPENED - 1), supervision.open)
    Directives(story).begin()
    diary.on(diary.ago(OPENED - 2), supervision.plan)
    diary.on(diary.ago(OPENED - 2), partial(_begin, proposals, orders))
    diary.on(diary.ago(2), story.somebody_stands_in)
    reports = Reports(story)
    reports.tell()
    Conferences(story, reports).tell()
    for entry in written("papers")["papers"]:
        diary.on(diary.ago(entry["ago"]), partial(_take_in, story, entry))
    for ago in MEASURED:
        diary.on(diary.ago(ago), _measure_tables, late=True)
    for ago in range(OPENED, 0, -1):
        diary.on(diary.ago(ago), partial(_night, diary.ago(ago), ago <= REMEMBERED), late=True)
    diary.on(diary.ago(1), lambda: suggest_groups(story.city), late=True)
    with gathered():
        diary.tell(lambda day: silence() if day < diary.ago(REMEMBERED) else nullcontext())
    record(
        by=SYSTEM,
        verb=Acts.DEMONSTRATION_BUILT,
        subject=story.city,
        details={"told_from": diary.ago(OPENED), "told_until": diary.day, "seed": seed},
    )
    marker().touch()
    return story


def _begin(proposals: Proposals, orders: Orders) -> None:
    proposals.begin()
    orders.begin()


def _measure_tables() -> None:
    """PostgreSQL does so between transactions; a story is one, and its queries would be planned for empty tables."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _night(day: date, reminders: bool) -> None:
    """What the worker does."""
    lapse_answers(day)
    if reminders:
        remind(after=add_working_days(day, -1), on=day)


def _take_in(story: Story, entry: dict[str, object]) -> None:
    name = str(entry["name"])
    data = paper(name).format_map(_Days(story)).encode()
    received = receive_report(
        by=story.officer, data=data, name=f"{name}.txt", max_bytes=settings.SOURCE_MAX_BYTES
    )
    if entry["confirmed"]:
        confirm_draft(by=story.officer, draft=received.draft)


class _Days(dict[str, object]):
    """{d16} in a text: the day 16 working days before today."""

    def __init__(self, story: Story) -> None:
        self._diary = story.diary

    def __missing__(self, key: str) -> "_Printed":
        return _Printed(self._diary.ago(int(key.removeprefix("d"))))


class _Printed:
    def __init__(self, day: date) -> None:
        self._day = day

    def __format__(self, spec: str) -> str:
        return f"{self._day:{spec or '%d-%m'}}"
