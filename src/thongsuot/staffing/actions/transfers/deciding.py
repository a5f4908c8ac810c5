"""Writing down a decision: one paper may decide several files, and the registers change by its day, not by ours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from thongsuot.kernel.verdicts import require
from thongsuot.lawbook.staffing import months_after, secondment_years
from thongsuot.lawbook.transfers import chain_of, consulted, handover_items
from thongsuot.notices.enums import Kind
from thongsuot.staffing.actions.people import look_at_locks
from thongsuot.staffing.actions.transfers.opening import locked_words, tells_case
from thongsuot.staffing.actions.transfers.stepping import Faults, at_hand, step, trace, why_not
from thongsuot.staffing.actions.transfers.taking_effect import bring_into_effect
from thongsuot.staffing.actions.transfers.telling import tell_of
from thongsuot.staffing.enums import Acts, Means, TransferState
from thongsuot.staffing.models import HandoverItem, Holding, Transfer
from thongsuot.staffing.policies import may_decide
from thongsuot.staffing.queries.transfers.people import locks_on, name_of
from thongsuot.staffing.queries.transfers.places import LEAVING, crowded, full_posts, waited_for
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate


@dataclass(frozen=True, slots=True)
class Decision:
    """What the paper says. `ends_on` is the last day of the secondments among its files."""

    number: str
    on: date
    signed_by: str
    effective_on: date
    ends_on: date | None = None
    consulted: Sequence[str] = ()


def decide(
    *,
    by: Mandate,
    transfers: Sequence[Transfer],
    decision: Decision,
    seen: Mapping[int, int] | None = None,
) -> list[Transfer]:
    """All of them or none. What takes effect today or did before enters the registers at once."""
    try:
        with transaction.atomic():
            return _decide(by, transfers, decision, seen or {})
    except Faults as faults:
        for person in faults.cases_of:  # to read of a case is a look at it
            look_at_locks(by=by, person=person)
        raise


def _decide(
    by: Mandate, transfers: Sequence[Transfer], decision: Decision, seen: Mapping[int, int]
) -> list[Transfer]:
    ordered = sorted(transfers, key=lambda one: one.pk)
    if not ordered:
        raise Faults([_("Chưa chọn hồ sơ nào. Chọn ít nhất một hồ sơ để quyết định.")])
    for one in ordered:
        require(may_decide(by, one))
    rows = [at_hand(one, seen.get(one.pk)) for one in ordered]
    posts = full_posts([row.person_id for row in rows], decision.effective_on)
    locks = locks_on([row.person_id for row in rows], decision.effective_on)
    if faults := _faults(by, rows, posts, locks, decision):
        told = [
            row.person for row in rows if row.person_id in locks and tells_case(by, posts.get(row.person_id))
        ]
        raise Faults(faults, told)
    for row in rows:
        _write(by, row, decision)
    if decision.effective_on <= timezone.localdate():
        bring_into_effect(by, rows)
    return rows


def _write(by: Mandate, row: Transfer, decision: Decision) -> None:
    step(row, TransferState.DECIDED)
    row.decision_number, row.decision_on = decision.number.strip()[:60], decision.on
    row.decided_by, row.effective_on = decision.signed_by.strip()[:200], decision.effective_on
    row.ends_on = decision.ends_on if row.means == Means.SECONDMENT else None
    row.consulted = list(chain_of(row.kind, row.opened_on).consult)
    row.save()
    HandoverItem.objects.bulk_create(
        HandoverItem(transfer=row, code=item.code, what=item.name["vi"])
        for item in handover_items(row.kind, row.means)
    )
    tell_of(
        row,
        "decided",
        kind=Kind.CHANGED,
        text=lambda: (
            _("Quyết định %(number)s, có hiệu lực từ %(day)s.")
            % {"number": row.decision_number, "day": f"{decision.effective_on:%d-%m-%Y}"}
        ),
        verb=Verb.AGREE_TRANSFER,
        units=[row.from_unit, row.to_unit],
        by=by,
    )
    trace(
        by,
        Acts.TRANSFER_DECIDED,
        row,
        {
            "number": row.decision_number,
            "on": row.decision_on,
            "effective_on": row.effective_on,
            "ends_on": row.ends_on,
            "consulted": row.consulted,
        },
    )


def _faults(
    by: Mandate,
    rows: Sequence[Transfer],
    posts: Mapping[int, Holding],
    locks: Mapping[int, str],
    decision: Decision,
) -> list[str]:
    found = [f"{row.number}: {fault}" for row in rows for fault in _of_file(row, decision)]
    for row in rows:
        found += [
            f"{row.number}, {name_of(row.person, by)}: {fault}"
            for fault in _of_person(by, row, posts.get(row.person_id), locks.get(row.person_id), decision)
        ]
    return [*_of_paper(rows, decision), *found, *_of_places(rows, decision)]


def _of_paper(rows: Sequence[Transfer], decision: Decision) -> list[str]:
    found = []
    if not decision.number.strip():
        found.append(_("Chưa ghi số quyết định, ví dụ: 15/QĐ-UBND."))
    if not decision.signed_by.strip():
        found.append(_("Chưa ghi người ký quyết định."))
    if decision.on > timezone.localdate():
        found.append(_("Ngày quyết định %(day)s chưa tới.") % {"day": f"{decision.on:%d-%m-%Y}"})
    if decision.effective_on < decision.on:
        found.append(_("Ngày có hiệu lực không được trước ngày quyết định."))
    wanted = {code for row in rows for code in chain_of(row.kind, row.opened_on).consult}
    language = get_language() or "vi"
    if missing := sorted(consulted(code, language) for code in wanted - set(decision.consulted)):
        found.append(_("Chưa xin ý kiến: %(bodies)s.") % {"bodies": ", ".join(missing)})
    if any(row.means == Means.SECONDMENT for row in rows):
        found += _of_secondment(decision)
    return found


def _of_secondment(decision: Decision) -> list[str]:
    if decision.ends_on is None:
        return [_("Biệt phái phải có ngày kết thúc.")]
    years = secondment_years(decision.effective_on)
    if decision.ends_on <= decision.effective_on:
        return [_("Ngày kết thúc biệt phái phải sau ngày có hiệu lực.")]
    if decision.ends_on >= months_after(decision.effective_on, years * 12):
        return [
            _("Biệt phái không quá %(years)d năm (Nghị định 170/2025/NĐ-CP, Điều 26).") % {"years": years}
        ]
    return []


def _of_file(row: Transfer, decision: Decision) -> list[str]:
    if why := why_not(row, TransferState.DECIDED):
        return [why]
    if row.heard_on and decision.on < row.heard_on:
        return [_("quyết định trước khi gặp, nghe ý kiến (%(day)s).") % {"day": f"{row.heard_on:%d-%m-%Y}"}]
    return []


def _of_person(
    by: Mandate, row: Transfer, post: Holding | None, case: str | None, decision: Decision
) -> list[str]:
    found = []
    left = row.person.left_on
    if left and left <= decision.effective_on:
        found.append(_("thôi việc từ %(day)s.") % {"day": f"{left:%d-%m-%Y}"})
    elif post is None or (post.unit_id, post.position_id) != (row.from_unit_id, row.from_position_id):
        found.append(
            _("ngày %(day)s không còn giữ vị trí “%(position)s” ở %(unit)s.")
            % {
                "day": f"{decision.effective_on:%d-%m-%Y}",
                "position": row.from_position,
                "unit": row.from_unit,
            }
        )
    elif row.means in LEAVING and post.valid_from >= decision.effective_on:
        found.append(
            _("giữ vị trí hiện tại từ %(day)s, ngày có hiệu lực phải sau ngày đó.")
            % {"day": f"{post.valid_from:%d-%m-%Y}"}
        )
    if case:
        found.append(locked_words(by, post, case))
    return found


def _of_places(rows: Sequence[Transfer], decision: Decision) -> list[str]:
    """A place that another file is to free is not free before that file is decided too."""
    full = crowded(rows, decision.effective_on)
    waits = waited_for([one.transfer for one in full], decision.effective_on)
    found = []
    for one in full:
        told = ngettext(
            "%(number)s: “%(position)s” ở %(unit)s có %(places)d chỗ, ngày %(day)s đã có %(taken)d người.",
            "%(number)s: “%(position)s” ở %(unit)s có %(places)d chỗ, ngày %(day)s đã có %(taken)d người.",
            one.places,
        ) % {
            "number": one.transfer.number,
            "position": one.transfer.to_position,
            "unit": one.transfer.to_unit,
            "places": one.places,
            "taken": one.taken,
            "day": f"{decision.effective_on:%d-%m-%Y}",
        }
        before = [other.number for other in waits.get(one.transfer.pk, []) if other not in rows]
        if before:
            told += " " + _("Chỗ trống khi %(numbers)s có hiệu lực: quyết định cùng hoặc chọn ngày sau.") % {
                "numbers": ", ".join(before)
            }
        found.append(told)
    return found
