"""Pages of returns: who finds what on them, what a refused form keeps, and what they cost."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse

from tests import people
from tests.costs import queries_of_page
from tests.factories.returns import ReturnFactory, RoundFactory
from tests.returns.scene import accepted, fill, handed_in
from tests.units.places import city, ward
from thongsuot.finding.queries import search
from thongsuot.returns.actions import approve_return, begin_return, submit_return
from thongsuot.returns.models import Return, ReturnTemplate, Round
from thongsuot.returns.queries.board import columns
from thongsuot.returns.queries.papers import paper_of
from thongsuot.units.models import Mandate, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today() -> object:
    with time_machine.travel(date(2026, 9, 21), tick=False):
        yield


def page(by: Mandate, name: str, *keys: object, **query: str) -> str:
    response = people.signed_in(by).get(reverse(f"returns:{name}", args=keys), query)
    assert response.status_code == 200
    return response.content.decode()


def posted(by: Mandate, page_name: str, /, *keys: object, **data: Any) -> Any:
    return people.signed_in(by).post(reverse(f"returns:{page_name}", args=keys), data)


def form_data(row: Return, **values: str) -> dict[str, str]:
    """The form as the page shows it, with some cells typed by the code of their indicator."""
    row.refresh_from_db()
    lines = {line.indicator.code: line.pk for line in paper_of(row).lines}
    sections = {one.kind: one.pk for one in row.round.template.sections.all()}
    typed = {f"v{lines[code]}": value for code, value in values.items() if code in lines}
    typed |= {f"p{sections[kind]}": value for kind, value in values.items() if kind in sections}
    return {"seen": f"[{row.version}, {{}}]", **typed}


def test_a_round_is_opened_on_its_page(template: ReturnTemplate, officer: Mandate, here: Unit) -> None:
    response = posted(officer, "open-round", template=template.pk, period="2026-Q3", due="")
    assert response.status_code == 302
    assert Round.objects.get().returns.count() == 1
    assert posted(officer, "open-round", template=template.pk, period="2026-Q3", due="").status_code == 422


def test_a_template_is_kept_on_its_page(template: ReturnTemplate, officer: Mandate) -> None:
    text = page(officer, "edit-template", template.pk)
    assert "dossiers_received" in text
    data = {
        "code": "moi", "name": "Mẫu mới", "calendar": "state", "period_kind": "quarter", "layout": "state",
        "audience": "communes", "lines-TOTAL_FORMS": "1", "lines-INITIAL_FORMS": "0", "lines-0-indicator": "fires",
        "lines-0-required": "on", "lines-0-prefill": "nothing", "sections-TOTAL_FORMS": "1",
        "sections-INITIAL_FORMS": "0", "sections-0-kind": "results", "sections-0-title": "Kết quả",
    }  # fmt: skip
    response = posted(officer, "new-template", **data)
    assert response.status_code == 302
    assert ReturnTemplate.objects.get(code="moi").lines.get().indicator.code == "fires"
    twice = posted(officer, "new-template", **(data | {"code": "nua"}))
    assert (twice.status_code, "Mẫu mới" in twice.content.decode()) == (422, True)


def test_a_return_is_filled_in_and_handed_on(
    row: Return, clerk: Mandate, head: Mandate, officer: Mandate
) -> None:
    assert "Lập báo cáo" in page(clerk, "page", row.pk)
    posted(clerk, "begin", row.pk)
    row.refresh_from_db()
    data = form_data(
        row,
        dossiers_received="12.410",
        dossiers_resolved="12000",
        party_members="1.553",
        results="Đã tiếp nhận 12.410 hồ sơ.",
    )
    lines = {line.indicator.code: line.pk for line in paper_of(row).lines}
    data |= {f"v{lines['targets']}": "32", f"s{lines['targets']}": "33", "then": "submit"}
    assert posted(clerk, "edit", row.pk, **data).status_code == 302
    row.refresh_from_db()
    assert row.state == "submitted"
    assert "Duyệt và gửi" in page(head, "page", row.pk)
    posted(head, "approve", row.pk, seen=row.version)
    row.refresh_from_db()
    posted(officer, "accept", row.pk, seen=row.version)
    row.refresh_from_db()
    assert row.state == "accepted"
    posted(officer, "reopen", row.pk, seen=row.version, reason="Sai số")
    assert "Phiên bản 2" in page(officer, "version", row.pk, 1)


def test_what_was_typed_is_kept_when_a_cell_is_no_number(row: Return, clerk: Mandate) -> None:
    begin_return(by=clerk, row=row)
    data = form_data(row, dossiers_received="mười hai", dossiers_resolved="77", results="Đang viết dở")
    response = posted(clerk, "edit", row.pk, **data)
    text = response.content.decode()
    assert response.status_code == 422
    assert all(words in text for words in ("mười hai", 'value="77"', "Đang viết dở", "không phải là số"))
    assert not paper_of(row).passages


def test_an_english_page_shows_and_reads_english_numbers(row: Return, clerk: Mandate) -> None:
    begin_return(by=clerk, row=row)
    client, url = people.signed_in(clerk), reverse("returns:edit", args=[row.pk])
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    typed = form_data(row, dossiers_received="5,581", party_members="1234")
    assert client.post(url, typed).status_code == 302
    assert {cell.value for cell in map(paper_of(row).cell, paper_of(row).lines)} >= {5581, 1234}
    text = client.get(url).content.decode()
    assert 'value="5,581"' in text
    assert 'value="1,234"' in text
    refused = client.post(url, form_data(row, dossiers_received="5.581"))
    assert (refused.status_code, "5,581" in refused.content.decode()) == (422, True)


def test_who_comes_second_keeps_their_words_and_sees_the_others(
    row: Return, clerk: Mandate, head: Mandate
) -> None:
    begin_return(by=clerk, row=row)
    data = form_data(row, dossiers_received="5")
    fill(head, row, {"dossiers_received": 9})
    response = posted(clerk, "edit", row.pk, **data)
    assert (response.status_code, 'value="5"' in response.content.decode()) == (422, True)


def test_the_same_form_twice_acts_once(row: Return, clerk: Mandate) -> None:
    client = people.signed_in(clerk)
    url = reverse("returns:begin", args=[row.pk])
    assert [client.post(url).status_code for _time in range(2)] == [302, 302]
    assert row.versions.count() == 1


def test_the_board_says_who_is_late_and_who_was_chased(
    called: Round, row: Return, clerk: Mandate, head: Mandate, officer: Mandate
) -> None:
    handed_in(clerk, head, row)
    posted(officer, "chase", called.pk, all="1")
    text = page(officer, "round", called.pk, state="qua-han")
    assert ("Phường Bình An" in text, "Phường Tân Khánh" in text) == (True, False)
    assert "1 lần" in text
    board = page(officer, "board")
    assert "quá hạn 3 ngày" in board
    assert "đôn đốc 1" in board


def test_one_screen_says_of_every_unit_how_it_stands_and_since_when(
    called: Round, row: Return, clerk: Mandate, head: Mandate, officer: Mandate
) -> None:
    handed_in(clerk, head, row)
    posted(officer, "chase", called.pk, all="1")
    text = page(officer, "board", shape="screen")
    assert 'title="Phường Tân Khánh: Đã gửi cấp trên, gửi trễ, ngày 21-09-2026"' in text
    assert "Phường Bình An: Chưa lập, quá hạn 3 ngày, hạn 18-09-2026, đôn đốc 1 lần, gần nhất" in text
    assert ('aria-hidden="true">◔' in text, 'aria-hidden="true">!' in text) == (True, True)
    owing = page(officer, "board", shape="screen", state="qua-han")
    assert ("Phường Bình An" in owing, "Phường Tân Khánh" in owing) == (True, False)
    assert "Không có đơn vị nào" in page(officer, "board", shape="screen", unit="Nơi khác")


def test_more_units_than_a_table_holds_stand_on_one_screen(
    called: Round, officer: Mandate, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "board-screen" not in page(officer, "board")
    monkeypatch.setattr("thongsuot.returns.views.rounds.PER_PAGE", 1)
    assert "board-screen" in page(officer, "board")
    assert "board-screen" not in page(officer, "board", shape="table")


def test_rounds_of_two_provinces_for_one_period_are_one_column(
    called: Round, province: Unit, officer: Mandate
) -> None:
    other = city("80", "Long An")
    ReturnFactory(
        round=RoundFactory(template=called.template, period=called.period, unit=other, due=called.due),
        unit=ward(other, "Ngoài xa", "27001"),
    )
    officer.inherited = [other.pk]
    officer.save()
    (column,) = columns(officer, date(2026, 9, 21))
    assert (len(column.rounds), column.units, column.handed, column.late) == (2, 3, 0, 3)
    text = page(officer, "board", shape="screen")
    assert "Long An <small>0/1 đã gửi" in text
    assert "Phường Ngoài xa: Chưa lập" in text


def test_each_time_units_were_chased_is_kept_with_who_when_and_which(
    called: Round, row: Return, officer: Mandate, clerk: Mandate, there: Unit
) -> None:
    posted(officer, "chase", called.pk, chosen=[str(row.unit_id)], words="Gấp trước hội nghị")
    posted(officer, "chase", called.pk, all="1")
    text = page(officer, "round", called.pk)
    assert "Gấp trước hội nghị" in text
    assert text.count(officer.actor.name) >= 2
    assert [one.returns.count() for one in called.chases.order_by("pk")] == [1, 2]
    assert "Gấp trước hội nghị" in page(clerk, "page", row.pk)
    other = Return.objects.get(round=called, unit=there)
    assert "Gấp trước hội nghị" not in page(officer, "page", other.pk)


def test_chases_cost_the_same_at_one_and_at_three(called: Round, officer: Mandate) -> None:
    client, url = people.signed_in(officer), reverse("returns:round", args=[called.pk])
    posted(officer, "chase", called.pk, all="1")
    one = queries_of_page(client, url)
    for words in ("Hai", "Ba"):
        posted(officer, "chase", called.pk, all="1", words=words)
    assert queries_of_page(client, url) == one


def test_a_section_is_noted_on_as_a_line_is(
    row: Return, clerk: Mandate, head: Mandate, officer: Mandate
) -> None:
    handed_in(clerk, head, row)
    section, line = row.round.template.sections.all()[0], row.round.template.lines.all()[0]
    assert f'value="section-{section.pk}"' in page(officer, "page", row.pk)
    for on in (f"section-{section.pk}", f"line-{line.pk}", ""):
        posted(officer, "note", row.pk, on=on, text="Xem lại")
    notes = row.versions.get().notes.order_by("pk")
    assert [(one.section_id, one.line_id) for one in notes] == [
        (section.pk, None),
        (None, line.pk),
        (None, None),
    ]


def test_a_return_is_found_by_its_words_once_it_went_up(
    row: Return, clerk: Mandate, head: Mandate, officer: Mandate
) -> None:
    def found(by: Mandate) -> list[int]:
        return [hit.key for group in search(by, "chi bộ khu phố ba") for hit in group.hits]

    fill(clerk, row, words="Đã kiện toàn chi bộ khu phố ba.")
    assert found(officer) == []
    submit_return(by=clerk, row=row)
    approve_return(by=head, row=row)
    assert (found(officer), found(clerk), found(people.stranger())) == ([row.pk], [row.pk], [])


def test_a_ward_sees_its_own_return_only(called: Round, clerk: Mandate) -> None:
    text = page(clerk, "round", called.pk)
    assert ("Phường Tân Khánh" in text, "Phường Bình An" in text) == (True, False)


def test_lists_cost_the_same_at_one_and_at_three(province: Unit, officer: Mandate) -> None:
    def add(number: int) -> None:
        unit = ward(province, f"Thử {number}", f"2610{number}")
        called = RoundFactory(template__issuer=province)
        ReturnFactory(round=called, unit=unit, words="Có")

    client = people.signed_in(officer)
    addresses = [reverse(f"returns:{name}") for name in ("rounds", "board", "templates")]
    addresses.append(f"{reverse('returns:board')}?shape=screen")
    add(1)
    one = [queries_of_page(client, url) for url in addresses]
    add(2)
    add(3)
    assert [queries_of_page(client, url) for url in addresses] == one


def test_a_return_costs_the_same_whatever_it_asks_for(province: Unit, officer: Mandate, here: Unit) -> None:
    client = people.signed_in(officer)
    costs = []
    for asked in (1, 3):
        called = RoundFactory(template__issuer=province, template__asked=asked)
        row = ReturnFactory(round=called, unit=here, words="Có 12 hồ sơ")
        costs.append(
            [queries_of_page(client, reverse(f"returns:{name}", args=[row.pk])) for name in ("page", "edit")]
        )
    assert costs[0] == costs[1]


def test_the_page_of_a_round_costs_the_same_at_one_and_at_three(
    province: Unit, officer: Mandate, here: Unit
) -> None:
    called = RoundFactory(template__issuer=province)
    client, url = people.signed_in(officer), reverse("returns:round", args=[called.pk])
    ReturnFactory(round=called, unit=here)
    one = queries_of_page(client, url)
    for number in (1, 2):
        ReturnFactory(round=called, unit=ward(province, f"Thử {number}", f"2610{number}"), words="Có")
    assert queries_of_page(client, url) == one


def test_a_page_of_an_accepted_one_shows_its_source(
    row: Return, clerk: Mandate, head: Mandate, officer: Mandate
) -> None:
    accepted(clerk, head, officer, row, proposals="- Xin thêm hai biên chế tin học")
    text = page(clerk, "page", row.pk)
    assert "Lập kiến nghị" in text
    assert "đang được tính" in text
