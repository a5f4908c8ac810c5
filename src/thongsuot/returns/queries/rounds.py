"""Who has reported and who has not: rounds with their counts, one round unit by unit, what waits for somebody."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thongsuot.kernel.vietnamese import strip_marks
from thongsuot.returns.enums import COUNTED, HANDED_IN, State
from thongsuot.returns.models import Chase, Return, ReturnTemplate, Round
from thongsuot.returns.policies import round_scope, scope, template_scope
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.queries import holding_on

HANDED, OWING, LATE, WAITING, BACK, DONE, CHASED, IN_LATE = (
    "da-gui", "chua-gui", "qua-han", "cho-tiep-nhan", "bi-tra-lai", "da-tiep-nhan", "da-don-doc", "gui-tre",
)  # fmt: skip
STATES = (
    (OWING, _("Chưa gửi")),
    (LATE, _("Quá hạn, chưa gửi")),
    (CHASED, _("Đã đôn đốc, vẫn chưa gửi")),
    (BACK, _("Bị trả lại")),
    (HANDED, _("Đã gửi")),
    (WAITING, _("Chờ tiếp nhận")),
    (IN_LATE, _("Gửi trễ hạn")),
    (DONE, _("Đã tiếp nhận")),
)
# Tone and icon.
TONES: Mapping[str, tuple[str, str]] = {
    State.NOT_BEGUN: ("plain", "circle-dashed"),
    State.DRAFT: ("plain", "edit"),
    State.SUBMITTED: ("due", "user-check"),
    State.APPROVED: ("calm", "send"),
    State.SENT_BACK: ("due", "corner-up-left"),
    State.ACCEPTED: ("done", "circle-check"),
    State.LOCKED: ("done", "lock"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One unit of a round, as it stands today."""

    row: Return
    on: date

    @property
    def unit(self) -> Unit:
        return self.row.unit

    @property
    def handed_in(self) -> bool:
        return self.row.state in HANDED_IN

    @property
    def late(self) -> bool:
        return not self.handed_in and self.row.due < self.on

    @property
    def days_late(self) -> int:
        return (self.on - self.row.due).days if self.late else 0

    @property
    def came_late(self) -> bool:
        """What reached those above after its day."""
        at = self.row.handed_in_at
        return at is not None and timezone.localtime(at).date() > self.row.due

    @property
    def tone(self) -> str:
        return "late" if self.late else TONES[self.row.state][0]

    @property
    def icon(self) -> str:
        return "alert-triangle" if self.late else TONES[self.row.state][1]

    @property
    def reopened(self) -> bool:
        return self.row.number > 1

    def fits(self, wanted: str) -> bool:
        match wanted:
            case "":
                return True
            case "da-gui":
                return self.handed_in
            case "chua-gui":
                return not self.handed_in
            case "qua-han":
                return self.late
            case "cho-tiep-nhan":
                return self.row.state == State.APPROVED
            case "bi-tra-lai":
                return self.row.state == State.SENT_BACK
            case "da-tiep-nhan":
                return self.row.state in COUNTED
            case "da-don-doc":
                return not self.handed_in and self.row.times_chased > 0
            case "gui-tre":
                return self.came_late
            case _:
                return True


@dataclass(frozen=True, slots=True)
class RoundPage:
    round: Round
    lines: Sequence[Line]

    def count(self, wanted: str) -> int:
        return sum(line.fits(wanted) for line in self.lines)

    @property
    def handed(self) -> int:
        return self.count(HANDED)

    @property
    def owing(self) -> int:
        return self.count(OWING)

    @property
    def late(self) -> int:
        return self.count(LATE)

    @property
    def waiting(self) -> int:
        return self.count(WAITING)

    @property
    def done(self) -> int:
        return self.count(DONE)

    @property
    def in_time(self) -> int:
        return sum(line.row.handed_in_at is not None and not line.came_late for line in self.lines)


def rounds(by: Mandate) -> QuerySet[Round]:
    """With how many units are asked, have handed in, have been taken in, are late; of those within reach."""
    mine = Q(returns__in=Return.objects.filter(scope(by)))
    today = timezone.localdate()
    return (
        Round.objects.filter(round_scope(by))
        .select_related("template", "period", "unit")
        .annotate(
            units=Count("returns", filter=mine),
            handed=Count("returns", filter=mine & Q(returns__state__in=HANDED_IN)),
            taken=Count("returns", filter=mine & Q(returns__state__in=COUNTED)),
            late=Count("returns", filter=mine & Q(returns__due__lt=today) & ~Q(returns__state__in=HANDED_IN)),
        )
        .order_by("-period__last_day", "-pk")
    )


def round_page(by: Mandate, called: Round, on: date) -> RoundPage:
    rows = (
        Return.objects.filter(scope(by), round=called)
        .select_related("unit__parent")
        .order_by("unit__name", "pk")
    )
    return RoundPage(called, [Line(row, on) for row in rows])


def chases_of(by: Mandate, called: Round) -> QuerySet[Chase]:
    """The newest first, each with how many units within reach it reminded."""
    mine = Q(returns__in=Return.objects.filter(scope(by), round=called))
    found = Chase.objects.filter(round=called).annotate(units=Count("returns", filter=mine))
    return found.filter(units__gt=0).order_by("-at", "-pk")


def shown_lines(lines: Iterable[Line], state: str, words: str) -> list[Line]:
    bare = strip_marks(words)
    return [line for line in lines if line.fits(state) and bare in strip_marks(line.unit.title)]


def templates(by: Mandate, on: date) -> QuerySet[ReturnTemplate]:
    """In use that day or later."""
    rows = ReturnTemplate.objects.filter(template_scope(by)).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    )
    return (
        rows.select_related("issuer")
        .annotate(
            asks=Count("lines", distinct=True),
            known=Count("lines", filter=Q(lines__prefill__in=["held", "loop"]), distinct=True),
            words=Count("sections", distinct=True),
        )
        .order_by("name", "pk")
    )


def openable(by: Mandate, on: date) -> QuerySet[ReturnTemplate]:
    return ReturnTemplate.objects.filter(template_scope(by), holding_on(on)).order_by("name", "pk")


# What waits for somebody.


def owed(by: Mandate, on: date) -> QuerySet[Return]:
    """What this mandate is to do next: draw up and hand in, or approve."""
    if by.allows(Verb.APPROVE_RETURN):
        wanted = Q(state=State.SUBMITTED)
        if not _has_officer(by):
            wanted |= ~Q(state__in=[*HANDED_IN, State.SUBMITTED])
    elif by.allows(Verb.REPORT):
        wanted = ~Q(state__in=[*HANDED_IN, State.SUBMITTED])
    else:
        return Return.objects.none()
    rows = Return.objects.filter(scope(by), wanted)
    closed = Q(round__closed_at__isnull=False, number__lte=1, due__lt=on)
    return (
        rows.exclude(closed)
        .select_related("round__template", "round__period", "unit__parent")
        .order_by("due", "pk")
    )


def _has_officer(by: Mandate) -> bool:
    """Whether somebody else draws the returns of the unit up."""
    held = Mandate.objects.filter(holding_on(timezone.localdate()), unit=by.unit, user__is_active=True)
    return any(
        one.allows(Verb.REPORT) and not one.allows(Verb.APPROVE_RETURN) for one in held.exclude(pk=by.pk)[:50]
    )


def to_accept(by: Mandate) -> QuerySet[Return]:
    """Handed in and not yet taken in."""
    if not by.allows(Verb.ACCEPT_RETURN):
        return Return.objects.none()
    rows = Return.objects.filter(scope(by), state=State.APPROVED)
    return rows.select_related("round__template", "round__period", "unit__parent").order_by("due", "pk")
