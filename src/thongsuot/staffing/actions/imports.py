"""Workbooks coming in: kept, read by a worker each by itself, compared, and written when a person says so.

A file is read and written whole or not at all, and independently of the others of its batch. What waits for a worker is
marked in its row, so a worker that dies leaves it to the next one.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.audit.versions import take_turn
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.staffing.actions.bulk import apply_unit_staff
from thongsuot.staffing.actions.snapshots import take_snapshot
from thongsuot.staffing.enums import FILE_STEPS, Acts, FileState, SnapshotOrigin
from thongsuot.staffing.importing.comparing import Difference, compare, sums_of, told
from thongsuot.staffing.importing.content import UnitStaff, digest_of
from thongsuot.staffing.importing.layout import PEOPLE
from thongsuot.staffing.importing.reading import Read, read_workbook
from thongsuot.staffing.importing.sheets import MAX_BYTES
from thongsuot.staffing.importing.template import template
from thongsuot.staffing.models import ImportBatch, ImportFile
from thongsuot.staffing.policies import may
from thongsuot.staffing.queries import staff_of
from thongsuot.staffing.queries.codes import codes_on
from thongsuot.staffing.queries.leaders import deputies_over
from thongsuot.staffing.queries.listed import registered_of
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.queries import units_on
from thongsuot.web.batches import workbooks_sent


def unit_template(*, by: Mandate, unit: Unit, on: date) -> bytes:
    """The workbook of a unit with what the registers hold: personal data leave the house, and the trail says so."""
    require(may(by, Verb.KEEP_STAFF, unit))
    require(may(by, Verb.NAME_STAFF, unit))
    staff = staff_of(unit, on)
    found = registered_of(staff, staff)
    data = template(
        staff,
        codes_on(on, by.unit),
        found.versions,
        staff.digest,
        with_locks=by.allows(Verb.READ_LOCKS),
    )
    record(by=by, verb=Acts.TEMPLATE_DRAWN, subject=unit, details={"on": on, "people": len(staff.people)})
    return data


@transaction.atomic
def receive_batch(*, by: Mandate, on: date, files: Iterable[tuple[str, bytes]]) -> ImportBatch:
    """Workbooks, and archives of workbooks; the same bytes twice in a batch are one file. Read later, by workers."""
    require(may(by, Verb.KEEP_STAFF, by.unit))
    require(may(by, Verb.NAME_STAFF))
    if on > timezone.localdate():
        raise Refused(_("Ngày của số liệu chưa đến. Chọn hôm nay hoặc ngày đã qua."))
    found = workbooks_sent(files, MAX_BYTES)
    batch = ImportBatch.objects.create(unit=by.unit, on=on, received_by=by.actor.name)
    ImportFile.objects.bulk_create(
        ImportFile(batch=batch, name=name[-255:], sha256=sha256, data=data)
        for sha256, (name, data) in found.items()
    )
    record(by=by, verb=Acts.BATCH_RECEIVED, subject=batch, details={"files": len(found), "on": on})
    return batch


@transaction.atomic
def read_import(pk: int) -> str:
    """What became of a file that waits: faulty, ready, in conflict or unchanged. Done again it changes nothing."""
    file = ImportFile.objects.select_for_update().select_related("batch__unit").filter(pk=pk).first()
    if file is None or file.state != FileState.WAITING or file.data is None:
        return "nothing to do"
    ImportBatch.objects.select_for_update().get(
        pk=file.batch_id
    )  # two files of a batch look at one another in turn
    return _read(file)


def _read(file: ImportFile) -> str:
    read = _content(file)
    _among_others(file, read)
    file.read_at = timezone.now()
    if read.content is None or read.faults.fatal:
        file.state = FileState.FAULTY
    else:
        found, standing = _compared(file, read)
        _warn_of_deputies(file, read, found)
        file.numbers = sorted(_full(read.content))
        file.difference, file.compared_with = told(found), standing
        conflict = next(found.conflicts, None)
        file.state = (
            FileState.UNCHANGED if found.is_empty else FileState.CONFLICT if conflict else FileState.READY
        )
    if file.state in (FileState.UNCHANGED, FileState.FAULTY):  # nothing will be done with it any more
        file.data = None
    file.faults = read.faults.told()
    file.version += 1
    file.save()
    return str(file.state)


def _warn_of_deputies(file: ImportFile, read: Read, found: Difference) -> None:
    """A list says who is there, so it is let in; that the mean over all units is broken by it is told."""
    come = Counter(post.position for change in found.people for post in change.fresh)
    come.subtract(post.position for change in found.people for post in change.over)
    if file.unit is None or read.content is None:
        return
    for one in deputies_over(file.unit, read.content.on) if any(come.values()) else ():
        more = sum(come[code] for code in one.mean.positions)
        if more > 0 and one.held + more > one.most:
            told = {"more": more, "names": one.names, "held": one.held + more, "most": one.most}
            read.faults.warn("over-mean", PEOPLE, "H1", **told)


def _content(file: ImportFile) -> Read:
    receiver = file.batch.unit
    read = read_workbook(bytes(file.data or b""), lambda on: codes_on(on, receiver), file.batch.on)
    day = read.content.on if read.content else file.batch.on
    file.unit = units_on(day).filter(code=read.unit_code).first() if read.unit_code else None
    return read


def _full(content: UnitStaff) -> set[str]:
    return {person.number for person, post in content.posts if post.kind == "full"}


def _among_others(file: ImportFile, read: Read) -> None:
    """One file a unit, one unit a person: told to whoever is read later."""
    others = file.batch.files.exclude(pk=file.pk).exclude(
        state__in=[FileState.WAITING, FileState.FAULTY, FileState.DROPPED]
    )
    mine = _full(read.content) if read.content else set()
    for other in others.select_related("unit"):
        if other.unit_id is not None and file.unit_id == other.unit_id:
            read.faults.say("unit-twice", "Đơn vị", "B2", unit=str(other.unit), file=other.name)
        for number in sorted(mine.intersection(other.numbers)):
            sheet, cell = read.places.get(number, ("Người", "A1"))
            read.faults.say(
                "person-elsewhere", sheet, cell, number=number, file=other.name, unit=str(other.unit)
            )


def _compared(file: ImportFile, read: Read) -> tuple[Difference, str]:
    """The difference, and a digest of all it was drawn up on."""
    assert read.content is not None
    assert file.unit is not None
    before = staff_of(file.unit, read.content.on)
    registered = registered_of(read.content, before)
    base = read.base
    found = compare(before, read.content, registered, base)
    return found, digest_of([before.digest, dict(registered.versions), dict(registered.elsewhere)])


@transaction.atomic
def apply_import(
    *, by: Mandate, file: ImportFile, accept: bool = False, seen: int | None = None
) -> ImportFile:
    """Write a file into the registers; with `accept` also where it goes over what is newer in them.

    Where the registers changed since the difference was shown, nothing is written: the new difference is shown.
    """
    require(may(by, Verb.KEEP_STAFF, file.batch))
    take_turn(file, seen)
    file = ImportFile.objects.select_related("batch__unit", "unit").get(pk=file.pk)
    _require_step(file, FileState.APPLIED)
    read = _content(file)
    if read.content is None or file.unit is None:
        raise Refused(_("Không còn đọc được tệp này. Bỏ tệp rồi nạp lại."))
    require(may(by, Verb.KEEP_STAFF, file.unit))
    found, standing = _compared(file, read)
    if standing != file.compared_with:
        file.difference, file.compared_with, file.queued_for = told(found), standing, None
        file.state = FileState.CONFLICT
        file.trouble = _("Sổ đã thay đổi sau khi lập chênh lệch. Xem lại chênh lệch mới rồi ghi.")
        file.save()
        return file
    if file.state == FileState.CONFLICT and not accept:
        raise Refused(
            _("Tệp vướng dữ liệu mới hơn trong sổ. Xem từng chỗ rồi chọn ghi theo tệp, hoặc bỏ tệp.")
        )
    details = {"file": file.name, "sha256": file.sha256, "accepted": accept}
    apply_unit_staff(by=by, unit=file.unit, content=read.content, details=details)
    written = staff_of(file.unit, read.content.on)
    take_snapshot(by=by, unit=file.unit, on=read.content.on, origin=SnapshotOrigin.IMPORT)
    file.difference = {**_nameless(file.difference), "written": sums_of(written)}
    _settle(file, FileState.APPLIED, by)
    return file


@transaction.atomic
def drop_import(*, by: Mandate, file: ImportFile, seen: int | None = None) -> ImportFile:
    """The file is not written; its workbook goes, that it came stays told."""
    require(may(by, Verb.KEEP_STAFF, file.batch))
    take_turn(file, seen)
    file = ImportFile.objects.select_related("batch__unit").get(pk=file.pk)
    _require_step(file, FileState.DROPPED)
    _settle(file, FileState.DROPPED, by)
    record(by=by, verb=Acts.FILE_DROPPED, subject=file, details={"sha256": file.sha256})
    return file


@transaction.atomic
def queue_ready(*, by: Mandate, batch: ImportBatch) -> list[int]:
    """Every file without a fault or a conflict is to be written by workers, for this mandate; their keys."""
    require(may(by, Verb.KEEP_STAFF, batch))
    ready = batch.files.select_for_update().filter(state=FileState.READY)
    keys = list(ready.values_list("pk", flat=True))
    if not keys:
        raise Refused(_("Không có tệp nào chờ duyệt mà không vướng."))
    ImportFile.objects.filter(pk__in=keys).update(queued_for=by, trouble="")
    return keys


def write_queued(pk: int) -> str:
    """What a worker does of `queue_ready`; one file's refusal is noted on it and stops no other."""
    file = (
        ImportFile.objects.select_related("batch", "queued_for__user", "queued_for__unit")
        .filter(pk=pk)
        .first()
    )
    if file is None or file.queued_for is None or file.state != FileState.READY:
        return "nothing to do"
    by = file.queued_for
    if not by.holds_on(timezone.localdate()):
        ImportFile.objects.filter(pk=pk).update(
            queued_for=None, trouble=_("Vai trò của người duyệt đã hết hiệu lực.")
        )
        return "refused"
    try:
        return str(apply_import(by=by, file=file).state)
    except Refused as refusal:
        ImportFile.objects.filter(pk=pk).update(queued_for=None, trouble=str(refusal)[:500])
        return "refused"


def _require_step(file: ImportFile, to: FileState) -> None:
    if to not in FILE_STEPS[FileState(file.state)]:
        raise Refused(
            _("Tệp “%(file)s” đang ở tình trạng “%(state)s”.")
            % {"file": file, "state": file.get_state_display()}
        )


def _settle(file: ImportFile, state: FileState, by: Mandate) -> None:
    file.state, file.data, file.trouble, file.queued_for = state, None, "", None
    file.decided_by, file.decided_at = by.actor.name, timezone.now()
    file.save()


def _nameless(difference: dict[str, Any]) -> dict[str, Any]:
    """What was changed stays told, by number."""
    people = [
        {**change, "name": "", "fields": {key: [None, None] for key in change["fields"]}}
        for change in difference.get("people", ())
    ]
    return {**difference, "people": people}


def forget_workbooks(before: Any) -> int:
    """Workbooks and names of batches received before that moment go, whatever became of the files."""
    old = ImportFile.objects.filter(batch__received_at__lt=before)
    named = [
        file
        for file in old
        if file.data is not None or any(one.get("name") for one in file.difference.get("people", ()))
    ]
    for file in named:
        file.difference, file.data = _nameless(file.difference) if file.difference else {}, None
        file.faults = []
        file.save(update_fields=["difference", "data", "faults"])
    return len(named)
