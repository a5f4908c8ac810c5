"""A draft that was read as a directive: when its terms end, what it may become, and what stands in the way."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from thongsuot.documents.models import Document
from thongsuot.documents.policies import may_edit
from thongsuot.documents.queries import find_document
from thongsuot.documents.queries.text import newest_version
from thongsuot.intake.content import Content, Item
from thongsuot.intake.enums import Effect, Family
from thongsuot.intake.matching import Matches
from thongsuot.intake.problems import Problem
from thongsuot.kernel.symbols import parse_symbol
from thongsuot.kernel.vietnamese import fold
from thongsuot.lawbook.calendar import add_working_days
from thongsuot.lawbook.document_types import document_types
from thongsuot.lawbook.topics import OTHER
from thongsuot.matters.policies import may_order
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate
from thongsuot.units.policies import works_in

_QUARTER = 3
_HALF_YEAR = 6
_YEAR = 12
_MONTHS = {"month": 1, "quarter": _QUARTER, "half-year": _HALF_YEAR, "year": _YEAR}


def with_days(content: Content) -> Content:
    """The same content with the day each task is due, counted from the day of the paper, as part of what was read."""
    printed = content.meeting.get("date")
    signed = date.fromisoformat(printed) if printed else None
    return replace(content, items=tuple(_with_day(item, signed) for item in content.items))


def _with_day(item: Item, signed: date | None) -> Item:
    if item.family != Family.TASKS or not (term := item.fields.get("term")):
        return item
    day = day_of_term(term, signed)
    due = day.isoformat() if day else None
    return replace(item, fields={**item.fields, "due": due}, read={**item.read, "due": due})


def day_of_term(term: Mapping[str, Any], signed: date | None) -> date | None:
    """The day itself, the first time a repeated day comes, or the end of a term that runs from the day of the paper."""
    if term.get("on"):
        return date.fromisoformat(term["on"])
    if signed is None:
        return None
    if term.get("days"):
        return (
            add_working_days(signed, term["days"])
            if term["working"]
            else signed + timedelta(days=term["days"])
        )
    every, day = term.get("every"), term.get("day")
    if every == "week":
        ahead = ((day or 5) - signed.isoweekday()) % 7 or 7
        return signed + timedelta(days=ahead)
    return _next(signed, _MONTHS[every], day) if every in _MONTHS else None


def _next(signed: date, months: int, day: int | None) -> date:
    """The first such day after the paper: in the last month of the period, on its last day unless told."""
    month = -(-signed.month // months) * months
    found = _in_month(signed.year, month, day)
    return found if found > signed else _in_month(signed.year, month + months, day)


def _in_month(year: int, month: int, day: int | None) -> date:
    year, month = year + (month - 1) // _YEAR, (month - 1) % _YEAR + 1
    first_after = date(year + month // _YEAR, month % _YEAR + 1, 1)
    last = first_after - timedelta(days=1)
    return last if day is None or day > last.day else date(year, month, day)


# -- the register of documents -------------------------------------------------------


def identity_of(content: Content) -> dict[str, Any] | None:
    """Number, symbol, day and issuer as the register asks for them; None where the symbol cannot be read."""
    head = content.meeting
    symbol = parse_symbol(head.get("symbol") or "")
    if symbol is None:
        return None
    on = date.fromisoformat(head["date"]) if head.get("date") else None
    return {"number": symbol.number, "symbol": symbol.code, "date": on, "issuer": head.get("issuer") or ""}


def known_document(content: Content) -> Document | None:
    identity = identity_of(content)
    return find_document(**identity).exact if identity else None


def own_paper(content: Content, by: Mandate) -> bool:
    """Whether the unit taking it in issued it."""
    return fold(by.unit.title) in fold(content.meeting.get("issuer") or "")


def keeps_points(content: Content, by: Mandate, known: Document | None) -> bool:
    """Points are kept by whoever keeps the register, or issued the paper; never twice."""
    if known:
        return bool(may_edit(by, known)) and newest_version(known) is None
    return by.allows(Verb.KEEP_DOCUMENTS) or (by.allows(Verb.IMPLEMENT) and own_paper(content, by))


# -- what stands in the way ------------------------------------------------------------


def directive_problems(content: Content, matches: Matches, by: Mandate) -> list[Problem]:
    known = known_document(content)
    return [
        *_head_problems(content),
        *_notices(content, by, known),
        *_task_problems(content, by),
        *_point_problems(content.kept(Family.POINTS)),
        *(
            Problem(
                item.key,
                _("Văn bản chưa có số nên sẽ không vào sổ. Nhập số, ký hiệu để ghi."),
                Effect.LEAVES_OUT,
            )
            for item in content.kept(Family.DOCUMENTS)
            if not item.fields.get("number")
        ),
        *(
            Problem(item.key, _("Chưa có tên nơi thực hiện. Nhập tên hoặc bỏ mục này."))
            for item in content.kept(Family.ADDRESSEES)
            if not item.fields.get("name")
        ),
    ]


def _head_problems(content: Content) -> Iterator[Problem]:
    head = content.meeting
    if identity_of(content) is None:
        message = _("Chưa có số, ký hiệu đọc được. Nhập như 249-KH/UBKTTW, 593/TB-VPCP hoặc 30/2020/NĐ-CP.")
        yield Problem("meeting.symbol", message)
    if not head.get("date"):
        yield Problem("meeting.date", _("Chưa có ngày ban hành. Nhập ngày, ví dụ 30-10-2026."))
    if not head.get("issuer"):
        yield Problem("meeting.issuer", _("Chưa có cơ quan ban hành. Nhập tên cơ quan như trên văn bản."))
    if (head.get("type") or "") not in document_types():
        yield Problem("meeting.type", _("Chưa rõ loại văn bản. Hãy chọn loại."))


def _notices(content: Content, by: Mandate, known: Document | None) -> Iterator[Problem]:
    if known:
        message = _("Sổ đã có “%(document)s”; xác nhận sẽ dùng văn bản đó, không ghi thêm văn bản mới.")
        yield Problem("meeting.symbol", message % {"document": known}, Effect.NOTICE)
    if content.kept(Family.POINTS) and not keeps_points(content, by, known):
        if known and newest_version(known):
            message = _("Văn bản trong sổ đã có nội dung; các điểm đọc được sẽ không ghi lại.")
        else:
            message = _("Vai trò đang dùng không giữ nội dung của văn bản này; các điểm sẽ không vào sổ.")
        yield Problem("meeting.points", message, Effect.NOTICE)


def _task_problems(content: Content, by: Mandate) -> Iterator[Problem]:
    tasks = content.kept(Family.TASKS)
    if tasks and not (verdict := may_order(by)):
        message = _("Các nhiệm vụ sẽ không thành dự thảo giao việc: %(why)s") % {"why": verdict.why}
        yield Problem("meeting.tasks", message, Effect.NOTICE)
        for item in tasks:
            yield Problem(item.key, verdict.why, Effect.LEAVES_OUT)
        return
    for item in tasks:
        if not item.fields.get("text"):
            yield Problem(item.key, _("Chưa có nội dung. Nhập nội dung hoặc bỏ mục này."))
        if not works_in(by, item.fields.get("topic") or OTHER):
            message = _(
                "Nhiệm vụ thuộc lĩnh vực ngoài vai trò đang dùng nên không vào sổ. Chọn lĩnh vực được giao."
            )
            yield Problem(item.key, message, Effect.LEAVES_OUT)


def _point_problems(points: Sequence[Item]) -> Iterator[Problem]:
    for item in points:
        if not item.fields.get("label") and item.fields.get("kind") != "paragraph":
            yield Problem(
                item.key, _("Điểm chưa có ký hiệu. Nhập như “Điều 3.”, “2.” hoặc “b)”, hoặc bỏ điểm này.")
            )
