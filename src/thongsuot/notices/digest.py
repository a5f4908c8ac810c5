"""Monday's letter: what is late, what is due this week, what waits for me, what came back."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.notices.actions import Message, keep
from thongsuot.notices.enums import CAME_BACK, ONLY_TOLD, Kind, Section, Way
from thongsuot.notices.models import Notice, Wish
from thongsuot.notices.reminding import Due, dues

_WEEK = timedelta(days=7)
_LINES = 15  # in each section; the letter then says how many more there are


@dataclass
class Letter:
    counts: dict[Section, int] = field(default_factory=lambda: defaultdict(int))
    lines: list[dict[str, object]] = field(default_factory=list)

    def add(self, section: Section, title: str, url: str, due_on: date | None, *, discreet: bool) -> None:
        self.counts[section] += 1
        if self.counts[section] <= _LINES:
            told = "" if discreet else title
            day = due_on.isoformat() if due_on else ""
            self.lines.append({"section": section.value, "title": told, "url": url, "due_on": day})

    def summary(self) -> str:
        return " · ".join(
            f"{section.label}: {self.counts[section]}" for section in Section if self.counts[section]
        )


def send_digest(monday: date) -> None:
    """One letter to everyone who has something in it and wants it; for the same week once."""
    keep(_messages(monday))


def _messages(monday: date) -> Iterator[Message]:
    unwanted = set(Wish.objects.filter(kind=Kind.DIGEST, way=Way.PAGE).values_list("user", flat=True))
    for user, letter in _letters(monday).items():
        if user not in unwanted:
            yield Message(
                user=user,
                kind=Kind.DIGEST,
                key="digest",
                rung=f"{monday:%G-W%V}",
                title=_("Việc trong tuần từ %(monday)s") % {"monday": f"{monday:%d-%m-%Y}"},
                text=letter.summary(),
                url=reverse("home"),
                lines=sorted(letter.lines, key=_in_order),
            )


def _in_order(line: Mapping[str, object]) -> tuple[int, str]:
    return Section.values.index(str(line["section"])), str(line["due_on"])


def _letters(monday: date) -> Mapping[int, Letter]:
    letters: dict[int, Letter] = defaultdict(Letter)
    for due in dues(date.min, monday + _WEEK - timedelta(days=1)):
        section = _section(due, monday)
        for user in due.holders:
            letters[user].add(section, due.title, due.url, due.due_on, discreet=due.discreet)
    for notice in _news(monday):
        letters[notice.user_id].add(
            Section.CAME_BACK, notice.title, notice.url, notice.due_on, discreet=notice.discreet
        )
    return letters


def _section(due: Due, monday: date) -> Section:
    if due.due_on < monday:
        return Section.LATE
    return Section.WAITS if due.waits else Section.THIS_WEEK


def _news(monday: date) -> Iterator[Notice]:
    """What came back in the week before, and whatever else a person wants to hear of only by this letter."""
    before = timezone.make_aware(datetime.combine(monday - _WEEK, time()))
    said = {(user, kind): way for user, kind, way in Wish.objects.values_list("user", "kind", "way")}
    recent = Notice.objects.filter(kind__in=(*CAME_BACK, *ONLY_TOLD), created_at__gte=before)
    for notice in recent.order_by("pk").iterator(chunk_size=2000):
        way = said.get((notice.user_id, notice.kind), Way.MAIL)
        if way == Way.WEEKLY or (way == Way.MAIL and notice.kind in CAME_BACK):
            yield notice
