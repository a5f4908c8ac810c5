"""A person may say which row of a register is meant."""

from datetime import date

import pytest

from tests.intake.reports import TEXT, draft, officer_and_draft, reading
from thongsuot.documents.actions import register_document
from thongsuot.documents.models import Document
from thongsuot.intake import editing
from thongsuot.intake.alternatives import match_options
from thongsuot.intake.confirming import confirm_draft
from thongsuot.intake.enums import Family
from thongsuot.intake.matching import match
from thongsuot.oversight.models import MeetingRole, Official
from thongsuot.units.loading import name_of
from thongsuot.units.models import Unit

pytestmark = pytest.mark.django_db

DAY = date(2025, 10, 30)


def test_a_person_met_before_is_the_same_person_unless_said_otherwise() -> None:
    _city, officer, first = officer_and_draft()
    confirm_draft(by=officer, draft=first)
    text = TEXT.replace("30-10", "31-10")
    second = draft(officer, text, reading(text))
    key = next(item.key for item in second.content.kept(Family.PEOPLE) if item.fields["name"] == "Lê An")
    editing.fix_item(by=officer, draft=second, key=key, name="match", typed="new", seen="")
    confirm_draft(by=officer, draft=second)
    assert Official.objects.filter(name="Lê An").count() == 2
    assert Official.objects.filter(name="Trần Bình").count() == 1


def test_one_of_two_namesakes_can_be_picked() -> None:
    city, officer, paper = officer_and_draft()
    Official.objects.create(name="Lê An", bare="le an", unit=city.front)
    meant = Official.objects.create(name="Lê An", bare="le an", unit=city.back)
    item = next(item for item in paper.content.kept(Family.PEOPLE) if item.fields["name"] == "Lê An")
    options = dict(match_options(item, match(paper.content, officer, DAY)))
    assert str(meant.pk) in options
    editing.fix_item(by=officer, draft=paper, key=item.key, name="match", typed=str(meant.pk), seen="")
    confirm_draft(by=officer, draft=paper)
    assert MeetingRole.objects.get(role="leads").official == meant


def test_a_document_can_be_picked_in_place_of_the_one_printed() -> None:
    _city, officer, paper = officer_and_draft()
    meant, _new = register_document(
        by=officer,
        number="249",
        symbol="KH/UBKTTW",
        date=date(2025, 7, 25),
        issuer="Ủy ban Kiểm tra Trung ương",
    )
    key = paper.content.kept(Family.DOCUMENTS)[0].key
    editing.fix_item(by=officer, draft=paper, key=key, name="match", typed=str(meant.pk), seen="")
    confirm_draft(by=officer, draft=paper)
    assert Document.objects.get().citations.count() == 1


def test_a_unit_of_that_name_in_another_province_can_be_picked() -> None:
    city, officer, paper = officer_and_draft()
    far = Unit.objects.create(
        code="88001", tier="commune", kind="phường", name="Sông Sau", valid_from=date(2025, 7, 1)
    )
    name_of(far).save()
    assert match(paper.content, officer, DAY).unit("phường Sông Sau").chosen == city.back
    key = next(item.key for item in paper.content.kept(Family.UNITS) if item.fields["code"] == "79002")
    paper = editing.fix_item(by=officer, draft=paper, key=key, name="code", typed="88001", seen="79002")
    assert match(paper.content, officer, DAY).unit("phường Sông Sau").chosen == far
