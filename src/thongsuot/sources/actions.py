import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.sources import evidence, files
from thongsuot.sources.enums import Acts
from thongsuot.sources.found import index_source
from thongsuot.sources.models import Citation, Source
from thongsuot.sources.policies import may
from thongsuot.sources.queries import source_by_hash
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit


@dataclass(frozen=True, slots=True)
class Received:
    """A file that has been read: its bytes, their hash, and the text found in them."""

    data: bytes
    sha256: str
    name: str
    media_type: str
    text: str
    offset_runs: Sequence[int] = ()
    warnings: Sequence[str] = ()


@transaction.atomic
def receive_source(*, by: Mandate, received: Received) -> tuple[Source, bool]:
    """Keep the file; the same bytes twice are one source. Returns it and whether it is new."""
    require(may(by, Verb.INTAKE))
    if known := source_by_hash(received.sha256):
        return known, False
    return _keep(by, received), True


@transaction.atomic
def receive_evidence(*, by: Mandate, verb: Verb, data: bytes, name: str) -> Source:
    """A file to be attached to a record by whoever may act on it under `verb`; classified ones are refused."""
    require(may(by, verb))
    sha256 = hashlib.sha256(data).hexdigest()
    if known := source_by_hash(sha256):  # who holds the very bytes may see them
        let_see(source=known, units=[by.unit_id])
        return known
    read = evidence.read(data, name)
    return _keep(by, Received(data, sha256, name, read.media_type, read.text, read.offset_runs))


def _keep(by: Mandate, received: Received) -> Source:
    try:
        files.keep(received.sha256, received.data)
    except files.StorageFull as full:
        raise Refused(_("Ổ đĩa máy chủ không ghi được tệp. Báo quản trị hệ thống rồi tải lại sau.")) from full
    source = Source.objects.create(
        sha256=received.sha256,
        name=received.name[:255],
        media_type=received.media_type,
        size=len(received.data),
        text=received.text,
        offset_runs=list(received.offset_runs),
        warnings=list(received.warnings),
        received_by=by.actor.name,
        received_at_unit=by.unit,
    )
    index_source(source)
    record(by=by, verb=Acts.RECEIVED, subject=source, details={"sha256": source.sha256, "size": source.size})
    return source


@transaction.atomic
def share_source(*, by: Mandate, source: Source, units: Iterable[Unit]) -> None:
    """Let the units a source concerns see it."""
    require(may(by, Verb.CONFIRM, source))
    units = list(units)
    source.concerns.add(*units)
    index_source(source)
    record(by=by, verb=Acts.SHARED, subject=source, details={"units": sorted(unit.code for unit in units)})


@transaction.atomic
def withdraw_source(*, by: Mandate, source: Source) -> None:
    """Only those who received the source see it again: no record speaks of the other units any more."""
    require(may(by, Verb.UNDO, source))
    withdrawn = sorted(source.concerns.values_list("code", flat=True))
    source.concerns.clear()
    index_source(source)
    record(by=by, verb=Acts.WITHDRAWN, subject=source, details={"units": withdrawn})


def cite(*, source: Source, start: int, end: int) -> Citation:
    """The citation of a place, one row for all its records. Part of the citing act, so not audited."""
    if not 0 <= start < end <= len(source.text):
        raise Refused(_("Vị trí trích dẫn nằm ngoài văn bản nguồn."))
    citation, _new = Citation.objects.get_or_create(source=source, start=start, end=end)
    return citation


def let_see(*, source: Source, units: Iterable[int]) -> None:
    """Attached to a record, a source is seen by the units (keys) of that record. Part of the attaching act."""
    source.concerns.add(*units)
