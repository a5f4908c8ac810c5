"""Study sessions of a document.

- record_study(by, version, audience, held_on, counts, place="", roll=()) -> StudySession
- remove_study(by, session); set_circle(by, document, audience, heads); erase_rolls(by, document)
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thongsuot.audit.actions import record
from thongsuot.documents.enums import Acts, Audience
from thongsuot.documents.models import (
    Circle,
    Document,
    DocumentVersion,
    RollEntry,
    RollKey,
    StudySession,
)
from thongsuot.documents.policies import may, may_edit, may_study
from thongsuot.documents.queries.study import reach_of_unit
from thongsuot.documents.queries.text import audiences_touched
from thongsuot.documents.reaching import counts_since, first_timers
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.kernel.vietnamese import fold
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit


@dataclass(frozen=True, slots=True)
class Heads:
    """As counted at the door. With a roll `attended` and `fresh` follow from it."""

    invited: int
    attended: int = 0
    fresh: int = 0
    confirmed: int = 0
    passed: int = 0


@transaction.atomic
def record_study(
    *,
    by: Mandate,
    version: DocumentVersion,
    audience: Audience,
    held_on: date,
    heads: Heads,
    place: str = "",
    roll: Iterable[str] = (),
) -> StudySession:
    """Held by the mandate's own unit. `roll`: names (with year of birth where two are alike); only hashes are kept."""
    require(may_study(by))
    if held_on > timezone.localdate():
        raise Refused(_("Buổi học chưa diễn ra. Ghi sau khi đã tổ chức."))
    hashed = _hashed(version.document, by.unit, roll)
    session = StudySession(
        version=version,
        unit=by.unit,
        audience=audience,
        held_on=held_on,
        place=place.strip()[:200],
        invited=heads.invited,
        attended=len(hashed) if hashed else heads.attended,
        fresh=0 if hashed else heads.fresh,
        confirmed=heads.confirmed,
        passed=heads.passed,
        by_roll=bool(hashed),
    )
    _require_sound(session)
    session.save()
    if hashed:
        RollEntry.objects.bulk_create(RollEntry(session=session, hashed=one) for one in hashed)
        _recount(session)
        session.refresh_from_db()
    _require_possible(session)
    record(by=by, verb=Acts.STUDIED, subject=version.document, details=_details(session))
    return session


@transaction.atomic
def remove_study(*, by: Mandate, session: StudySession) -> None:
    """One written down by mistake; those who came to it first are first-comers of the next."""
    require(may(by, Verb.IMPLEMENT if by.allows(Verb.IMPLEMENT) else Verb.KEEP_DOCUMENTS, session))
    document, said = session.version.document, _details(session)
    if session.unit_id not in by.places:
        raise Refused(_("Chỉ đơn vị tổ chức buổi học được xóa."))
    StudySession.objects.filter(pk=session.pk).delete()
    _recount(session)
    record(by=by, verb=Acts.STUDY_REMOVED, subject=document, details=said)


@transaction.atomic
def set_circle(*, by: Mandate, document: Document, audience: Audience, heads: int) -> Circle:
    """How many people of the unit the audience has; never fewer than were reached already."""
    require(may_study(by))
    reached = reach_of_unit(document, by.unit, audience).people
    if heads < max(reached, 1):
        raise Refused(
            _("Đã có %(reached)d người dự học, nên số người thuộc đối tượng không thể là %(heads)d.")
            % {"reached": reached, "heads": heads}
        )
    circle, _new = Circle.objects.update_or_create(
        document=document, unit=by.unit, audience=audience, defaults={"heads": heads}
    )
    record(
        by=by,
        verb=Acts.CIRCLE_SET,
        subject=document,
        details={"unit": by.unit.code, "audience": audience, "heads": heads},
    )
    return circle


@transaction.atomic
def erase_rolls(*, by: Mandate, document: Document) -> int:
    """The study is over: hashes and their key go, the counts stay. How many hashes there were."""
    require(may_edit(by, document))
    entries = RollEntry.objects.filter(session__version__document=document)
    count = entries.count()
    entries.delete()
    RollKey.objects.filter(document=document).delete()
    record(by=by, verb=Acts.ROLLS_ERASED, subject=document, details={"entries": count})
    return count


def _hashed(document: Document, unit: Unit, names: Iterable[str]) -> list[str]:
    known = list(dict.fromkeys(fold(name) for name in names if name.strip()))
    if not known:
        return []
    key, _new = RollKey.objects.get_or_create(document=document, defaults={"secret": secrets.token_hex(32)})
    secret = bytes.fromhex(key.secret)
    return [hmac.new(secret, f"{unit.pk}:{name}".encode(), hashlib.sha256).hexdigest() for name in known]


def _require_sound(session: StudySession) -> None:
    if session.attended == 0:
        raise Refused(_("Chưa có số người dự. Nhập số có mặt hoặc danh sách."))
    most = max(session.fresh, session.confirmed, session.passed)
    if most > session.attended:
        raise Refused(
            _("Có mặt %(attended)d người, nên dự lần đầu, xác nhận và đạt kiểm tra không thể nhiều hơn.")
            % {"attended": session.attended}
        )


def _require_possible(session: StudySession) -> None:
    """Against all sessions together: who confirmed or passed was reached, and nobody beyond the audience was."""
    reached = reach_of_unit(session.version.document, session.unit, session.audience)
    if max(reached.confirmed, reached.passed) > reached.people:
        raise Refused(
            ngettext(
                "Cộng các buổi: %(people)d người đã học, mà %(confirmed)d xác nhận, %(passed)d đạt kiểm tra. Sửa lại.",
                "Cộng các buổi: %(people)d người đã học, mà %(confirmed)d xác nhận, %(passed)d đạt kiểm tra. Sửa lại.",
                reached.people,
            )
            % {"people": reached.people, "confirmed": reached.confirmed, "passed": reached.passed}
        )
    circle = Circle.objects.filter(
        document=session.version.document_id, unit=session.unit, audience=session.audience
    ).first()
    if circle and reached.people > circle.heads:
        raise Refused(
            ngettext(
                "Đối tượng có %(heads)d người, nhưng cộng các buổi là %(people)d người dự. Sửa một trong hai.",
                "Đối tượng có %(heads)d người, nhưng cộng các buổi là %(people)d người dự. Sửa một trong hai.",
                circle.heads,
            )
            % {"heads": circle.heads, "people": reached.people}
        )


def _recount(session: StudySession) -> None:
    """First-comers of the sessions by roll, in the order they were held, since the text last changed for them."""
    touched = audiences_touched(session.version.document)
    rows = (
        StudySession.objects.filter(
            version__document=session.version.document_id,
            unit=session.unit,
            audience=session.audience,
            by_roll=True,
        )
        .select_related("version")
        .prefetch_related("roll")
        .order_by("version__number", "held_on", "pk")
    )
    seen: dict[int, set[str]] = {}
    for row in rows:
        present = [entry.hashed for entry in row.roll.all()]
        if not present:
            continue
        before = seen.setdefault(counts_since(touched, row.audience, row.version.number), set())
        fresh = first_timers(present, before)
        before.update(present)
        if fresh != row.fresh:
            StudySession.objects.filter(pk=row.pk).update(fresh=fresh)


def _details(session: StudySession) -> dict[str, object]:
    return {
        "unit": session.unit.code,
        "audience": session.audience,
        "held_on": session.held_on,
        "attended": session.attended,
        "fresh": session.fresh,
        "version": session.version.number,
    }
