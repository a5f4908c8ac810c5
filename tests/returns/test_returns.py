"""A return from its round to the totals: who may do what, in which order, and what never happens."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction

from tests import people
from tests.returns.scene import QUARTER, VALUES, accepted, design, fill, filled, handed_in, indicator
from thongsuot.audit.actors import SYSTEM
from thongsuot.audit.models import Event
from thongsuot.indicators.actions import load_catalogue, rebuild_subtotals
from thongsuot.indicators.models import StatedFigure, Subtotal
from thongsuot.kernel.periods import PeriodName
from thongsuot.kernel.verdicts import Refused, Stale
from thongsuot.matters.models import Matter, Order
from thongsuot.notices.models import Notice
from thongsuot.returns.actions import (
    Faulty,
    Filled,
    Line,
    accept_return,
    accept_returns,
    approve_return,
    begin_return,
    change_template,
    chase_returns,
    close_round,
    design_from,
    end_template,
    extend_return,
    keep_template,
    load_templates,
    note_on,
    open_round,
    reopen_return,
    save_return,
    send_back_return,
    settle_note,
    submit_return,
    take_line,
)
from thongsuot.returns.checking import Cell
from thongsuot.returns.enums import STEPS, State, Step
from thongsuot.returns.models import Return, ReturnTemplate, ReturnVersion, Round
from thongsuot.returns.queries.papers import differences, paper_of
from thongsuot.returns.queries.taking import digest_of
from thongsuot.units.models import Mandate, Unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 16)


@pytest.fixture(autouse=True)
def today() -> object:
    with time_machine.travel(TODAY, tick=False):
        yield


def counted(unit: Unit, code: str) -> object:
    return (
        StatedFigure.objects.filter(unit=unit, indicator__code=code, in_force=True)
        .values_list("value", flat=True)
        .first()
    )


class TestTemplates:
    def test_those_that_come_with_the_system_are_loaded_once(self) -> None:
        load_catalogue(by=SYSTEM)
        assert load_templates(by=SYSTEM) == 2
        assert load_templates(by=SYSTEM) == 0
        quarter = ReturnTemplate.objects.get(code="quy-nha-nuoc")
        assert quarter.lines.count() == 27
        assert quarter.lines.get(indicator__code="tasks_overdue").part_of is not None

    def test_nobody_is_asked_the_same_twice(
        self, template: ReturnTemplate, province: Unit, officer: Mandate
    ) -> None:
        again = design(code="khac", lines=[Line(indicator("party_members"))])
        with pytest.raises(Refused, match="Báo cáo quý thử"):
            keep_template(by=officer, issuer=province, design=again)
        held = design(code="khac", lines=[Line(indicator("party_members"), prefill="held")])
        assert keep_template(by=officer, issuer=province, design=held).pk

    def test_units_that_are_not_the_same_may_be_asked_the_same(
        self, province: Unit, officer: Mandate, here: Unit, there: Unit
    ) -> None:
        for code, unit in (("mot", here), ("hai", there)):
            keep_template(
                by=officer, issuer=province, design=design(code=code, audience="chosen", chosen_units=[unit])
            )

    def test_a_used_one_ends_and_a_new_one_begins(
        self, called: Round, template: ReturnTemplate, officer: Mandate
    ) -> None:
        changed = change_template(
            by=officer, template=template, design=design(name="Mẫu mới", valid_from=date(2026, 10, 1))
        )
        template.refresh_from_db()
        assert (changed.pk != template.pk, template.valid_to, changed.valid_from) == (
            True,
            date(2026, 10, 1),
            date(2026, 10, 1),
        )
        assert template.lines.count() == changed.lines.count()

    def test_one_nobody_was_asked_by_is_changed_in_place(
        self, template: ReturnTemplate, officer: Mandate
    ) -> None:
        same = change_template(by=officer, template=template, design=design(name="Tên khác"))
        assert (same.pk, same.name) == (template.pk, "Tên khác")

    def test_one_of_the_whole_country_is_copied_not_changed(self, officer: Mandate, province: Unit) -> None:
        load_catalogue(by=SYSTEM)
        load_templates(by=SYSTEM)
        shared = ReturnTemplate.objects.get(code="thang-cap-uy")
        with pytest.raises(Refused, match="Sao thành mẫu"):
            change_template(by=officer, template=shared, design=design_from(shared))

    def test_it_ends(self, template: ReturnTemplate, officer: Mandate) -> None:
        end_template(by=officer, template=template, on=TODAY)
        with pytest.raises(Refused, match="không còn dùng"):
            open_round(by=officer, template=template, name=QUARTER)


class TestRounds:
    def test_every_unit_owes_one_by_the_day_of_the_rule_and_is_told(
        self, called: Round, here: Unit, there: Unit, clerk: Mandate
    ) -> None:
        assert {row.unit for row in called.returns.all()} == {here, there}
        assert called.due == date(2026, 9, 18)  # four working days after the 14th
        assert Notice.objects.filter(user=clerk.user, due_on=called.due).count() == 1

    def test_a_period_is_asked_for_once(
        self, called: Round, template: ReturnTemplate, officer: Mandate
    ) -> None:
        with pytest.raises(Refused, match="Đã mở"):
            open_round(by=officer, template=template, name=QUARTER)

    def test_another_kind_of_period_or_one_to_come_is_not_asked_for(
        self, template: ReturnTemplate, officer: Mandate, here: Unit
    ) -> None:
        for name in (PeriodName("month", 2026, 8), PeriodName("quarter", 2027, 1)):
            with pytest.raises(Refused):
                open_round(by=officer, template=template, name=name)

    def test_chasing_counts_and_reaches_only_those_who_owe(
        self, called: Round, row: Return, there: Unit, officer: Mandate, clerk: Mandate, head: Mandate
    ) -> None:
        handed_in(clerk, head, row)
        assert chase_returns(by=officer, called=called) == 1
        assert chase_returns(by=officer, called=called, units=[there.pk], words="Gấp") == 1
        other = Return.objects.get(round=called, unit=there)
        row.refresh_from_db()
        assert (other.times_chased, row.times_chased) == (2, 0)
        with pytest.raises(Refused):
            chase_returns(by=officer, called=called, units=[row.unit_id])

    def test_a_closed_round_is_final_until_a_unit_gets_a_new_day(
        self, called: Round, row: Return, there: Unit, officer: Mandate, clerk: Mandate, head: Mandate
    ) -> None:
        accepted(clerk, head, officer, row)
        with time_machine.travel(called.due + timedelta(days=10), tick=False):
            assert close_round(by=officer, called=called) == 1
            row.refresh_from_db()
            assert row.state == State.LOCKED
            other = Return.objects.select_related("round").get(round=called, unit=there)
            late = people.clerk(there)
            with pytest.raises(Refused, match="đã chốt"):
                begin_return(by=late, row=other)
            extend_return(by=officer, row=other, due=called.due + timedelta(days=12), reason="Mất điện")
            assert begin_return(by=late, row=other).number == 1

    def test_what_waits_is_decided_before_closing(
        self, called: Round, row: Return, officer: Mandate, clerk: Mandate, head: Mandate
    ) -> None:
        handed_in(clerk, head, row)
        with pytest.raises(Refused, match="chưa tiếp nhận"):
            close_round(by=officer, called=called)


class TestTheWay:
    def test_from_nothing_to_the_totals(
        self, row: Return, here: Unit, clerk: Mandate, head: Mandate, officer: Mandate
    ) -> None:
        accepted(clerk, head, officer, row)
        assert counted(here, "dossiers_received") == 12_410
        version = ReturnVersion.objects.get(parent=row)
        assert (version.submitted_by, version.approved_by) == (clerk.actor.name, head.actor.name)
        verbs = list(
            Event.objects.filter(verb__startswith="return.").order_by("number").values_list("verb", flat=True)
        )
        assert verbs[-5:] == [
            "return.begun",
            "return.saved",
            "return.submitted",
            "return.approved",
            "return.accepted",
        ]

    def test_nothing_counts_before_it_is_taken_in(
        self, row: Return, here: Unit, clerk: Mandate, head: Mandate
    ) -> None:
        handed_in(clerk, head, row)
        assert counted(here, "dossiers_received") is None

    def test_nobody_approves_what_they_handed_in(self, row: Return, head: Mandate) -> None:
        fill(head, row)
        submit_return(by=head, row=row)
        with pytest.raises(Refused, match="không tự duyệt"):
            approve_return(by=head, row=row)

    def test_a_faulty_one_is_not_handed_in_and_every_fault_is_told(self, row: Return, clerk: Mandate) -> None:
        fill(clerk, row, {"dossiers_received": 5}, words="")
        with pytest.raises(Faulty) as refused:
            submit_return(by=clerk, row=row)
        assert len(refused.value.faults) == 4

    def test_what_may_stand_stands_once_it_is_explained(self, row: Return, clerk: Mandate) -> None:
        fill(clerk, row, words="Đã tiếp nhận 9.000 hồ sơ.")
        with pytest.raises(Faulty):
            submit_return(by=clerk, row=row)
        line = row.round.template.lines.get(indicator__code="dossiers_received")
        save_return(by=clerk, row=row, filled=Filled(explanations={line.pk: "9.000 là số trực tiếp"}))
        assert submit_return(by=clerk, row=row).state == State.SUBMITTED

    @pytest.mark.parametrize("state", list(State))
    def test_only_steps_of_the_table_are_taken(
        self, state: State, row: Return, clerk: Mandate, head: Mandate, officer: Mandate
    ) -> None:
        if state != State.NOT_BEGUN:
            accepted(clerk, head, officer, row)
            Return.objects.filter(pk=row.pk).update(state=state)
            ReturnVersion.objects.filter(parent=row).update(accepted_at=None)
            if state not in (State.ACCEPTED, State.LOCKED):
                StatedFigure.objects.update(in_force=False)
        for step in set(Step) - {Step.LOCK}:  # locked with its round
            before = transaction.savepoint()
            self.take(step, Return.objects.get(pk=row.pk), clerk, head, officer)
            transaction.savepoint_rollback(before)

    def take(self, step: Step, row: Return, clerk: Mandate, head: Mandate, officer: Mandate) -> None:
        state = State(row.state)
        acts = {
            Step.BEGIN: lambda: begin_return(by=clerk, row=row),
            Step.SUBMIT: lambda: submit_return(by=clerk, row=row),
            Step.APPROVE: lambda: approve_return(by=head, row=row),
            Step.SEND_BACK: lambda: send_back_return(
                by=head if row.state == State.SUBMITTED else officer, row=row, reason="Thiếu"
            ),
            Step.ACCEPT: lambda: accept_return(by=officer, row=row),
            Step.REOPEN: lambda: reopen_return(by=officer, row=row, reason="Sai số"),
        }
        after = STEPS[state].get(step)
        if after is None and step != Step.BEGIN:
            with pytest.raises(Refused):
                acts[step]()
        elif after is not None:
            acts[step]()
        row.refresh_from_db()
        assert row.state == (after or state), step

    def test_the_wrong_people_are_refused(
        self, row: Return, there: Unit, clerk: Mandate, head: Mandate, officer: Mandate
    ) -> None:
        neighbour = people.clerk(there)
        with pytest.raises(Refused):
            begin_return(by=neighbour, row=row)
        fill(clerk, row)
        submit_return(by=clerk, row=row)
        for by in (clerk, officer):
            with pytest.raises(Refused):
                approve_return(by=by, row=row)
        approve_return(by=head, row=row)
        for by in (clerk, head):
            with pytest.raises(Refused):
                accept_return(by=by, row=row)

    def test_sent_back_with_its_reason_it_comes_again(
        self, row: Return, clerk: Mandate, head: Mandate, officer: Mandate
    ) -> None:
        handed_in(clerk, head, row)
        first = row.handed_in_at
        send_back_return(by=officer, row=row, reason="Thiếu số liệu hồ sơ trực tuyến")
        row.refresh_from_db()
        version = ReturnVersion.objects.get(parent=row)
        assert (row.state, version.approved_at, version.notes.get().text) == (
            State.SENT_BACK,
            None,
            "Thiếu số liệu hồ sơ trực tuyến",
        )
        submit_return(by=clerk, row=row)
        approve_return(by=head, row=row)
        row.refresh_from_db()
        assert row.handed_in_at == first

    def test_reopened_the_earlier_version_counts_until_the_next_is_taken_in(
        self, row: Return, here: Unit, clerk: Mandate, head: Mandate, officer: Mandate
    ) -> None:
        accepted(clerk, head, officer, row)
        reopen_return(by=officer, row=row, reason="Nhầm số hồ sơ")
        save_return(
            by=clerk, row=row, filled=filled(row, {"dossiers_received": 12_500}, "Tiếp nhận 12.500 hồ sơ.")
        )
        assert counted(here, "dossiers_received") == 12_410
        submit_return(by=clerk, row=row)
        approve_return(by=head, row=row)
        accept_return(by=officer, row=row)
        assert counted(here, "dossiers_received") == 12_500
        row.refresh_from_db()
        told = {one.what for one in differences(paper_of(row, 1), paper_of(row, 2))}
        assert told == {"Hồ sơ tiếp nhận", "Kết quả"}
        assert paper_of(row, 1).cells != paper_of(row, 2).cells

    def test_many_are_taken_in_each_by_itself(
        self, called: Round, row: Return, there: Unit, clerk: Mandate, head: Mandate, officer: Mandate
    ) -> None:
        handed_in(clerk, head, row)
        other = Return.objects.get(round=called, unit=there)
        done, refused = accept_returns(by=officer, rows=[other, row])
        assert (done, [one.unit for one, _why in refused]) == (1, [there])

    def test_sums_of_many_taken_in_are_those_of_each_by_itself(
        self, called: Round, row: Return, there: Unit, clerk: Mandate, head: Mandate, officer: Mandate
    ) -> None:
        other = Return.objects.get(round=called, unit=there)
        handed_in(clerk, head, row)
        handed_in(people.clerk(there), people.ward_leader(there), other)
        assert accept_returns(by=officer, rows=[other, row]) == (2, [])
        sums = Subtotal.objects.order_by("indicator").values(
            "indicator", "units", "value", "highest", "lowest"
        )
        together = list(sums)
        assert {line["units"] for line in together} == {2}
        Subtotal.objects.all().delete()
        rebuild_subtotals(periods=[called.period])
        assert list(sums.all()) == together


class TestFilling:
    def test_begun_twice_it_is_begun_once(self, row: Return, clerk: Mandate, head: Mandate) -> None:
        assert begin_return(by=clerk, row=row) == begin_return(by=head, row=row)

    def test_two_at_once_do_not_write_over_one_another(
        self, row: Return, clerk: Mandate, head: Mandate
    ) -> None:
        begin_return(by=clerk, row=row)
        row.refresh_from_db()
        shown = row.version
        save_return(by=clerk, row=row, filled=filled(row), seen=shown)
        with pytest.raises(Stale):
            save_return(by=head, row=row, filled=filled(row, {"dossiers_received": 1}), seen=shown)
        assert (
            paper_of(row).cells[filled(row).cells.__iter__().__next__()].value == VALUES["dossiers_received"]
        )

    def test_nothing_is_stored_by_halves(self, row: Return, clerk: Mandate) -> None:
        begin_return(by=clerk, row=row)
        with pytest.raises(Refused):
            save_return(
                by=clerk, row=row, filled=filled(row, {"dossiers_received": "1.5", "party_members": 9})
            )
        assert all(cell.value in (None, 0) for cell in paper_of(row).cells.values())

    def test_what_is_known_stands_in_it(
        self,
        row: Return,
        template: ReturnTemplate,
        clerk: Mandate,
        head: Mandate,
        officer: Mandate,
        here: Unit,
    ) -> None:
        accepted(clerk, head, officer, row)
        with time_machine.travel(date(2026, 12, 16), tick=False):
            following = open_round(by=officer, template=template, name=QUARTER.moved(1))
            other = Return.objects.get(round=following, unit=here)
            begin_return(by=clerk, row=other)
        other.refresh_from_db()
        cells = {
            line.indicator.code: cell
            for line, cell in ((one, paper_of(other).cell(one)) for one in paper_of(other).lines)
        }
        assert cells["party_members"] == Cell(value=VALUES["party_members"])  # type: ignore[arg-type]
        assert cells["tasks_overdue"].value == 0
        assert cells["dossiers_received"].is_blank

    def test_once_on_its_way_it_is_not_changed(self, row: Return, clerk: Mandate) -> None:
        fill(clerk, row)
        submit_return(by=clerk, row=row)
        with pytest.raises(Refused, match="không sửa được"):
            save_return(by=clerk, row=row, filled=filled(row))


class TestNotesAndLines:
    def test_a_remark_on_a_cell_is_settled_by_who_draws_it_up(
        self, row: Return, clerk: Mandate, head: Mandate, officer: Mandate
    ) -> None:
        handed_in(clerk, head, row)
        line = row.round.template.lines.first()
        note = note_on(by=officer, row=row, text="Kiểm tra lại số này", line=line)
        settle_note(by=clerk, note=note)
        note.refresh_from_db()
        assert note.settled_by == clerk.actor.name

    def test_a_line_becomes_a_proposal_once_and_leads_back(
        self, row: Return, clerk: Mandate, head: Mandate
    ) -> None:
        handed_in(clerk, head, row, proposals="- Bổ sung 02 biên chế tin học\n- Ngắn")
        section = row.round.template.sections.get(kind="proposals")
        digest = digest_of("Bổ sung 02 biên chế tin học")
        taken = take_line(by=clerk, row=row, section=section, digest=digest)
        proposal = Matter.objects.get(number=taken.what)
        assert (proposal.text, proposal.origin.path) == (
            "Bổ sung 02 biên chế tin học",
            row.get_absolute_url(),
        )
        with pytest.raises(Refused, match="đã được lập"):
            take_line(by=clerk, row=row, section=section, digest=digest)

    def test_a_line_becomes_the_draft_of_a_task_of_the_head(
        self, row: Return, clerk: Mandate, head: Mandate
    ) -> None:
        handed_in(clerk, head, row, next_tasks="1. Rà soát hộ nghèo trước 30-10")
        section = row.round.template.sections.get(kind="next_tasks")
        digest = digest_of("Rà soát hộ nghèo trước 30-10")
        with pytest.raises(Refused):
            take_line(by=clerk, row=row, section=section, digest=digest)
        take_line(by=head, row=row, section=section, digest=digest)
        assert Order.objects.get().state == "draft"
