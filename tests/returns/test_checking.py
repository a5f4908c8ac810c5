"""What is wrong with a return: found all at once, weighed, and never found in a sound one."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.returns.checking import Asked, AskedSection, Cell, SaidFigure, check
from thongsuot.returns.enums import FaultCode, Level
from thongsuot.returns.narrative import figures_said

WHOLE = Asked(1, "Nhiệm vụ", "count", required=False)
PARTS = [Asked(key, f"Phần {key}", "count", required=False, part_of=1) for key in (2, 3)]


def codes(lines: list[Asked], cells: dict[int, Cell], **more: Any) -> list[FaultCode]:
    given_ = {"sections": [], "passages": {}, "before": {}} | more
    return [fault.code for fault in check(lines, cells, **given_)]


def number(value: object, second: object = None) -> Cell:
    return Cell(Decimal(str(value)), None if second is None else Decimal(str(second)))


@pytest.mark.parametrize(
    ("line", "cell", "code"),
    [
        ({}, Cell(), FaultCode.MISSING),
        ({}, number("1.5"), FaultCode.NOT_WHOLE),
        ({}, number(-1), FaultCode.BELOW_ZERO),
        ({"least": Decimal(5)}, number(4), FaultCode.LOW),
        ({"most": Decimal(5)}, number(6), FaultCode.HIGH),
        ({"kind": "ratio"}, number(3), FaultCode.PAIR),
        ({"kind": "ratio"}, number(3, 0), FaultCode.PAIR),
        ({"kind": "ratio"}, number(34, 33), FaultCode.OVER_WHOLE),
        ({"kind": "ratio", "most": Decimal(200)}, number(34, 33), None),
        ({"kind": "ratio", "least": Decimal(90)}, number(8, 10), FaultCode.LOW),
        ({"kind": "amount"}, number("-2.5"), None),
        ({"kind": "text"}, Cell(words="đã ban hành"), None),
        ({}, Cell(applicable=False), None),
        ({"required": False}, Cell(), None),
        ({}, number(0), None),
    ],
)
def test_a_cell_is_checked_by_what_its_line_asks(
    line: dict[str, Any], cell: Cell, code: FaultCode | None
) -> None:
    asked = Asked(**({"key": 1, "name": "Hồ sơ", "kind": "count"} | line))
    assert codes([asked], {1: cell}) == ([code] if code else [])


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=2))
def test_parts_that_add_up_are_never_faulted(parts: list[int]) -> None:
    cells = {2: number(parts[0]), 3: number(parts[1]), 1: number(sum(parts))}
    assert codes([WHOLE, *PARTS], cells) == []


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 10**6))
def test_parts_that_do_not_add_up_always_are(one: int, other: int, off: int) -> None:
    cells = {2: number(one), 3: number(other), 1: number(one + other + off)}
    assert codes([WHOLE, *PARTS], cells) == [FaultCode.PARTS]


def test_while_a_part_is_missing_the_others_may_only_not_exceed_the_whole() -> None:
    assert codes([WHOLE, *PARTS], {1: number(10), 2: number(4)}) == []
    assert codes([WHOLE, *PARTS], {1: number(10), 2: number(11)}) == [FaultCode.PARTS]


@pytest.mark.parametrize(
    ("now", "then", "asked"),
    [(300, 100, False), (301, 100, True), (33, 100, True), (0, 2, False), (0, 9, True)],
)
def test_a_jump_is_asked_about_and_may_stand(now: int, then: int, asked: bool) -> None:
    line = Asked(1, "Hồ sơ", "count", jump=Decimal(3))
    found = check([line], {1: number(now)}, [], {}, {1: number(then)})
    assert [(fault.code, fault.level) for fault in found] == (
        [(FaultCode.JUMP, Level.EXPLAIN)] if asked else []
    )


def test_a_section_that_must_be_written_is() -> None:
    sections = [AskedSection(7, "Kết quả", True), AskedSection(8, "Kiến nghị", False)]
    assert codes([], {}, sections=sections, passages={7: "  \n"}) == [FaultCode.EMPTY]


def test_words_contradict_only_when_no_number_in_them_agrees() -> None:
    line = Asked(1, "Hồ sơ", "count")
    wrong, right = SaidFigure(1, 7, False, "9.000 hồ sơ"), SaidFigure(1, 7, True, "12.410 hồ sơ")
    assert codes([line], {1: number(12410)}, said=[wrong]) == [FaultCode.NARRATIVE]
    assert codes([line], {1: number(12410)}, said=[wrong, right]) == []


RECEIVED = Asked(1, "Hồ sơ tiếp nhận", "count", "hồ sơ", "dossiers_received")
MEMBERS = Asked(2, "Đảng viên", "count", "đảng viên", "party_members")
REVENUE = Asked(3, "Thu ngân sách", "amount", "đồng", "budget_revenue")
TARGETS = Asked(4, "Chỉ tiêu", "ratio", "chỉ tiêu", "targets")
CELLS = {1: number(12410), 2: number(1553), 3: number(12_512_000_000), 4: number(32, 33)}


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("Đã tiếp nhận 12.410 hồ sơ.", [True]),
        ("Đã tiếp nhận 12.140 hồ sơ.", [False]),
        ("Đã tiếp nhận hơn 12.400 hồ sơ.", [True]),
        ("Đã tiếp nhận hơn 13.000 hồ sơ.", [False]),
        ("Đảng bộ có 1.553 đảng viên.", [True]),
        ("Tổng thu ngân sách đạt 12,5 tỷ đồng.", [True]),
        ("Tổng thu ngân sách đạt 13,5 tỷ đồng.", [False]),
        ("Đạt 32/33 chỉ tiêu nghị quyết.", [True]),
        ("Đạt 31/33 chỉ tiêu nghị quyết.", [False]),
        ("So với cùng kỳ năm trước tiếp nhận 9.000 hồ sơ.", []),
        ("Phấn đấu tiếp nhận 15.000 hồ sơ.", []),
        ("Đã vận động 20 hộ hiến đất.", []),
    ],
)
def test_numbers_in_the_words_are_read_and_compared(text: str, agrees: list[bool]) -> None:
    lines = [RECEIVED, MEMBERS, REVENUE, TARGETS]
    assert [one.agrees for one in figures_said(lines, [(7, "results", text)], CELLS)] == agrees


def test_what_is_planned_for_the_next_period_contradicts_nothing() -> None:
    assert figures_said([RECEIVED], [(7, "next_tasks", "Tiếp nhận 15.000 hồ sơ.")], CELLS) == []
