"""A difference in words: who comes, goes or changes, and why some of it may not go unseen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thongsuot.lawbook.bodies import body_kinds
from thongsuot.staffing.enums import Block, HoldingKind

KINDS = {
    "added": (gettext_lazy("Thêm"), "calm", "user-plus"),
    "changed": (gettext_lazy("Sửa"), "plain", "edit"),
    "moved": (gettext_lazy("Chuyển đến"), "due", "arrow-right"),
    "ended": (gettext_lazy("Thôi"), "due", "user-minus"),
}
_FIELDS = {
    "full_name": gettext_lazy("họ tên"),
    "category": gettext_lazy("đối tượng"),
    "sex": gettext_lazy("giới tính"),
    "born_on": gettext_lazy("ngày sinh"),
    "rank": gettext_lazy("ngạch"),
    "joined_on": gettext_lazy("ngày vào ngành"),
    "origin": gettext_lazy("đơn vị gốc"),
    "qualifications": gettext_lazy("văn bằng"),
    "experiences": gettext_lazy("kinh nghiệm"),
    "trainings": gettext_lazy("bồi dưỡng"),
    "locks": gettext_lazy("trường hợp chưa điều động"),
    "wishes": gettext_lazy("nguyện vọng"),
    "home": gettext_lazy("nơi ở"),
}


@dataclass(frozen=True, slots=True)
class ChangeShown:
    number: str
    name: str
    kind: str
    tone: str
    icon: str
    what: Sequence[str]
    newer: Sequence[str]


@dataclass(frozen=True, slots=True)
class PlaceShown:
    what: str
    before: int
    after: int
    newer: Sequence[str]


def people_changes(
    difference: Mapping[str, Any], names: Mapping[str, str], positions: Mapping[str, str]
) -> list[ChangeShown]:
    """`names` of those in the registers; a person the file brings in is named by it until it is written."""
    shown = []
    for change in difference.get("people", ()):
        words, tone, icon = KINDS[change["kind"]]
        name = names.get(change["number"]) or change["name"]
        told = list(_told(change, positions))
        shown.append(
            ChangeShown(
                change["number"],
                name,
                str(words),
                tone,
                icon,
                told,
                [_newer(code, change) for code in change["newer"]],
            )
        )
    return shown


def _told(change: Mapping[str, Any], positions: Mapping[str, str]) -> list[str]:
    told = [_("nhận %(post)s") % {"post": _post(post, positions)} for post in change["fresh"]]
    told += [_("thôi %(post)s") % {"post": _post(post, positions)} for post in change["over"]]
    told += [_("phụ trách %(body)s") % {"body": _body(post)} for post in change.get("led", ())]
    if change["elsewhere"]:
        told.append(_("đang giữ vị trí chính thức ở %(unit)s") % {"unit": change["elsewhere"]})
    for name, (before, after) in change["fields"].items():
        words = str(_FIELDS.get(name, name))
        if isinstance(before, str) and isinstance(after, str):
            told.append(f"{words}: {before or '—'} → {after or '—'}")
        else:
            told.append(words)
    return told


def _post(post: Mapping[str, Any], positions: Mapping[str, str]) -> str:
    name = f"{post['position']} {positions.get(post['position'], '')}".strip()
    if body := _body(post):
        name = f"{name}, {body}"
    return name if post["kind"] == HoldingKind.FULL else f"{name} ({HoldingKind(post['kind']).label.lower()})"


def _body(post: Mapping[str, Any]) -> str:
    code = post.get("body", "")
    return body_kinds().get(code, code)


def _newer(code: str, change: Mapping[str, Any]) -> str:
    match code:
        case "elsewhere":
            return _("sổ ghi đang ở %(unit)s") % {"unit": change.get("elsewhere", "")}
        case "overtaken":
            return _("sổ đã được sửa sau khi tải mẫu")
        case "new-here":
            return _("vào sổ sau khi tải mẫu, tệp chưa có")
        case "left":
            return _("sổ ghi đã thôi việc")
        case _:
            return _("sổ đã ghi thay đổi sau ngày của số liệu")


def place_changes(difference: Mapping[str, Any], positions: Mapping[str, str]) -> list[PlaceShown]:
    shown = []
    for change in difference.get("places", ()):
        what = change["what"]
        match change["kind"]:
            case "frames":
                words = _("Khung: %(position)s") % {"position": f"{what} {positions.get(what, '')}".strip()}
            case "quotas":
                words = _("Biên chế: %(block)s") % {"block": Block(what).label}
            case _:
                words = _("Dân số")
        newer = [_newer(code, change) for code in change["newer"]]
        shown.append(PlaceShown(words, change["before"] or 0, change["after"] or 0, newer))
    return shown
