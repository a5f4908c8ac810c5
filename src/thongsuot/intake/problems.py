"""What stands between a draft and the registers: each problem says what, where and how to mend it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from thongsuot.intake.content import Content, Item
from thongsuot.intake.enums import Effect, Family
from thongsuot.intake.matching import Matches, UnitMatch, match_group, named_units
from thongsuot.intake.policies import may_enter
from thongsuot.oversight.enums import MeetingKind
from thongsuot.units.models import Mandate, Unit

# A letter or a report is no meeting: it may speak to every unit and needs none by name.
WITHOUT_MEETING = frozenset({MeetingKind.DIRECTIVE.value, MeetingKind.OTHER.value})


@dataclass(frozen=True, slots=True)
class Problem:
    """`place` is an item's key or "meeting.<field>"."""

    place: str
    message: str
    effect: Effect = Effect.BLOCKS

    @property
    def blocks(self) -> bool:
        return self.effect == Effect.BLOCKS

    @property
    def is_notice(self) -> bool:
        return self.effect == Effect.NOTICE


def report_problems(content: Content, matches: Matches, by: Mandate, received_at: Unit) -> list[Problem]:
    return [
        *_meeting_problems(content, matches, by),
        *_group_notices(content, entered_units(content, matches, received_at), by),
        *_item_problems(content, matches),
    ]


def left_out(problems: list[Problem]) -> set[str]:
    """Keys of the items that will not be written."""
    return {problem.place for problem in problems if problem.effect == Effect.LEAVES_OUT}


def is_meeting(content: Content) -> bool:
    return content.meeting.get("kind") not in {*WITHOUT_MEETING, None}


def meeting_units(content: Content, matches: Matches) -> list[Unit]:
    return _found(content.meeting.get("units") or [], matches)


def _found(printed: Iterable[str], matches: Matches) -> list[Unit]:
    """The units meant, each once; names that lead to none are left to the problems."""
    chosen = (matches.unit(name).chosen for name in printed)
    return list(dict.fromkeys(unit for unit in chosen if unit))


def entered_units(content: Content, matches: Matches, received_at: Unit) -> list[Unit]:
    """Those the meeting will be entered with: a paper that names none concerns the unit that received it."""
    return meeting_units(content, matches) or [received_at]


def concerned_units(content: Content, matches: Matches) -> list[Unit]:
    """Every unit a record of the draft would be written about."""
    return _found(named_units(content), matches)


def _meeting_problems(content: Content, matches: Matches, by: Mandate) -> Iterator[Problem]:
    meeting = content.meeting
    if not meeting.get("kind"):
        yield Problem("meeting.kind", _("Chưa rõ đây là buổi giám sát, hội nghị hay văn bản. Hãy chọn loại."))
    if not meeting.get("date"):
        yield Problem("meeting.date", _("Chưa có ngày. Nhập ngày diễn ra, ví dụ 30-10-2025."))
    elif date.fromisoformat(meeting["date"]) < date(2025, 7, 1):
        yield Problem(
            "meeting.date", _("Ngày này trước 01-7-2025, khi chưa có chính quyền 2 cấp. Kiểm tra lại năm.")
        )
    if is_meeting(content) and not meeting.get("units"):
        yield Problem(
            "meeting.units", _("Chưa có đơn vị nào. Nhập tên phường, xã, cách nhau bằng dấu chấm phẩy.")
        )
    for name in meeting.get("units") or []:
        yield from _unit_problem("meeting.units", name, matches.unit(name))
    verdict = may_enter(by, concerned_units(content, matches))
    if not verdict:
        yield Problem("meeting.units", verdict.why)


def _group_notices(content: Content, units: list[Unit], by: Mandate) -> Iterator[Problem]:
    number = content.meeting.get("working_group")
    if not number:
        return
    found = match_group(number, units, by)
    if found.chosen:
        return
    if found.alternatives:
        message = _(
            "Nhiều đợt giám sát có tổ công tác số %(number)d, không tổ nào làm việc với đơn vị của buổi này; "
            "buổi này sẽ vào sổ không gắn tổ. Phân công đơn vị cho tổ rồi xác nhận sau, hoặc bỏ số tổ."
        )
    else:
        message = _(
            "Chưa có tổ công tác số %(number)d trong đợt giám sát nào; buổi này sẽ vào sổ không gắn tổ. "
            "Lập tổ ở mục Giám sát & hội nghị rồi xác nhận sau, hoặc bỏ số tổ."
        )
    yield Problem("meeting.working_group", message % {"number": number}, Effect.NOTICE)


def _unit_problem(
    place: str, name: str, found: UnitMatch, effect: Effect = Effect.BLOCKS
) -> Iterator[Problem]:
    if found.chosen:
        return
    if found.alternatives:
        provinces = ", ".join(str(unit.parent) for unit in found.alternatives[:5])
        message = _("“%(name)s” có ở nhiều tỉnh (%(provinces)s). Hãy chọn mã đơn vị ở mục Đơn vị hành chính.")
        yield Problem(place, message % {"name": name, "provinces": provinces}, effect)
    else:
        message = _(
            "Không tìm thấy “%(name)s” trong danh mục đơn vị. Kiểm tra tên, ví dụ “phường Tân Khánh”."
        )
        yield Problem(place, message % {"name": name}, effect)


def _item_problems(content: Content, matches: Matches) -> Iterator[Problem]:
    for item in content.kept():
        yield from _CHECKS[item.family](item, matches)


def _check_text(item: Item, matches: Matches) -> Iterator[Problem]:
    if not item.fields.get("text"):
        yield Problem(item.key, _("Chưa có nội dung. Nhập nội dung hoặc bỏ mục này."))
    for name in item.fields.get("units") or []:
        yield from _unit_problem(item.key, name, matches.unit(name))


def _check_figure(item: Item, matches: Matches) -> Iterator[Problem]:
    subject = item.fields.get("subject")
    if item.fields.get("value") is None or not item.fields.get("unit"):
        yield Problem(item.key, _("Số liệu cần cả giá trị và đơn vị tính. Nhập đủ, hoặc bỏ mục này."))
    elif not subject:
        yield Problem(
            item.key,
            _("Chưa rõ số liệu của đơn vị nào nên sẽ không vào sổ. Nhập tên đơn vị để ghi."),
            Effect.LEAVES_OUT,
        )
    else:
        yield from _unit_problem(item.key, subject, matches.unit(subject), Effect.LEAVES_OUT)


def _check_person(item: Item, matches: Matches) -> Iterator[Problem]:
    if not (item.fields.get("name") or item.fields.get("person")):
        yield Problem(item.key, _("Chưa có họ tên. Nhập họ tên hoặc bỏ mục này."))


def _check_document(item: Item, matches: Matches) -> Iterator[Problem]:
    if not item.fields.get("number"):
        yield Problem(
            item.key, _("Văn bản chưa có số nên sẽ không vào sổ. Nhập số, ký hiệu để ghi."), Effect.LEAVES_OUT
        )


def _check_nothing(item: Item, matches: Matches) -> Iterator[Problem]:
    return iter(())


_CHECKS: Mapping[Family, Callable[[Item, Matches], Iterator[Problem]]] = {
    Family.PROPOSALS: _check_text,
    Family.DIRECTIONS: _check_text,
    Family.COMMITMENTS: _check_text,
    Family.FIGURES: _check_figure,
    Family.PEOPLE: _check_person,
    Family.ROLES: _check_person,
    Family.DOCUMENTS: _check_document,
    Family.UNITS: _check_nothing,
}
