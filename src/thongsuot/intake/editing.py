"""What a person does to a draft before confirming it. Every act states what it saw, so that two people at once
never overwrite each other unawares."""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.intake.content import Content, Item
from thongsuot.intake.enums import Acts, DraftState, Family
from thongsuot.intake.fields import parse_field, starting_fields
from thongsuot.intake.models import Draft
from thongsuot.intake.policies import may
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate


class Overtaken(Refused):
    """Somebody else changed the same field in the meantime."""


@transaction.atomic
def fix_meeting(*, by: Mandate, draft: Draft, name: str, typed: str, seen: str) -> Draft:
    draft = open_draft(by, draft)
    content = draft.content
    value = parse_field(content.kind, name, typed)
    _not_overtaken(content.meeting.get(name), value, parse_field(content.kind, name, seen))
    return _save(draft, content.with_meeting(name, value))


@transaction.atomic
def fix_item(*, by: Mandate, draft: Draft, key: str, name: str, typed: str, seen: str) -> Draft:
    draft = open_draft(by, draft)
    item = _item(draft.content, key)
    value = parse_field(item.family, name, typed)
    _not_overtaken(item.fields.get(name), value, parse_field(item.family, name, seen))
    return _save(draft, draft.content.with_item(replace(item, fields={**item.fields, name: value})))


@transaction.atomic
def remove_item(*, by: Mandate, draft: Draft, key: str) -> Draft:
    draft = open_draft(by, draft)
    return _save(draft, draft.content.with_item(replace(_item(draft.content, key), removed=True)))


@transaction.atomic
def restore_item(*, by: Mandate, draft: Draft, key: str) -> Draft:
    draft = open_draft(by, draft)
    return _save(draft, draft.content.with_item(replace(_item(draft.content, key), removed=False)))


@transaction.atomic
def add_item(*, by: Mandate, draft: Draft, family: Family, start: int, end: int) -> tuple[Draft, Item]:
    """A record the reading missed, from words a person selected; white space at the ends is left out."""
    draft = open_draft(by, draft)
    text = draft.source.text
    if not 0 <= start < end <= len(text):
        raise Refused(_("Hãy chọn một đoạn chữ trong văn bản rồi bấm loại bản ghi cần thêm."))
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    if start >= end:
        raise Refused(_("Đoạn đã chọn chỉ có khoảng trắng. Hãy chọn các chữ cần ghi."))
    fields = starting_fields(family, text[start:end], draft.content, start)
    content, item = draft.content.plus(family, (start, end), fields)
    return _save(draft, content), item


@transaction.atomic
def discard_draft(*, by: Mandate, draft: Draft, reason: str) -> Draft:
    draft = open_draft(by, draft)
    if not reason.strip():
        raise Refused(_("Hãy ghi lý do bỏ bản nháp, ví dụ: tải nhầm tệp."))
    draft.state = DraftState.DISCARDED
    draft.save(update_fields=["state"])
    record(by=by, verb=Acts.DISCARDED, subject=draft, details={"reason": reason.strip()})
    return draft


@transaction.atomic
def reopen_draft(*, by: Mandate, draft: Draft) -> Draft:
    require(may(by, Verb.CONFIRM, draft))
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    if draft.state != DraftState.DISCARDED:
        raise Refused(_("Bản nháp này không ở trạng thái đã bỏ."))
    if Draft.objects.filter(source=draft.source).exclude(state=DraftState.DISCARDED).exists():
        raise Refused(_("Văn bản này đã có một bản nháp khác đang dùng."))
    draft.state = DraftState.PROPOSED
    draft.save(update_fields=["state"])
    record(by=by, verb=Acts.REOPENED, subject=draft)
    return draft


def open_draft(by: Mandate, draft: Draft) -> Draft:
    """The draft, locked and still open to this mandate."""
    require(may(by, Verb.INTAKE, draft))
    draft = Draft.objects.select_for_update(of=("self",)).select_related("source").get(pk=draft.pk)
    if not draft.is_open:
        state = DraftState(draft.state).label.lower()
        raise Refused(_("Bản nháp %(state)s, không sửa được nữa.") % {"state": state})
    return draft


def _item(content: Content, key: str) -> Item:
    item = content.item(key)
    if item is None:
        raise Refused(_("Mục này không còn trong bản nháp. Hãy tải lại trang."))
    return item


def _not_overtaken(present: Any, wanted: Any, seen: Any) -> None:
    if present not in (seen, wanted):
        raise Overtaken(
            _(
                "Người khác vừa sửa ô này thành “%(value)s”. Xem lại rồi sửa nếu cần; điều bạn gõ vẫn ở trong ô."
            )
            % {"value": present}
        )


def _save(draft: Draft, content: Content) -> Draft:
    draft.data = content.to_json()
    draft.corrections = content.corrections.total
    draft.version += 1
    draft.save(update_fields=["data", "corrections", "version"])
    return draft
