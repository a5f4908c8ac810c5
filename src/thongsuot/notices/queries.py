from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from thongsuot.accounts.models import User
from thongsuot.notices.enums import Kind, Way
from thongsuot.notices.models import Notice, Run, Wish
from thongsuot.web.worded import answers, worded

MANY = 100  # the bell says "99+" and counts no further


def notices_of(user: User) -> QuerySet[Notice]:
    """Unread first, the newest first."""
    return Notice.objects.filter(user=user).order_by(
        F("read_at").desc(nulls_first=True), "-created_at", "-pk"
    )


def unread(user: User) -> QuerySet[Notice]:
    return Notice.objects.filter(user=user, read_at=None)


def unread_up_to_many(user: User) -> int:
    return len(answers(worded(("bell", user.pk), lambda: unread(user).order_by().values_list("pk")[:MANY])))


def ways_of(user: User) -> Mapping[Kind, Way]:
    """Every kind with the way this person wants it."""
    said = dict(Wish.objects.filter(user=user).values_list("kind", "way"))
    return {kind: Way(said.get(kind, Way.MAIL)) for kind in Kind}


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to be told: whether they can be reached by mail, and how they want each kind."""

    pk: int
    email: str
    ways: Mapping[str, str]

    def way(self, kind: str) -> str:
        return self.ways.get(kind, Way.MAIL)

    def mails(self, kind: str) -> bool:
        return bool(self.email) and self.way(kind) == Way.MAIL


def recipients(users: Iterable[int]) -> Mapping[int, Recipient]:
    """Those of the users who may still sign in; two queries."""
    wanted = set(users)
    ways: dict[int, dict[str, str]] = {}
    for user, kind, way in Wish.objects.filter(user__in=wanted).values_list("user", "kind", "way"):
        ways.setdefault(user, {})[kind] = way
    people = User.objects.filter(pk__in=wanted, is_active=True).values_list("pk", "email")
    return {pk: Recipient(pk, email, ways.get(pk, {})) for pk, email in people}


def last_finished(name: str, before: str) -> date | None:
    """The newest day for which a daily job has finished, of the days before the period in hand."""
    done = Run.objects.filter(name=name, finished_at__isnull=False, period__lt=before)
    period = done.order_by("-period").values_list("period", flat=True).first()
    return date.fromisoformat(period) if period else None
