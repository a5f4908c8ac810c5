"""The way of a transfer as dated data: every kind of move has one, and says where it is our own reading."""

from datetime import date

import pytest

from thongsuot.lawbook.rulebook import open_rules
from thongsuot.lawbook.transfers import chain_of, consulted, handover_items, sides, transfer_rules

ON = date(2026, 1, 5)
KINDS = ("inside", "between", "blocks", "department")


def test_a_person_is_heard_but_need_not_consent() -> None:
    rules = transfer_rules(ON)
    assert not rules.consent_of_person
    assert "Điều 25" in rules.hearing_source["vi"]


@pytest.mark.parametrize(
    ("kind", "rounds", "decides", "certain"),
    [
        ("inside", (), "commune", True),
        ("between", (("sender", "receiver"),), "province", False),
        ("blocks", (("sender", "receiver"), ("block",)), "province", False),
        ("department", (("sender", "receiver"), ("home-affairs",)), "province", False),
    ],
)
def test_each_kind_of_move_has_its_own_chain(
    kind: str, rounds: tuple[tuple[str, ...], ...], decides: str, certain: bool
) -> None:
    chain = chain_of(kind, ON)
    assert (chain.rounds, chain.decides, chain.certain) == (rounds, decides, certain)


def test_inside_a_committee_the_party_and_the_front_are_consulted() -> None:
    assert [consulted(code) for code in chain_of("inside", ON).consult] == [
        "Ban Thường vụ cấp ủy",
        "Ủy ban Mặt trận Tổ quốc",
    ]


def test_every_rule_names_its_source() -> None:
    rules = transfer_rules(ON)
    assert all(chain.source["vi"] and chain.signer["vi"] for chain in rules.chains.values())
    assert rules.clocks.source["vi"].startswith("Mặc định")
    assert not rules.clocks.certain


def test_before_the_first_day_written_the_first_set_holds() -> None:
    assert transfer_rules(date(2020, 1, 1)) == transfer_rules(date(2025, 7, 1))


def test_a_secondment_leaves_payroll_and_file_where_they_are() -> None:
    transfer = {item.code for item in handover_items("between", "transfer")}
    secondment = {item.code for item in handover_items("between", "secondment")}
    assert transfer - secondment == {"personnel-file", "payroll", "payroll-taken-up"}


@pytest.mark.parametrize("kind", KINDS)
def test_something_is_handed_over_in_every_kind_of_move(kind: str) -> None:
    for means in chain_of(kind, ON).means:
        items = handover_items(kind, means)
        assert items
        assert all(sides()[item.code] == item.side for item in items)


def test_codes_of_the_list_are_told_apart() -> None:
    codes = [one["code"] for one in open_rules("transfers")["handover"]]
    assert len(codes) == len(set(codes))
