"""A round of review: called for every commune, filed by each, returned, chased."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.audit.versions import take_turn
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.notices.actions import settle, tell
from thongsuot.notices.enums import Kind
from thongsuot.staffing.actions.snapshots import take_snapshot
from thongsuot.staffing.enums import Acts, SnapshotOrigin
from thongsuot.staffing.models import Chase, ReviewRound, UnitReview
from thongsuot.staffing.policies import may
from thongsuot.staffing.reminders import key_of, told
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.queries import communes_of


@transaction.atomic
def open_round(
    *, by: Mandate, unit: Unit, title: str, on: date, due_on: date, basis: str = ""
) -> ReviewRound:
    """Every commune of the province owes a review from now on, and is told so."""
    require(may(by, Verb.PLAN_STAFF, unit))
    today = timezone.localdate()
    title = " ".join(title.split())
    if due_on < today:
        raise Refused(_("Hạn nộp %s đã qua. Chọn một ngày từ hôm nay trở đi.") % f"{due_on:%d-%m-%Y}")
    if on > due_on:
        raise Refused(_("Ngày chốt số liệu không được sau hạn nộp. Chọn ngày chốt sớm hơn hoặc lùi hạn nộp."))
    if ReviewRound.objects.filter(unit=unit, title=title).exists():
        raise Refused(_("Đã có đợt rà soát “%s”. Đặt tên khác, chẳng hạn thêm tháng, năm.") % title)
    called = ReviewRound.objects.create(
        unit=unit, title=title, basis=basis, on=on, opened_on=today, due_on=due_on
    )
    reviews = UnitReview.objects.bulk_create(
        UnitReview(round=called, unit=commune) for commune in communes_of(unit, today)
    )
    if not reviews:
        raise Refused(_("%s chưa có đơn vị cấp xã nào để rà soát.") % unit.title)
    holders = told(reviews)
    for review in reviews:
        tell(
            users=holders[review.unit_id],
            kind=Kind.ASSIGNED,
            key=f"{key_of(review)}:opened",
            title=title,
            text=_("Kiểm tra số liệu nhân sự của đơn vị và nộp rà soát."),
            url=review.get_absolute_url(),
            due_on=due_on,
        )
    record(
        by=by,
        verb=Acts.ROUND_OPENED,
        subject=called,
        details={"on": on, "due_on": due_on, "units": len(reviews)},
    )
    return called


@transaction.atomic
def file_review(*, by: Mandate, review: UnitReview, remark: str = "", seen: int | None = None) -> UnitReview:
    """The figures of the unit on the day of the round, kept as they stand in the register now."""
    require(may(by, Verb.REVIEW_STAFF, review))
    take_turn(review, seen)
    review.refresh_from_db()
    if review.filed_at is not None:
        raise Refused(
            _("%(unit)s đã nộp rà soát lúc %(at)s. Muốn nộp lại thì đề nghị cấp trên trả lại.")
            % {"unit": review.unit.title, "at": f"{timezone.localtime(review.filed_at):%H:%M %d-%m-%Y}"}
        )
    snapshot = take_snapshot(by=by, unit=review.unit, on=review.round.on, origin=SnapshotOrigin.REVIEW)
    review.snapshot = snapshot
    review.filed_at, review.filed_by = timezone.now(), by.actor.name
    review.remark, review.returned_because = remark.strip(), ""
    review.save()
    settle(keys=_told_about(review))
    record(
        by=by,
        verb=Acts.REVIEW_FILED,
        subject=review,
        details={"totals": snapshot.totals, "digest": snapshot.digest, "remark": review.remark},
    )
    return review


@transaction.atomic
def return_review(*, by: Mandate, review: UnitReview, reason: str, seen: int | None = None) -> UnitReview:
    """The unit files again; what it had filed stays among the snapshots."""
    require(may(by, Verb.PLAN_STAFF, review.unit))
    if not (reason := reason.strip()):
        raise Refused(_("Chưa nêu lý do trả lại. Viết rõ số liệu nào cần xem lại."))
    take_turn(review, seen)
    review.refresh_from_db()
    if review.filed_at is None:
        raise Refused(_("%s chưa nộp rà soát nên không có gì để trả lại.") % review.unit.title)
    before = review.snapshot
    review.filed_at, review.filed_by, review.snapshot = None, "", None
    review.returned_because = reason
    review.save()
    tell(
        users=told([review])[review.unit_id],
        kind=Kind.RETURNED,
        key=f"{key_of(review)}:returned",
        title=str(review.round),
        text=reason,
        url=review.get_absolute_url(),
        due_on=review.round.due_on,
    )
    record(
        by=by,
        verb=Acts.REVIEW_RETURNED,
        subject=review,
        details={"reason": reason, "snapshot": before.pk if before else None},
    )
    return review


@transaction.atomic
def chase_reviews(*, by: Mandate, called: ReviewRound, units: Iterable[Unit | int], words: str = "") -> int:
    """Remind those of the units that have not filed; how many they were. Each reminder is kept."""
    require(may(by, Verb.PLAN_STAFF, called))
    keys = [unit if isinstance(unit, int) else unit.pk for unit in units]
    owing = list(
        UnitReview.objects.select_for_update(of=("self",))
        .filter(round=called, unit__in=keys, filed_at__isnull=True)
        .select_related("unit", "round")
        .order_by("unit__code")
    )
    if not owing:
        raise Refused(_("Không có đơn vị nào trong số đã chọn còn nợ rà soát."))
    settle(keys=[key for review in owing for key in _told_about(review)])
    Chase.objects.bulk_create(Chase(review=review, by=by.actor.name, words=words) for review in owing)
    times = _times_chased(owing)
    late, holders = called.due_on < timezone.localdate(), told(owing)
    for review in owing:
        tell(
            users=holders[review.unit_id],
            kind=Kind.LATE if late else Kind.DUE,
            key=f"{key_of(review)}:chased-{times[review.pk]}",
            title=str(called),
            text=words or _("Đôn đốc nộp rà soát nhân sự."),
            url=review.get_absolute_url(),
            due_on=called.due_on,
        )
    record(
        by=by,
        verb=Acts.REVIEW_CHASED,
        subject=called,
        details={"units": [review.unit.code for review in owing], "words": words},
    )
    return len(owing)


def _times_chased(reviews: Iterable[UnitReview]) -> dict[int, int]:
    rows = Chase.objects.filter(review__in=list(reviews)).order_by().values_list("review")
    return dict(rows.annotate(times=Count("pk")))


def _told_about(review: UnitReview) -> list[str]:
    """Keys of everything that was told of it and rests once it is filed or told anew."""
    key = key_of(review)
    chased = [f"{key}:chased-{time}" for time in range(1, review.chases.count() + 1)]
    return [key, f"{key}:opened", f"{key}:returned", *chased]
