"""The fields a person can fix, how they are shown in a box and how what is typed becomes a value again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from thongsuot.indicators.enums import Qualifier
from thongsuot.intake.content import Content, Fields
from thongsuot.intake.enums import DraftKind, Family
from thongsuot.kernel.verdicts import Refused
from thongsuot.lawbook.document_types import document_types, type_name
from thongsuot.lawbook.topics import OTHER, topic_name, topics
from thongsuot.oversight.enums import MeetingKind, Part
from thongsuot.web.numbers import read_number, shown_number

NEW = "new"

Choices = Callable[[], list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class FieldSpec:
    name: str
    label: str | Promise
    kind: str = "text"  # text, area, date, integer, numbers, list, titles, choice, match
    choices: Choices | None = None


def _choices(options: Any) -> Choices:
    return lambda: [(str(value), str(label)) for value, label in options.choices]


def _topic_choices() -> list[tuple[str, str]]:
    return [(code, topic_name(code, get_language() or "vi")) for code in topics()]


def _type_choices() -> list[tuple[str, str]]:
    return [(code, type_name(code, get_language() or "vi")) for code in document_types()]


_UNITS = FieldSpec("units", gettext_lazy("Đơn vị"), "list")
_TEXT = FieldSpec("text", gettext_lazy("Nội dung"), "area")
_SPEAKER = FieldSpec("speaker", gettext_lazy("Người nêu"))
# Which row of a register is meant: its key, NEW, or nothing for the row found by itself.
_MATCH = FieldSpec("match", gettext_lazy("Trong sổ"), "match")
_ADDRESSEE = FieldSpec("addressee", gettext_lazy("Gửi tới"))

MEETING = (
    FieldSpec("kind", gettext_lazy("Loại"), "choice", _choices(MeetingKind)),
    FieldSpec("date", gettext_lazy("Ngày"), "date"),
    FieldSpec("units", gettext_lazy("Đơn vị"), "list"),
    FieldSpec("working_group", gettext_lazy("Tổ công tác số"), "integer"),
    FieldSpec("organisation", gettext_lazy("Cơ quan tổ chức")),
    FieldSpec("chair", gettext_lazy("Chủ trì")),
    FieldSpec("ordinal", gettext_lazy("Lần thứ"), "integer"),
    FieldSpec("term", gettext_lazy("Nhiệm kỳ")),
)
DIRECTIVE = (
    FieldSpec("type", gettext_lazy("Loại văn bản"), "choice", _type_choices),
    FieldSpec("symbol", gettext_lazy("Số, ký hiệu")),
    FieldSpec("date", gettext_lazy("Ngày ban hành"), "date"),
    FieldSpec("issuer", gettext_lazy("Cơ quan ban hành")),
    FieldSpec("abstract", gettext_lazy("Trích yếu"), "area"),
    FieldSpec("signer", gettext_lazy("Người ký")),
    FieldSpec("in_force", gettext_lazy("Có hiệu lực từ"), "date"),
)
HEADS: Mapping[DraftKind, tuple[FieldSpec, ...]] = {DraftKind.REPORT: MEETING, DraftKind.DIRECTIVE: DIRECTIVE}
ITEMS: Mapping[Family, tuple[FieldSpec, ...]] = {
    Family.TASKS: (
        _TEXT,
        FieldSpec("lead", gettext_lazy("Chủ trì, thực hiện"), "list"),
        FieldSpec("support", gettext_lazy("Phối hợp"), "list"),
        FieldSpec("due", gettext_lazy("Hạn"), "date"),
        FieldSpec("product", gettext_lazy("Sản phẩm")),
        FieldSpec("point", gettext_lazy("Theo điểm"), "point"),
        FieldSpec("topic", gettext_lazy("Lĩnh vực"), "choice", _topic_choices),
    ),
    Family.POINTS: (FieldSpec("label", gettext_lazy("Ký hiệu điểm")), _TEXT),
    Family.ADDRESSEES: (FieldSpec("name", gettext_lazy("Nơi thực hiện")),),
    Family.PROPOSALS: (
        _TEXT,
        _UNITS,
        _SPEAKER,
        _ADDRESSEE,
        FieldSpec("topic", gettext_lazy("Lĩnh vực"), "choice", _topic_choices),
        FieldSpec(
            "kind",
            gettext_lazy("Loại"),
            "choice",
            lambda: [("request", _("Kiến nghị, đề xuất")), ("difficulty", _("Khó khăn, vướng mắc"))],
        ),
    ),
    Family.DIRECTIONS: (
        _TEXT,
        FieldSpec("units", gettext_lazy("Đơn vị thực hiện"), "list"),
        FieldSpec("speaker", gettext_lazy("Người yêu cầu")),
        FieldSpec("addressee", gettext_lazy("Giao cho")),
    ),
    Family.COMMITMENTS: (_TEXT, _UNITS, FieldSpec("speaker", gettext_lazy("Người cam kết"))),
    Family.FIGURES: (
        FieldSpec("value", gettext_lazy("Giá trị"), "numbers"),
        FieldSpec("unit", gettext_lazy("Đơn vị tính")),
        FieldSpec("qualifier", gettext_lazy("Mức độ"), "choice", _choices(Qualifier)),
        FieldSpec("subject", gettext_lazy("Của đơn vị")),
    ),
    Family.PEOPLE: (
        FieldSpec("name", gettext_lazy("Họ và tên")),
        FieldSpec("titles", gettext_lazy("Chức danh (mỗi dòng: chức danh | cơ quan)"), "titles"),
        _MATCH,
    ),
    Family.ROLES: (
        FieldSpec("person", gettext_lazy("Họ và tên")),
        FieldSpec("role", gettext_lazy("Vai trò"), "choice", _choices(Part)),
    ),
    Family.DOCUMENTS: (
        FieldSpec("type", gettext_lazy("Loại văn bản")),
        FieldSpec("number", gettext_lazy("Số")),
        FieldSpec("symbol", gettext_lazy("Ký hiệu")),
        FieldSpec("date", gettext_lazy("Ngày"), "date"),
        FieldSpec("issuer", gettext_lazy("Cơ quan ban hành")),
        _MATCH,
    ),
    Family.UNITS: (
        FieldSpec("name", gettext_lazy("Tên đơn vị")),
        FieldSpec("code", gettext_lazy("Trong danh mục"), "match"),
    ),
}


def spec(owner: str, name: str) -> FieldSpec:
    """The field `name` of what was read as a whole (owner: the kind of draft), or of a family."""
    specs = HEADS[DraftKind(owner)] if owner in DraftKind.values else ITEMS[Family(owner)]
    found = next((one for one in specs if one.name == name), None)
    if found is None:
        raise Refused(_("Ô này không sửa được."))
    return found


def parse_field(owner: str, name: str, typed: str) -> Any:
    """The value of what stands in a box; an empty box is no value."""
    one = spec(owner, name)
    text = typed.replace("\r\n", "\n").strip()
    if not text:
        return [] if one.kind in {"list", "titles"} else None
    return _PARSERS[one.kind](one, text)


def show_field(one: FieldSpec, value: Any) -> str:
    """What stands in the box for a value; `parse_field` reads it back to the same value."""
    if value is None:
        return ""
    match one.kind:
        case "date":
            return date.fromisoformat(value).strftime("%d-%m-%Y")
        case "numbers":
            return " - ".join(
                shown_number(number) for number in (value if isinstance(value, list) else [value])
            )
        case "list":
            return "; ".join(value)
        case "titles":
            return "\n".join(_show_title(title) for title in value)
        case _:
            return str(value)


def starting_fields(family: Family, words: str, content: Content, start: int = 0) -> Fields:
    """The fields of a record a person adds by selecting words; the rest is filled from what is known."""
    if family in (Family.TASKS, Family.POINTS, Family.ADDRESSEES):
        return _of_directive(family, words, content, start)
    units = list(content.meeting.get("units") or [])
    match family:
        case Family.PROPOSALS:
            return {
                "text": words,
                "units": units,
                "speaker": None,
                "addressee": None,
                "topic": OTHER,
                "kind": "request",
            }
        case Family.DIRECTIONS:
            return {"text": words, "units": units, "speaker": content.meeting.get("chair"), "addressee": None}
        case Family.COMMITMENTS:
            return {"text": words, "units": units, "speaker": None}
        case Family.FIGURES:
            return {
                "value": None,
                "unit": None,
                "qualifier": "=",
                "subject": units[0] if len(units) == 1 else None,
            }
        case Family.PEOPLE:
            return {"name": words, "titles": []}
        case Family.ROLES:
            return {"person": words, "role": Part.ATTENDS.value}
        case Family.DOCUMENTS:
            return {"type": None, "number": None, "symbol": None, "date": None, "issuer": None}
        case Family.UNITS:
            return {"name": words, "code": None, "status": "current"}


def _of_directive(family: Family, words: str, content: Content, start: int) -> Fields:
    point = _point_around(start, content)
    if family == Family.ADDRESSEES:
        return {"name": words, "point": point}
    if family == Family.POINTS:
        label, _space, rest = words.partition(" ")
        path = f"them-{1 + sum(item.added for item in content)}"
        return {"label": label, "text": rest or words, "path": path, "kind": "point", "parent": None}
    nothing: Fields = {"lead": [], "support": [], "due": None, "product": None}
    return {"text": words, "point": point, **nothing, "topic": OTHER}


def _point_around(place: int, content: Content) -> str:
    """The point in whose words a place lies: the last that begins before it."""
    before = [item for item in content.kept(Family.POINTS) if item.spans[0][0] <= place]
    last = max(before, key=lambda item: item.spans[0], default=None)
    return str(last.fields["path"]) if last else ""


def _parse_date(one: FieldSpec, text: str) -> str:
    try:
        day, month, year = (int(part) for part in text.replace("/", "-").replace(".", "-").split("-"))
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise Refused(
            _("Ô “%(field)s”: “%(typed)s” không phải ngày. Nhập như 30-10-2025.")
            % {"field": one.label, "typed": text}
        ) from error


def _parse_integer(one: FieldSpec, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise Refused(
            _("Ô “%(field)s”: “%(typed)s” không phải số nguyên. Nhập như 10.")
            % {"field": one.label, "typed": text}
        )
    return int(text)


def _parse_numbers(one: FieldSpec, text: str) -> Any:
    """One number, or two with " - " between them."""
    try:
        numbers = [_number(part.strip()) for part in text.split(" - ")]
    except ValidationError as wrong:
        raise Refused(
            _("Ô “%(field)s”: %(why)s Khoảng ghi như 5 - 6.") % {"field": one.label, "why": wrong.message}
        ) from wrong
    if len(numbers) > 2:
        raise Refused(_("Ô “%(field)s”: nhiều nhất hai số, như 158 - 170.") % {"field": one.label})
    return numbers if len(numbers) == 2 else numbers[0]


def _number(text: str) -> int | float:
    number = read_number(text)
    return int(number) if number == int(number) else float(number)


def _parse_list(one: FieldSpec, text: str) -> list[str]:
    return [part.strip() for part in text.replace("\n", ";").split(";") if part.strip()]


def _parse_titles(one: FieldSpec, text: str) -> list[dict[str, str | None]]:
    lines = (line.partition("|") for line in text.split("\n") if line.strip())
    return [{"title": title.strip(), "organisation": place.strip() or None} for title, _bar, place in lines]


def _show_title(title: Mapping[str, str | None]) -> str:
    place = title.get("organisation")
    return f"{title['title']} | {place}" if place else str(title["title"])


def _parse_choice(one: FieldSpec, text: str) -> str:
    assert one.choices is not None
    if text not in {value for value, _label in one.choices()}:
        raise Refused(_("Ô “%(field)s”: hãy chọn một giá trị trong danh sách.") % {"field": one.label})
    return text


def _parse_match(one: FieldSpec, text: str) -> str:
    if text != NEW and not (text.isascii() and text.isdigit()):
        raise Refused(_("Ô “%(field)s”: hãy chọn một giá trị trong danh sách.") % {"field": one.label})
    return text


def _parse_text(one: FieldSpec, text: str) -> str:
    return text


_PARSERS: Mapping[str, Callable[[FieldSpec, str], Any]] = {
    "text": _parse_text,
    "area": _parse_text,
    "date": _parse_date,
    "integer": _parse_integer,
    "numbers": _parse_numbers,
    "list": _parse_list,
    "titles": _parse_titles,
    "choice": _parse_choice,
    "match": _parse_match,
    "point": _parse_text,
}
