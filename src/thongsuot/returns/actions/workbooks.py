"""Workbooks: drawn up, received, read against what stands now, written when somebody says so.

A file is read and written whole or not at all, and independently of the others of its batch.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.audit.versions import take_turn
from thongsuot.indicators.actions import Told, faults_in
from thongsuot.indicators.display import plain
from thongsuot.indicators.enums import Entry
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.returns.actions.filling import Filled, save_return
from thongsuot.returns.checking import BLANK, Cell
from thongsuot.returns.enums import WRITABLE, Acts, FileState
from thongsuot.returns.merging import Merge, merge
from thongsuot.returns.models import Return, WorkbookBatch, WorkbookFile
from thongsuot.returns.policies import may_fill, scope
from thongsuot.returns.queries.papers import Paper, paper_of, visible_returns
from thongsuot.returns.workbooks.drawing import workbook_of
from thongsuot.returns.workbooks.layout import MAX_BYTES, Base
from thongsuot.returns.workbooks.reading import Content, Fault, Foreign, content_of, opened
from thongsuot.units.models import Mandate
from thongsuot.web.batches import workbooks_sent

Key = tuple[str, int]  # cell, why or passage, and the key of its line or section


def draw_workbook(*, by: Mandate, row: Return) -> bytes:
    require(may_fill(by, row))
    row.refresh_from_db(fields=["state", "number", "version"])
    paper = paper_of(row)
    if paper.version is None:
        raise Refused(_("Báo cáo chưa lập nên chưa có tệp. Bấm Lập báo cáo trước."))
    data = workbook_of(paper)
    record(by=by, verb=Acts.WORKBOOK_DRAWN, subject=row, details={"saves": paper.version.saves})
    return data


@transaction.atomic
def receive_workbooks(*, by: Mandate, files: Iterable[tuple[str, bytes]]) -> WorkbookBatch:
    """Workbooks, and archives of workbooks; the same bytes twice are one file."""
    require(may_fill(by))
    found = workbooks_sent(files, MAX_BYTES)
    batch = WorkbookBatch.objects.create(unit=by.unit, received_by=by.actor.name[:200], mandate=by)
    WorkbookFile.objects.bulk_create(
        WorkbookFile(batch=batch, name=name[-255:], sha256=sha256, data=data)
        for sha256, (name, data) in found.items()
    )
    record(by=by, verb=Acts.WORKBOOKS_RECEIVED, subject=batch, details={"files": len(found)})
    return batch


@transaction.atomic
def read_file(pk: int) -> str:
    """What became of a file that waits. Done again it changes nothing."""
    rows = WorkbookFile.objects.select_for_update(of=("self",)).select_related("batch__mandate__user")
    file = rows.filter(pk=pk).first()
    if file is None or file.state != FileState.WAITING or file.data is None:
        return "nothing to do"
    by = file.batch.mandate
    if by is None or not by.holds_on(timezone.localdate()):
        _faulty(file, [Fault("", "", _("Vai trò của người nạp đã hết hiệu lực."))])
    else:
        _read(file, by)
    file.version += 1
    file.save()
    return str(file.state)


def _read(file: WorkbookFile, by: Mandate) -> None:
    try:
        base, paper, content = _content(file, by)
    except Foreign as foreign:
        _faulty(file, [Fault("", "", str(foreign))])
        return
    file.parent = paper.row
    if content.faults:
        _faulty(file, content.faults)
        return
    merged = merged_with(base, paper, content)
    file.changes = _shown(merged, paper)
    if not merged.changes:
        file.state, file.data = FileState.UNCHANGED, None
    else:
        file.state = FileState.CONFLICT if merged.conflicts else FileState.READY


def _faulty(file: WorkbookFile, faults: Iterable[Fault]) -> None:
    file.state, file.data, file.faults = FileState.FAULTY, None, [fault.told() for fault in faults]


def _content(file: WorkbookFile, by: Mandate) -> tuple[Base, Paper, Content]:
    """Raises Foreign where the file is not of a return that this mandate may fill in now."""
    book, base = opened(bytes(file.data or b""))
    row = visible_returns(by).filter(scope(by), pk=base.parent).first()
    if row is None or not may_fill(by, row):
        raise Foreign(
            _("Tệp của một báo cáo ngoài phạm vi của bạn (đơn vị mã %(unit)s).") % {"unit": base.unit}
        )
    _require_same(row, base)
    paper = paper_of(row)
    if [line.pk for line in paper.lines] != list(base.lines) or [one.pk for one in paper.sections] != list(
        base.sections
    ):
        raise Foreign(_("Mẫu báo cáo đã đổi sau khi tải tệp. Tải lại tệp rồi chép số sang."))
    content = content_of(book, base, paper)
    _check_figures(content, paper)
    return base, paper, content


def _require_same(row: Return, base: Base) -> None:
    told = {"unit": row.unit.title, "old": base.number, "now": row.number, "state": row.get_state_display()}
    if base.number != row.number:
        raise Foreign(
            _("Tệp của phiên bản %(old)s, báo cáo của %(unit)s nay là phiên bản %(now)s. Tải lại tệp.") % told
        )
    if not row.is_open:
        raise Foreign(_("Báo cáo của %(unit)s đang ở trạng thái “%(state)s”, không ghi vào được.") % told)


def _check_figures(content: Content, paper: Paper) -> None:
    """What the catalogue itself forbids, by cell."""
    by_indicator = {line.indicator_id: line for line in paper.lines}
    told = [_told(line.indicator, content.cells[line.pk]) for line in paper.lines if line.pk in content.cells]
    for fault in faults_in(told, paper.row.round.period):
        place = content.places[by_indicator[fault.indicator.pk].pk]
        sheet, cell = place.split("!")
        content.wrong(sheet, cell, _("Ô %(cell)s: %(says)s") % {"cell": cell, "says": fault.says})


def _told(indicator: Any, cell: Cell) -> Told:
    return Told(indicator, cell.value, cell.second, "", cell.words, cell.applicable)


def merged_with(base: Base, paper: Paper, content: Content) -> Merge[Key, Any]:
    """The figures first, then what explains them, then the words."""
    found: Merge[Key, Any] = Merge()
    for kind, before, now, theirs, blank in (
        ("cell", base.cells, paper.cells, content.cells, BLANK),
        ("why", base.explanations, paper.explanations, content.explanations, ""),
        ("passage", base.passages, paper.passages, content.passages, ""),
    ):
        part = merge(_keyed(kind, before), _keyed(kind, now), _keyed(kind, theirs), blank)
        found.changes.extend(part.changes)
    return found


def _keyed(kind: str, values: Mapping[int, Any]) -> dict[Key, Any]:
    return {(kind, key): _even(value) for key, value in values.items()}


def _even(value: Any) -> Any:
    """Numbers as they are equal, words without what a workbook does to the ends of lines."""
    if isinstance(value, Cell):
        return Cell(_trimmed(value.value), _trimmed(value.second), value.words, value.applicable)
    return "\n".join(line.rstrip() for line in str(value).strip().splitlines())


def _trimmed(number: Any) -> Any:
    return None if number is None else number.normalize()


def _shown(merged: Merge[Key, Any], paper: Paper) -> list[dict[str, Any]]:
    names = {line.pk: str(line.indicator) for line in paper.lines}
    titles = {section.pk: section.title for section in paper.sections}
    return [
        {
            "key": f"{kind}-{key}",
            "kind": kind,
            "what": titles[key] if kind == "passage" else names[key],
            "base": _in_words(change.base),
            "now": _in_words(change.now),
            "theirs": _in_words(change.theirs),
            "conflict": change.conflict,
        }
        for change in merged.changes
        for kind, key in [change.key]
    ]


def _in_words(value: Any) -> str:
    if not isinstance(value, Cell):
        return str(value)
    if not value.applicable:
        return _("không phát sinh")
    numbers = [plain(number) for number in (value.value, value.second) if number is not None]
    return " ".join(filter(None, ["/".join(numbers), value.words]))


@transaction.atomic
def write_workbook(
    *, by: Mandate, file: WorkbookFile, chosen: Collection[str] = (), seen: int | None = None
) -> WorkbookFile:
    """What only the file changed; of what both changed, the places `chosen` by their keys. Another state of the return
    than was shown is shown anew instead."""
    require(may_fill(by, file.batch))
    take_turn(file, seen)
    file = WorkbookFile.objects.select_related("batch__mandate", "parent").get(pk=file.pk)
    if file.state not in WRITABLE or file.data is None:
        raise Refused(
            _("Tệp “%(file)s” đang ở tình trạng “%(state)s”.")
            % {"file": file, "state": file.get_state_display()}
        )
    try:
        base, paper, content = _content(file, by)
    except Foreign as foreign:
        raise Refused(str(foreign)) from foreign
    merged = merged_with(base, paper, content)
    changes = _shown(merged, paper)
    if changes != file.changes:
        file.changes, file.queued = changes, False
        file.state = FileState.CONFLICT if merged.conflicts else FileState.READY
        file.trouble = _("Báo cáo đã thay đổi sau khi đọc tệp. Xem lại các chỗ khác nhau rồi ghi.")
        file.save()
        return file
    wanted = {change.key for change in merged.conflicts if f"{change.key[0]}-{change.key[1]}" in set(chosen)}
    taken = merged.taken(wanted)
    filled = _filled(taken, content)
    save_return(by=by, row=paper.row, filled=filled, entry=Entry.WORKBOOK, lines=paper.lines)
    file.state, file.data, file.trouble, file.queued = FileState.APPLIED, None, "", False
    file.decided_by, file.decided_at = by.actor.name[:200], timezone.now()
    file.save()
    return file


def _filled(taken: Mapping[Key, Any], content: Content) -> Filled:
    parts: dict[str, dict[int, Any]] = {"cell": {}, "why": {}, "passage": {}}
    for (kind, key), value in taken.items():
        parts[kind][key] = value
    return Filled(parts["cell"], parts["passage"], parts["why"], content.places)


@transaction.atomic
def drop_workbook(*, by: Mandate, file: WorkbookFile, seen: int | None = None) -> WorkbookFile:
    require(may_fill(by, file.batch))
    take_turn(file, seen)
    file.refresh_from_db()
    if file.state not in WRITABLE:
        raise Refused(
            _("Tệp “%(file)s” đang ở tình trạng “%(state)s”.")
            % {"file": file, "state": file.get_state_display()}
        )
    file.state, file.data, file.queued = FileState.DROPPED, None, False
    file.decided_by, file.decided_at = by.actor.name[:200], timezone.now()
    file.save()
    record(by=by, verb=Acts.WORKBOOK_DROPPED, subject=file, details={"sha256": file.sha256})
    return file


@transaction.atomic
def queue_ready(*, by: Mandate, batch: WorkbookBatch) -> list[int]:
    """Every file without a fault or a conflict is to be written by workers; their keys."""
    require(may_fill(by, batch))
    ready = batch.files.select_for_update(of=("self",)).filter(state=FileState.READY)
    keys = list(ready.values_list("pk", flat=True))
    if not keys:
        raise Refused(_("Không có tệp nào chờ ghi mà không vướng."))
    WorkbookFile.objects.filter(pk__in=keys).update(queued=True, trouble="")
    WorkbookBatch.objects.filter(pk=batch.pk).update(mandate=by)
    return keys


def write_queued(pk: int) -> str:
    """One file's refusal is noted on it and stops no other."""
    file = (
        WorkbookFile.objects.select_related("batch__mandate__user", "batch__mandate__unit")
        .filter(pk=pk)
        .first()
    )
    if file is None or not file.queued or file.state != FileState.READY:
        return "nothing to do"
    by = file.batch.mandate
    try:
        if by is None or not by.holds_on(timezone.localdate()):
            raise Refused(_("Vai trò của người ghi đã hết hiệu lực."))
        return str(write_workbook(by=by, file=file).state)
    except Refused as refusal:
        WorkbookFile.objects.filter(pk=pk).update(queued=False, trouble=str(refusal)[:500])
        return "refused"


def forget_workbooks(before: Any) -> int:
    """Files received before that moment and never written go; that they came stays."""
    old = WorkbookFile.objects.filter(batch__received_at__lt=before).exclude(data=None)
    return old.update(data=None, state=FileState.DROPPED, queued=False)
