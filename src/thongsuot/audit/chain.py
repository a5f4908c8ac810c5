"""How events hang together: each hash covers the event's own content and the hash before it."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from thongsuot.audit.models import ChainHead, Event

GENESIS = "0" * 64
_COVERED = (
    "number",
    "actor_username",
    "actor_name",
    "actor_role",
    "actor_unit",
    "verb",
    "subject_kind",
    "subject_key",
    "subject_label",
    "details",
    "previous_hash",
)


@dataclass(frozen=True, slots=True)
class ChainReport:
    events: int
    broken_at: int | None = None
    reason: str = ""

    @property
    def intact(self) -> bool:
        return self.broken_at is None


def digest(event: Event) -> str:
    content = {name: getattr(event, name) for name in _COVERED}
    content["at"] = _instant(event.at)
    if event.actor_unit_key is not None:  # events older than this column have none
        content["actor_unit_key"] = event.actor_unit_key
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def verify_recent(events: int) -> ChainReport:
    """Walk the last events only: quick enough for every page, blind to older ones."""
    head = ChainHead.objects.first()
    before = Event.objects.filter(number=head.number - events).first() if head else None
    return verify(after=before)


def verify(after: Event | None = None) -> ChainReport:
    """Walk the chain; name the first event whose content, order or link is not what was written."""
    previous, expected = (after.hash, after.number) if after else (GENESIS, 0)
    for event in Event.objects.filter(number__gt=expected).order_by("number").iterator(chunk_size=2000):
        expected += 1
        if event.number != expected:
            return ChainReport(expected - 1, expected, _("thiếu sự kiện này"))
        if event.previous_hash != previous:
            return ChainReport(expected - 1, expected, _("không nối với sự kiện ngay trước"))
        if digest(event) != event.hash:
            return ChainReport(expected - 1, expected, _("nội dung khác với lúc ghi"))
        previous = event.hash
    head = ChainHead.objects.first()
    end = (head.number, head.hash) if head else (0, GENESIS)
    if end != (expected, previous):
        return ChainReport(expected, expected + 1, _("mất phần cuối của chuỗi"))
    return ChainReport(expected)
