import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests import people
from tests.intake.reports import TEXT, City, draft, officer_and_draft, reading
from thongsuot.intake.enums import Family
from thongsuot.intake.models import Draft
from thongsuot.matters.models import Proposal
from thongsuot.units.models import Mandate

pytestmark = pytest.mark.django_db


def _page(paper: Draft) -> str:
    return reverse("intake:draft", args=[paper.pk])


def test_the_page_shows_the_text_and_the_proposed_records() -> None:
    _city, officer, paper = officer_and_draft()
    shown = people.signed_in(officer).get(_page(paper)).content.decode()
    assert "hơn 152.000 dân" in shown
    assert 'data-lights="figures-0"' in shown
    assert "Bí thư" in shown


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "<b>&amp;</b>", "\r\n"])
def test_the_text_is_shown_as_text(hostile: str) -> None:
    _city, officer, _paper = officer_and_draft()
    text = hostile + TEXT
    paper = draft(officer, text, reading(text))
    shown = people.signed_in(officer).get(_page(paper)).content.decode()
    assert "<script>alert(1)" not in shown
    assert "<b>&amp;</b>" not in shown


def test_strangers_readers_and_other_wards_find_nothing() -> None:
    city, _officer, paper = officer_and_draft()
    for other in (people.stranger(), people.reader(city.province), people.clerk(city.front)):
        client = people.signed_in(other)
        assert client.get(_page(paper)).status_code == 404
        for act in ("confirm", "undo", "discard", "reopen", "add-item"):
            assert client.post(reverse(f"intake:{act}", args=[paper.pk])).status_code == 404


def test_one_field_is_fixed_without_reloading_the_page() -> None:
    _city, officer, paper = officer_and_draft()
    address = reverse("intake:fix-meeting", args=[paper.pk, "chair"])
    answer = people.signed_in(officer).post(
        address, {"value": "Lê Ân", "seen": "Lê An"}, headers={"hx-request": "true"}
    )
    shown = answer.content.decode()
    assert "Lê Ân" in shown
    assert "draft-head" in shown
    assert "<html" not in shown


def test_a_wrong_value_comes_back_in_its_box_with_the_reason() -> None:
    _city, officer, paper = officer_and_draft()
    address = reverse("intake:fix-item", args=[paper.pk, "figures-0", "value"])
    answer = people.signed_in(officer).post(
        address, {"value": "nhiều", "seen": "152.000"}, headers={"hx-request": "true"}
    )
    shown = answer.content.decode()
    assert 'value="nhiều"' in shown
    assert "không phải là số" in shown


def test_confirming_by_a_double_click_writes_once() -> None:
    _city, officer, paper = officer_and_draft()
    client = people.signed_in(officer)
    for _click in range(2):
        client.post(reverse("intake:confirm", args=[paper.pk]))
    assert Proposal.objects.count() == 1


def _upload(client: Client, *names: str, data: bytes = TEXT.encode()) -> object:
    files = [SimpleUploadedFile(name, data + name.encode()) for name in names]
    return client.post(reverse("intake:receive"), {"file": files})


def test_many_files_become_many_drafts() -> None:
    _city, officer, _paper = officer_and_draft()
    _upload(people.signed_in(officer), "a.txt", "b.txt", "c.txt")
    assert Draft.objects.filter(source__name__in=["a.txt", "b.txt", "c.txt"]).count() == 3


def test_the_drop_zone_is_answered_for_its_file_alone() -> None:
    _city, officer, _paper = officer_and_draft()
    client = people.signed_in(officer)
    headers = {"accept": "application/json"}
    good = client.post(
        reverse("intake:receive"),
        {"file": SimpleUploadedFile("a.txt", TEXT.encode() + b"!")},
        headers=headers,
    )
    assert good.json()["ok"] is True
    assert Draft.objects.filter(source__name="a.txt").exists()
    bad = client.post(
        reverse("intake:receive"), {"file": SimpleUploadedFile("b.docx", b"PK")}, headers=headers
    )
    assert (bad.status_code, bad.json()["ok"]) == (422, False)


def test_pasted_text_becomes_a_draft_named_after_its_first_line() -> None:
    _city, officer, _paper = officer_and_draft()
    people.signed_in(officer).post(reverse("intake:paste"), {"text": "Biên bản họp tổ\n" + TEXT})
    assert Draft.objects.filter(source__name="Biên bản họp tổ.txt").exists()


def test_an_empty_paste_is_told_what_to_do() -> None:
    _city, officer, _paper = officer_and_draft()
    answer = people.signed_in(officer).post(reverse("intake:paste"), {"text": " "}, follow=True)
    assert "Dán văn bản vào ô" in answer.content.decode()


def test_the_list_costs_the_same_at_one_draft_and_at_three(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    _city, officer, _paper = officer_and_draft()
    client = people.signed_in(officer)
    address = reverse("intake:drafts")
    client.get(address)
    cost = _cost_of(client, address)
    for number in range(2):
        draft(officer, TEXT + " " * (number + 1))
    with django_assert_num_queries(cost):
        client.get(address)


def test_the_reading_page_costs_the_same_whatever_it_holds(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    city, officer, paper = officer_and_draft()
    client = people.signed_in(officer)
    cost = _cost_of(client, _page(paper))
    _hold_twice_as_much(city, officer, paper)
    with django_assert_num_queries(cost):
        client.get(_page(paper))


def _cost_of(client: Client, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def _hold_twice_as_much(city: City, officer: Mandate, paper: Draft) -> None:
    content = paper.content
    for family in Family:
        for item in content.kept(family):
            content, _item = content.plus(family, item.spans[0], dict(item.fields))
    paper.data = content.to_json()
    paper.save()
