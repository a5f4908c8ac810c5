"""Two people with the same form open: the second sees what the first changed and loses nothing they typed."""

from datetime import date

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import reverse

from tests import people
from tests.factories.oversight import CampaignFactory, WorkingGroupFactory
from tests.units.places import city, ward
from thongsuot.audit.versions import take_turn
from thongsuot.kernel.verdicts import Stale
from thongsuot.units.forms import RenameForm
from thongsuot.units.models import Unit
from thongsuot.web.editing import seen_in, show_form, tried

pytestmark = pytest.mark.django_db


def filled(form: RenameForm, **typed: str) -> QueryDict:
    """The form as a browser sends it back, with what the person typed."""
    data = QueryDict(mutable=True)
    for field in form:
        data[field.name] = field.value() or ""
    for name, value in typed.items():
        data[name] = value
    return data


@pytest.fixture
def unit() -> Unit:
    return ward(city(), "Tân Khánh", "25891")


def test_the_first_goes_through_and_is_counted(unit: Unit) -> None:
    take_turn(unit, 1)
    assert unit.version == 2
    take_turn(unit, None)
    unit.refresh_from_db()
    assert unit.version == 3


def test_the_second_is_refused_and_nothing_is_counted(unit: Unit) -> None:
    take_turn(unit, 1)
    with pytest.raises(Stale, match="đã được sửa"):
        take_turn(unit, 1)
    unit.refresh_from_db()
    assert unit.version == 2


class TestForm:
    def second(self, unit: Unit, **typed: str) -> RenameForm:
        """Somebody renames the unit after this person opened the form."""
        sent = filled(RenameForm(unit), on="01-03-2026", basis="Nghị quyết 1", **typed)
        Unit.objects.filter(pk=unit.pk).update(name="Tân Khánh Đông", version=2)
        form = RenameForm(Unit.objects.get(pk=unit.pk), sent)
        assert tried(form, lambda: take_turn(unit, form.cleaned_data["seen"])) is None
        return form

    def test_what_both_changed_is_shown_side_by_side_and_what_was_typed_stays(self, unit: Unit) -> None:
        form = self.second(unit, name="Tân Khánh Tây")
        (one,) = form.differences
        assert (one.label, one.theirs, one.yours, one.taken) == (
            "Tên mới",
            "Tân Khánh Đông",
            "Tân Khánh Tây",
            False,
        )
        assert (form["name"].value(), form["basis"].value()) == ("Tân Khánh Tây", "Nghị quyết 1")

    def test_what_one_did_not_touch_follows_the_register(self, unit: Unit) -> None:
        form = self.second(unit, kind="xã")
        (one,) = form.differences
        assert (one.theirs, one.taken) == ("Tân Khánh Đông", True)
        assert (form["name"].value(), form["kind"].value()) == ("Tân Khánh Đông", "xã")

    def test_the_same_change_by_both_is_no_difference(self, unit: Unit) -> None:
        assert self.second(unit, name="Tân Khánh Đông").differences == []

    def test_sent_again_it_goes_on_top(self, unit: Unit) -> None:
        again = RenameForm(unit, filled(self.second(unit, name="Tân Khánh Tây")))
        unit.refresh_from_db()
        assert tried(again, lambda: take_turn(unit, again.cleaned_data["seen"])) is not None

    @pytest.mark.parametrize("said", ["", "x", "[]", "[null, {}]", '{"a": 1}', "7"])
    def test_a_form_that_does_not_say_what_it_saw_is_taken_as_it_is(self, unit: Unit, said: str) -> None:
        form = RenameForm(unit, QueryDict(mutable=True) | {"seen": said, "name": "Mới", "kind": "xã"})
        form.is_valid()
        assert form.cleaned_data["seen"] is None


class TestPages:
    def test_renaming_a_unit(self, unit: Unit) -> None:
        assert unit.parent is not None
        address = reverse("units:rename", args=[unit.pk])
        lan = people.signed_in(people.administrator(unit.parent))
        minh = people.signed_in(people.holder("minh", "administrator", unit.parent))
        seen_by_lan = filled(lan.get(address).context["form"], name="Một", on="01-03-2026", basis="NQ 1")
        seen_by_minh = filled(minh.get(address).context["form"], name="Hai", on="02-03-2026", basis="NQ 2")
        assert lan.post(address, seen_by_lan).status_code == 302
        answer = minh.post(address, seen_by_minh)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "Chỗ khác nhau" in page
        assert "Administrator 79, Quản trị hệ thống" in page
        assert answer.context["form"]["basis"].value() == "NQ 2"
        assert minh.post(address, filled(answer.context["form"])).status_code == 302
        unit.refresh_from_db()
        assert (unit.name, unit.version) == ("Hai", 3)

    def test_the_units_of_a_group(self, unit: Unit) -> None:
        assert unit.parent is not None
        group = WorkingGroupFactory(campaign=CampaignFactory(unit=unit.parent), units=[unit])
        other = ward(unit.parent, "Bình Tân", "27439")
        client = people.signed_in(people.officer(unit.parent))
        page, address = group.get_absolute_url(), reverse("oversight:assign-units", args=[group.pk])
        first, second = (filled(client.get(page).context["units_form"]) for _ in range(2))
        first["units"] = f"{unit}\n{other}"
        assert client.post(address, first).status_code == 302
        second["units"] = str(other)
        answer = client.post(address, second)
        assert answer.status_code == 422
        assert answer.context["units_form"].differences[0].yours == str(other)
        assert "Chỗ khác nhau" in answer.content.decode()
        assert set(group.units.all()) == {unit, other}

    def test_the_units_a_mandate_covers(self, unit: Unit) -> None:
        assert unit.parent is not None
        member = people.group_member(unit.parent, [unit])
        client = people.signed_in(people.administrator(unit.parent))
        page = reverse("administration:mandate", args=[member.pk])
        seen = client.get(page).context["covering"]["seen"].value()
        address = reverse("administration:cover", args=[member.pk])
        assert client.post(address, {"seen": seen, "covers": []}).status_code == 302
        answer = client.post(address, {"seen": seen, "covers": [unit.parent.pk]})
        assert answer.status_code == 422
        assert list(member.covers.all()) == []


def test_a_day_taken_over_stands_in_the_form_as_people_write_it() -> None:
    from django import forms

    from thongsuot.web.editing import EditForm

    class Row:
        version, on = 1, date(2026, 1, 2)

        def refresh_from_db(self) -> None:
            self.version, self.on = 2, date(2026, 3, 4)

    class DayForm(EditForm):
        on = forms.DateField(required=False)

        def values_of(self, row: Row) -> dict[str, object]:
            return {"on": row.on}

    row = Row()
    form = DayForm(row, QueryDict(mutable=True) | {"seen": DayForm(row)["seen"].value(), "on": "02-01-2026"})
    form.is_valid()
    form.meet(Stale("sửa rồi"))
    assert form["on"].value() == "04-03-2026"
    assert form.differences[0].theirs == "04-03-2026"


@pytest.mark.parametrize(("said", "version"), [("7", 7), ("", None), ("mới", None), ("[7, {}]", None)])
def test_a_button_says_the_version_its_page_was_drawn_from(said: str, version: int | None) -> None:
    assert seen_in(QueryDict.fromkeys(["seen"], said)) == version
    assert seen_in(QueryDict()) is None


def test_a_page_with_a_form_is_422_only_where_what_was_posted_could_not_be_taken(rf: RequestFactory) -> None:
    shown = "django/forms/errors/list/ul.html"
    assert show_form(rf.get("/"), shown, {}).status_code == 200
    assert show_form(rf.post("/"), shown, {}).status_code == 422
    assert show_form(rf.post("/"), shown, {}, only_asked=True).status_code == 200
