"""What a unit rightly says of a figure leads to the next version of its return; what counts is not written over."""

from decimal import Decimal

import pytest

from tests.returns.scene import accepted, indicator
from thongsuot.indicators.actions import answer_dispute, dispute_figure
from thongsuot.indicators.models import Dispute, StatedFigure
from thongsuot.kernel.verdicts import Refused
from thongsuot.returns.actions import accept_return, approve_return, reopen_return, submit_return
from thongsuot.returns.enums import State
from thongsuot.returns.models import Return
from thongsuot.returns.queries.rounds import owed
from thongsuot.units.models import Mandate

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(clerk: Mandate, head: Mandate, officer: Mandate, row: Return) -> Return:
    return accepted(clerk, head, officer, row)


def disputed(clerk: Mandate, row: Return) -> Dispute:
    return dispute_figure(
        by=clerk,
        indicator=indicator("party_members"),
        unit=row.unit,
        period=row.round.period,
        value=Decimal(1560),
        reason="Sót một chi bộ",
    )


def members(row: Return) -> list[tuple[int, int, bool]]:
    rows = StatedFigure.objects.filter(indicator__code="party_members", unit=row.unit)
    return [
        (one.statement.version, int(one.value or 0), one.in_force)
        for one in rows.select_related("statement").order_by("statement__version")
    ]


def test_agreeing_opens_the_next_version_with_the_number_proposed(
    clerk: Mandate, head: Mandate, officer: Mandate, counted: Return
) -> None:
    dispute = answer_dispute(by=officer, dispute=disputed(clerk, counted), accept=True, answer="Đúng")
    counted.refresh_from_db()
    assert (counted.state, counted.number) == (State.DRAFT, 2)
    assert members(counted) == [(1, 1553, True), (2, 1560, False)]
    assert list(owed(clerk, counted.due)) == [counted]
    note = counted.versions.get(number=2).notes.get()
    assert note.line is not None
    assert note.line.indicator.code == "party_members"
    assert "1.553" in note.text
    assert "1.560" in note.text
    submit_return(by=clerk, row=counted)
    approve_return(by=head, row=counted)
    accept_return(by=officer, row=counted)
    assert members(counted) == [(1, 1553, False), (2, 1560, True)]
    dispute.refresh_from_db()
    assert dispute.corrected_in is not None
    assert dispute.corrected_in.in_force


def test_not_agreeing_changes_nothing(clerk: Mandate, officer: Mandate, counted: Return) -> None:
    answer_dispute(by=officer, dispute=disputed(clerk, counted), accept=False, answer="Số đã đối chiếu")
    counted.refresh_from_db()
    assert (counted.state, counted.number) == (State.ACCEPTED, 1)
    assert members(counted) == [(1, 1553, True)]


def test_a_version_already_open_takes_it_in(clerk: Mandate, officer: Mandate, counted: Return) -> None:
    dispute = disputed(clerk, counted)
    reopen_return(by=officer, row=counted, reason="Bổ sung lời văn")
    answer_dispute(by=officer, dispute=dispute, accept=True, answer="Đúng")
    counted.refresh_from_db()
    assert counted.number == 2
    assert members(counted) == [(1, 1553, True), (2, 1560, False)]


def test_a_version_on_its_way_up_comes_back_first(clerk: Mandate, officer: Mandate, counted: Return) -> None:
    dispute = disputed(clerk, counted)
    counted = reopen_return(by=officer, row=counted, reason="Bổ sung lời văn")
    submit_return(by=clerk, row=counted)
    with pytest.raises(Refused, match="trả lại phiên bản ấy"):
        answer_dispute(by=officer, dispute=dispute, accept=True, answer="Đúng")
    dispute.refresh_from_db()
    assert dispute.state == "open"
