"""The days a demonstration tells of.

An act of the product takes no day from outside and asks Django what time it is: there is no door through which anybody
could date an act, or a line of the trail, otherwise, and none is opened here. A demonstration whose past looks lived in
is therefore told in order, and only while it is told, in a process of its own and into a register nobody works in yet,
does that one question get the answer of the story. Its last line in the trail, at the true time, says so.
"""

import heapq
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from django.utils import timezone

from thongsuot.lawbook.calendar import add_working_days, is_working_day

Act = Callable[[], object]

_OPENS = time(8)
_BETWEEN = timedelta(seconds=11)


class Diary:
    """Acts by their day, done in order; what would fall on the day of building or later has not happened yet."""

    def __init__(self, today: date) -> None:
        self.today = self.day = today
        self._acts: list[tuple[date, int, int, Act]] = []
        self._order = count()

    def ago(self, days: int) -> date:
        return add_working_days(self.today, -days)

    def ahead(self, days: int) -> date:
        return add_working_days(self.today, days)

    def working_day(self, days: int) -> date:
        """So many working days from today, which may itself be none."""
        return add_working_days(self.today, days or not is_working_day(self.today))

    def on(self, day: date, act: Act, *, late: bool = False) -> None:
        """`late`: after all else that happens that day."""
        if day < self.today:
            heapq.heappush(self._acts, (max(day, self._earliest), int(late), next(self._order), act))

    def after(self, days: int, act: Act) -> None:
        """So many working days after the day that is being told."""
        self.on(add_working_days(self.day, days), act)

    def tell(self, around: Callable[[date], AbstractContextManager[object]]) -> None:
        """`around` is what each act of a day is done within."""
        done = 0
        while self._acts:
            day, _late, _order, act = heapq.heappop(self._acts)
            done = done + 1 if day == self.day else 0
            self.day = day
            opens = timezone.make_aware(datetime.combine(day, _OPENS))
            with _it_is(opens + _BETWEEN * done), around(day):
                act()

    @property
    def _earliest(self) -> date:
        """Nothing is put before what has been told."""
        return self.day if self.day < self.today else date.min


@contextmanager
def _it_is(moment: datetime) -> Iterator[None]:
    asked = timezone.now
    told = moment.astimezone(UTC)
    timezone.now = lambda: told
    try:
        yield
    finally:
        timezone.now = asked
