"""Whom a review that is owed concerns, and when they are reminded: those of the unit who may file it, then its
leaders, then the leaders of the province."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.models import User
from thongsuot.lawbook.roles import roles
from thongsuot.notices.calendar import Event, register_calendar
from thongsuot.notices.reminding import Due, register_reminders
from thongsuot.staffing.models import UnitReview
from thongsuot.staffing.policies import scope
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate
from thongsuot.units.queries import holding_on

TO_DO = _("Kiểm tra số liệu nhân sự của đơn vị và nộp rà soát.")
_FILE = sorted(role.code for role in roles().values() if Verb.REVIEW_STAFF in role.verbs)
_LEAD = sorted(role.code for role in roles().values() if Verb.DELEGATE in role.verbs)


def key_of(review: UnitReview) -> str:
    return f"staff-review-{review.pk}"


def told(reviews: Iterable[UnitReview]) -> Mapping[int, list[int]]:
    """Users by unit: whoever keeps people there; its leader only where nobody does."""
    return _users({review.unit_id for review in reviews}, _FILE, nearest=True)


def _users(units: Iterable[int], codes: Sequence[str], *, nearest: bool = False) -> Mapping[int, list[int]]:
    held = Mandate.objects.filter(
        holding_on(timezone.localdate()), unit__in=set(units), role_code__in=codes, user__is_active=True
    )
    found: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for unit, code, user in held.order_by("pk").values_list("unit", "role_code", "user"):
        found[unit][code].append(user)
    users: dict[int, list[int]] = defaultdict(list)
    for unit, of_role in found.items():
        officers = [user for code, some in of_role.items() if code not in _LEAD for user in some]
        everybody = [user for some in of_role.values() for user in some]
        users[unit] = list(dict.fromkeys(officers if nearest and officers else everybody))
    return users


def owed(by: Mandate) -> QuerySet[UnitReview]:
    """Reviews this mandate may file and has not, the nearest day first."""
    if not by.allows(Verb.REVIEW_STAFF):
        return UnitReview.objects.none()
    rows = UnitReview.objects.filter(scope(by), filed_at__isnull=True)
    return rows.select_related("round", "unit").order_by("round__due_on", "pk")


def dues(first: date, last: date) -> Iterator[Due]:
    rows = UnitReview.objects.filter(filed_at__isnull=True, round__due_on__range=(first, last))
    reviews = list(rows.select_related("round", "unit"))
    units = {review.unit_id for review in reviews}
    holders, leaders = _users(units, _FILE, nearest=True), _users(units, _LEAD)
    above = _users({review.round.unit_id for review in reviews}, _LEAD)
    for review in reviews:
        yield Due(
            key=key_of(review),
            title=str(review.round),
            url=review.get_absolute_url(),
            due_on=review.round.due_on,
            holders=holders[review.unit_id],
            next_levels=[leaders[review.unit_id], above[review.round.unit_id]],
            since=review.round.opened_on,
            what=TO_DO,
        )


def deadlines(user: User, mandates: Sequence[Mandate], first: date, last: date) -> Iterator[Event]:
    for mandate in mandates:
        for review in owed(mandate):
            if first <= review.round.due_on <= last:
                yield Event(key_of(review), str(review.round), review.get_absolute_url(), review.round.due_on)


def remind() -> None:
    register_reminders("staff-reviews", dues)
    register_calendar("staff-reviews", deadlines)
