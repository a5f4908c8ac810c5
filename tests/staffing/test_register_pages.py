"""Pages of the registers: names for those who may, every look recorded, forms that do not write over one another."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from tests import people
from tests.costs import queries_of_list, queries_of_page
from tests.factories.staffing import FrameFactory, HoldingFactory, PersonFactory
from tests.staffing.workbooks import person as line
from tests.staffing.workbooks import workbook
from thongsuot.audit.models import Event
from thongsuot.staffing.actions.imports import read_import
from thongsuot.staffing.enums import Acts, FileState
from thongsuot.staffing.models import (
    Frame,
    Holding,
    ImportBatch,
    Kinship,
    Lock,
    Person,
    Position,
    PositionStandard,
    Quota,
    Transfer,
    Workload,
)
from thongsuot.units.models import Mandate, Unit

pytestmark = pytest.mark.django_db
NAME = "Nguyễn Văn Giả Định"


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(date(2025, 12, 10), tick=False):
        yield


@pytest.fixture
def client(own: Mandate) -> Client:
    return people.signed_in(own)


@pytest.fixture
def person(here: Unit) -> Person:
    held = HoldingFactory(
        unit=here,
        position=Position.objects.get(code="KT01"),
        person=PersonFactory(full_name=NAME, bare="nguyen van gia dinh", number="CB-01"),
    )
    found: Person = held.person
    return found


def text_of(client: Client, name: str, *args: object, **asked: str) -> str:
    return client.get(reverse(f"staffing:{name}", args=args), asked).content.decode()


class TestPartsOfAFile:
    def test_a_line_of_experience_is_noted_and_taken_out(self, client: Client, person: Person) -> None:
        address = reverse("staffing:experience", args=[person.pk])
        post = Position.objects.get(code="VP01")
        assert client.post(address, {"position_0": post.pk, "years_0": "2,5"}).status_code == 302
        assert [str(one.years) for one in person.experiences.all()] == ["2.5"]
        twice = {"position_0": post.pk, "years_0": "2", "position_1": post.pk, "years_1": "3"}
        assert client.post(address, twice).status_code == 422
        assert client.post(address, {"position_0": post.pk, "years_0": ""}).status_code == 422
        assert client.post(address, {"position_0": "", "years_0": ""}).status_code == 302
        assert not person.experiences.exists()

    def test_relatives_noted_by_mistake_are_taken_out(
        self, client: Client, here: Unit, person: Person
    ) -> None:
        other = HoldingFactory(unit=here, person=PersonFactory(number="CB-02")).person
        kin = Kinship.objects.create(person=person, relative=other, relation="spouse")
        address = f"{reverse('staffing:forget-kin', args=[kin.pk])}?tu={other.pk}"
        assert address in text_of(client, "person", other.pk)
        assert "CB-01" in client.get(address).content.decode()
        answer = client.post(address, {"tu": other.pk})
        assert answer.headers["Location"] == other.get_absolute_url()
        assert not Kinship.objects.exists()

    def test_every_field_of_a_person_says_why_and_how_long_it_is_kept(self, client: Client) -> None:
        told = text_of(client, "retention")
        for model in (Person, Lock, Kinship, Transfer):
            for name, stated in model.personal_data.items():
                field = model._meta.get_field(name)
                if field.editable:
                    assert str(field.verbose_name).capitalize() in told
                    assert escape(str(stated.reason)) in told


class TestPeople:
    def test_names_show_to_those_who_may(self, client: Client, person: Person) -> None:
        assert NAME in text_of(client, "people")

    def test_numbers_stand_for_names(self, here: Unit, person: Person) -> None:
        told = text_of(people.signed_in(people.clerk(here)), "people")
        assert NAME not in told
        assert "CB-01" in told

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"q": "nguyen van"}, True),
            ({"q": "cb-01"}, True),
            ({"q": "khác"}, False),
            ({"position": "KT01"}, True),
            ({"position": "KT02"}, False),
            ({"field": "TCKH"}, True),
            ({"field": "VP"}, False),
            ({"kind": "secondment"}, False),
            ({"on": "01-06-2025"}, False),
            ({"standing": "surplus"}, True),
        ],
    )
    def test_is_narrowed(self, client: Client, person: Person, asked: dict[str, str], found: bool) -> None:
        rows = client.get(reverse("staffing:people"), asked).context["table"].data
        assert bool(list(rows)) is found

    def test_who_sees_no_names_finds_none_by_name(self, here: Unit, person: Person) -> None:
        clerk = people.signed_in(people.clerk(here))
        assert not list(clerk.get(reverse("staffing:people"), {"q": "Nguyễn Văn"}).context["table"].data)

    def test_costs_the_same_for_one_and_for_many(self, client: Client, here: Unit, person: Person) -> None:
        one = queries_of_list(client, reverse("staffing:people"))
        for _ in range(2):
            HoldingFactory(unit=here, position=Position.objects.get(code="VP01"))
        assert queries_of_list(client, reverse("staffing:people")) == one

    def test_another_ward_is_not_seen(self, there: Unit, person: Person) -> None:
        assert NAME not in text_of(people.signed_in(people.ward_personnel(there)), "people")


class TestPerson:
    def test_every_look_is_recorded(self, client: Client, person: Person) -> None:
        for _ in range(2):
            text_of(client, "person", person.pk)
        assert Event.objects.filter(verb=Acts.PERSON_LOOKED_AT, subject_key=str(person.pk)).count() == 2

    def test_the_case_shows_only_where_the_look_is_recorded(self, client: Client, person: Person) -> None:
        Lock.objects.create(person=person, reason="serious-illness", valid_from=date(2025, 9, 1))
        told = text_of(client, "person", person.pk)
        assert "Chưa điều động được" in told
        assert "bệnh hiểm nghèo" not in told
        assert "bệnh hiểm nghèo" in text_of(client, "person-locks", person.pk)
        assert Event.objects.filter(verb=Acts.LOCKS_LOOKED_AT).count() == 1

    def test_a_leader_sees_yes_or_no_alone(self, here: Unit, person: Person) -> None:
        Lock.objects.create(person=person, reason="serious-illness", valid_from=date(2025, 9, 1))
        leader = people.signed_in(people.ward_leader(here))
        assert "Chưa điều động được" in text_of(leader, "person", person.pk)
        assert leader.get(reverse("staffing:person-locks", args=[person.pk])).status_code == 404

    def test_the_unit_somebody_left_sees_no_wish(
        self, here: Unit, there: Unit, client: Client, person: Person
    ) -> None:
        person.wishes.create(unit=here, given_on=date(2025, 11, 1))
        person.holdings.update(valid_to=date(2025, 12, 1))
        HoldingFactory(
            person=person,
            unit=there,
            position=Position.objects.get(code="KT01"),
            valid_from=date(2025, 12, 1),
        )
        told = text_of(client, "person", person.pk)
        assert "nêu ngày" not in told
        assert client.get(reverse("staffing:amend-person", args=[person.pk])).status_code == 404
        assert "nêu ngày" in text_of(people.signed_in(people.ward_personnel(there)), "person", person.pk)

    def test_says_when_the_post_is_to_change_hands(self, client: Client, person: Person) -> None:
        assert "chậm nhất 01-07-2030" in text_of(client, "person", person.pk)

    def test_costs_the_same_however_long_the_history(
        self, client: Client, here: Unit, person: Person
    ) -> None:
        url = reverse("staffing:person", args=[person.pk])
        queries_of_page(client, url)
        one = queries_of_page(client, url)
        for year in (2020, 2021):
            HoldingFactory(
                person=person, unit=here, position=Position.objects.get(code="VP01"),
                valid_from=date(year, 1, 1), valid_to=date(year, 6, 1),
            )  # fmt: skip
        assert queries_of_page(client, url) == one


FORMS: list[tuple[str, dict[str, object], str]] = [
    ("amend-person", {"full_name": NAME, "category": "cadre", "rank": "Chuyên viên"}, "rank"),
    ("schooling", {"degree_0": "bachelor", "major_0": "Tài chính"}, "qualifications"),
    ("training", {"position": "", "course": "Lớp ngân sách", "finished_on": "01-12-2025"}, "trainings"),
    ("wishes", {"units": "25892", "given_on": "01-12-2025"}, "wishes"),
    ("home", {"latitude": "10.8", "longitude": "106.7", "given_on": "01-12-2025"}, "home_latitude"),
    ("lock-person", {"reason": "maternity", "since": "01-12-2025"}, "locks"),
    ("leave-service", {"on": "10-12-2025", "because": "nghỉ hưu"}, "left_on"),
    (
        "hold-post",
        {"kind": "combined", "unit": "25891", "position": "", "since": "01-12-2025", "told_so": "on"},
        "holdings",
    ),
]


class TestForms:
    @pytest.mark.parametrize(("name", "said", "part"), FORMS, ids=[form[0] for form in FORMS])
    def test_writes_what_it_says(
        self, client: Client, there: Unit, person: Person, name: str, said: dict[str, object], part: str
    ) -> None:
        if "position" in said:
            said = said | {"position": Position.objects.get(code="VP04").pk}
        url = reverse(f"staffing:{name}", args=[person.pk])
        assert client.get(url).status_code == 200
        answer = client.post(url, said)
        assert answer.status_code == 302, answer.context["form"].errors
        found = Person.objects.get(pk=person.pk)
        value = getattr(found, part)
        assert value.count() >= 1 if hasattr(value, "count") and not isinstance(value, str) else value

    def test_whoever_comes_second_is_told(self, client: Client, person: Person) -> None:
        url = reverse("staffing:amend-person", args=[person.pk])
        seen = client.get(url).context["form"]["seen"].initial
        said = {"full_name": NAME, "category": "cadre", "seen": seen}
        assert client.post(url, said | {"rank": "Cán sự"}).status_code == 302
        second = client.post(url, said | {"rank": "Chuyên viên"})
        assert second.status_code == 422
        assert Person.objects.get(pk=person.pk).rank == "Cán sự"

    def test_a_refusal_is_said_in_the_form(self, client: Client, here: Unit, person: Person) -> None:
        said = {
            "kind": "full",
            "unit": "25891",
            "position": Position.objects.get(code="VP01").pk,
            "since": "01-12-2025",
        }
        answer = client.post(reverse("staffing:hold-post", args=[person.pk]), said)
        assert answer.status_code == 422
        assert "thôi vị trí đó trước" in answer.content.decode()

    def test_a_post_is_left(self, client: Client, person: Person) -> None:
        url = reverse("staffing:leave-post", args=[person.holdings.get().pk])
        assert client.post(url, {"on": "05-12-2025"}).status_code == 302
        assert Holding.objects.get().valid_to == date(2025, 12, 5)

    def test_which_department_a_head_leads_is_written(self, client: Client, here: Unit) -> None:
        head = HoldingFactory(unit=here, position=Position.objects.get(code="LD03"))
        assert "ghi phòng phụ trách" in text_of(client, "register", here.pk)
        url = reverse("staffing:name-body", args=[head.pk])
        assert client.post(url, {"body": "economic_department"}).status_code == 302
        head.refresh_from_db()
        assert head.body == "economic_department"
        assert "Phòng Kinh tế, Hạ tầng và Đô thị" in text_of(client, "register", here.pk)
        assert "Phòng Kinh tế, Hạ tầng và Đô thị" in text_of(client, "person", head.person.pk)
        again = {"body": "culture_society_department", "on": "05-12-2025"}
        assert client.post(url, again).status_code == 302
        assert Holding.objects.get(valid_to=None).body == "culture_society_department"

    def test_a_head_is_not_written_without_a_department(self, client: Client, here: Unit) -> None:
        said = {
            "number": "CB-9", "full_name": "Lê Giả Định", "category": "civil-servant",
            "position": Position.objects.get(code="LD03").pk, "since": "01-12-2025",
        }  # fmt: skip
        url = reverse("staffing:enter-person", args=[here.pk])
        answer = client.post(url, said)
        assert answer.status_code == 422
        assert "Chọn phòng" in answer.content.decode()
        assert client.post(url, {**said, "body": "economic_department"}).status_code == 302
        assert Holding.objects.get().body == "economic_department"

    def test_of_a_post_that_leads_nothing_there_is_no_such_page(self, client: Client, person: Person) -> None:
        url = reverse("staffing:name-body", args=[person.holdings.get().pk])
        assert client.get(url).status_code == 404

    def test_a_case_is_ended(self, client: Client, person: Person) -> None:
        lock = Lock.objects.create(person=person, reason="maternity", valid_from=date(2025, 9, 1))
        assert (
            client.post(reverse("staffing:unlock-person", args=[lock.pk]), {"on": "05-12-2025"}).status_code
            == 302
        )
        lock.refresh_from_db()
        assert lock.valid_to == date(2025, 12, 5)

    def test_somebody_new_gets_a_post(self, client: Client, here: Unit) -> None:
        said = {
            "number": "CB-9", "full_name": "Lê Giả Định", "category": "civil-servant",
            "position": Position.objects.get(code="VP02").pk, "since": "01-12-2025",
        }  # fmt: skip
        assert client.post(reverse("staffing:enter-person", args=[here.pk]), said).status_code == 302
        assert Holding.objects.get(person__number="CB-9").position.code == "VP02"

    def test_and_no_person_without_the_post(self, client: Client, here: Unit) -> None:
        HoldingFactory(unit=here, position=Position.objects.get(code="LD01"))
        said = {
            "number": "CB-9", "full_name": "Lê Giả Định", "category": "civil-servant",
            "position": Position.objects.get(code="LD01").pk, "since": "01-12-2025",
        }  # fmt: skip
        assert client.post(reverse("staffing:enter-person", args=[here.pk]), said).status_code == 422
        assert not Person.objects.filter(number="CB-9").exists()


class TestRegister:
    def test_shows_the_formula_of_the_ceiling(self, client: Client, here: Unit) -> None:
        Workload.objects.create(unit=here, on=date(2025, 10, 1), population=48_500)
        told = text_of(client, "register", here.pk)
        assert "32 + ⌊32.500 ÷ 2.000⌋ = 32 + 16" in told
        assert "<strong>48</strong>" in told

    def test_history_shows_beside_who_holds_the_post_now(
        self, client: Client, here: Unit, person: Person
    ) -> None:
        HoldingFactory(
            unit=here, position=Position.objects.get(code="KT01"), person=PersonFactory(full_name="Người Trước Đây"),
            valid_from=date(2025, 7, 1), valid_to=date(2025, 9, 1),
        )  # fmt: skip
        post = next(
            one for one in client.get(reverse("staffing:register", args=[here.pk])).context["page"].posts
        )
        assert [held.person for held in post.now] == [person]
        assert [held.person.full_name for held in post.before] == ["Người Trước Đây"]

    def test_the_figures_without_names_for_those_who_see_none(self, here: Unit, person: Person) -> None:
        told = text_of(people.signed_in(people.clerk(here)), "register", here.pk)
        assert "CB-01" in told
        assert NAME not in told

    def test_costs_the_same_for_one_and_for_many(self, client: Client, here: Unit, person: Person) -> None:
        url = reverse("staffing:register", args=[here.pk])
        one = queries_of_page(client, url)
        for code in ("VP01", "VP02"):
            HoldingFactory(unit=here, position=Position.objects.get(code=code))
            FrameFactory(unit=here, position=Position.objects.get(code=code))
        assert queries_of_page(client, url) == one

    def test_places_and_workload_are_written(self, client: Client, here: Unit) -> None:
        said = {"position": Position.objects.get(code="VP01").pk, "places": 3, "on": "01-12-2025"}
        assert client.post(reverse("staffing:set-frame", args=[here.pk]), said).status_code == 302
        assert Frame.objects.get().places == 3
        said = {"on": "01-12-2025", "population": "52000"}
        assert client.post(reverse("staffing:note-workload", args=[here.pk]), said).status_code == 302
        assert Workload.objects.get().population == 52_000

    def test_a_ceiling_is_set_by_the_city(self, here: Unit, keeper: Mandate, client: Client) -> None:
        Workload.objects.create(unit=here, on=date(2025, 10, 1), population=92_000)
        url = reverse("staffing:quota-from-population", args=[here.pk])
        assert client.post(url).status_code == 404
        assert people.signed_in(keeper).post(url).status_code == 302
        assert Quota.objects.get().posts == 70
        said = {"block": "party", "posts": 16, "on": "01-12-2025"}
        assert (
            people.signed_in(keeper).post(reverse("staffing:set-quota", args=[here.pk]), said).status_code
            == 302
        )
        assert Quota.objects.get(block="party").posts == 16

    def test_stands_on_the_page_of_the_unit(self, client: Client, here: Unit, person: Person) -> None:
        told = client.get(reverse("units:page", args=[here.pk])).content.decode()
        assert reverse("staffing:register", args=[here.pk]) in told


class TestPositions:
    def test_the_catalogue(self, client: Client) -> None:
        assert "Chuyên viên đối ngoại" in text_of(client, "positions")
        assert [row.code for row in client.get(reverse("staffing:positions"), {"q": "vp02"}).context["table"].data] == ["VP02"]  # fmt: skip

    def test_costs_the_same_for_one_and_for_many(self, client: Client) -> None:
        few = queries_of_list(client, reverse("staffing:positions") + "?q=VP02")
        assert queries_of_list(client, reverse("staffing:positions")) == few

    def test_a_suggestion_says_so(self, client: Client) -> None:
        assert "gợi ý của hệ thống" in text_of(client, "position", Position.objects.get(code="VP02").pk)

    def test_a_ward_sets_its_own_standard_and_the_city_the_general_one(
        self, client: Client, here: Unit, keeper: Mandate
    ) -> None:
        pk = Position.objects.get(code="VP02").pk
        url = reverse("staffing:standard", args=[pk])
        said = {"degree": "college", "majors": "Tin học\nToán tin", "on": "10-12-2025"}
        assert client.post(url, said).status_code == 302
        own = PositionStandard.objects.get(unit=here)
        assert own.majors == ["Tin học", "Toán tin"]
        assert "Tin học, Toán tin" in text_of(client, "position", pk)
        assert people.signed_in(keeper).post(url, said).status_code == 302
        assert not PositionStandard.objects.get(position=pk, unit=None, valid_to=None).suggested

    def test_a_position_is_amended_by_the_city(self, client: Client, keeper: Mandate) -> None:
        pk = Position.objects.get(code="VP02").pk
        url = reverse("staffing:amend-position", args=[pk])
        assert client.get(url).status_code == 404
        said = {"name": "Chuyên viên công nghệ số", "weight": 5, "counted": "on"}
        assert people.signed_in(keeper).post(url, said).status_code == 302
        assert Position.objects.get(pk=pk).weight == 5


class TestImports:
    def send(self, client: Client, *files: tuple[str, bytes]) -> ImportBatch:
        from django.core.files.uploadedfile import SimpleUploadedFile

        sent = [SimpleUploadedFile(name, data) for name, data in files]
        answer = client.post(reverse("staffing:imports"), {"on": "04-12-2025", "file": sent})
        assert answer.status_code == 302, answer.context["form"].errors
        batch = ImportBatch.objects.get()
        for key in batch.files.values_list("pk", flat=True):
            read_import(key)
        return batch

    def test_from_the_file_to_the_register(self, client: Client, own: Mandate, here: Unit) -> None:
        batch = self.send(client, ("a.xlsx", workbook(own, here, line())))
        file = batch.files.get()
        assert "Lê Giả Định" in text_of(client, "batch-file", file.pk)
        written = client.post(reverse("staffing:write-file", args=[file.pk]), {"seen": str(file.version)})
        assert written.status_code == 302
        assert Holding.objects.get().person.full_name == "Lê Giả Định"
        assert "khớp" in text_of(client, "batch", batch.pk)

    def test_nothing_sent_is_said(self, client: Client) -> None:
        answer = client.post(reverse("staffing:imports"), {"on": "04-12-2025"})
        assert (answer.status_code, "Chưa có tệp nào" in answer.content.decode()) == (422, True)

    def test_faults_show_in_both_languages(self, client: Client, own: Mandate, here: Unit) -> None:
        file = self.send(client, ("a.xlsx", workbook(own, here, line(Vị_trí="ZZ01")))).files.get()
        assert "Không có mã vị trí “ZZ01”" in text_of(client, "batch-file", file.pk)
        client.cookies["django_language"] = "en"
        assert "There is no position “ZZ01”" in text_of(client, "batch-file", file.pk)

    def test_asks_again_while_a_worker_has_something_to_do(
        self, client: Client, own: Mandate, here: Unit
    ) -> None:
        batch = self.send(client, ("a.xlsx", workbook(own, here, line())))
        assert "every 2s" not in text_of(client, "batch", batch.pk)
        batch.files.update(state=FileState.WAITING)
        assert "every 2s" in text_of(client, "batch", batch.pk)

    def test_all_that_are_ready_are_handed_to_workers(self, client: Client, own: Mandate, here: Unit) -> None:
        batch = self.send(client, ("a.xlsx", workbook(own, here, line())))
        assert client.post(reverse("staffing:write-ready", args=[batch.pk])).status_code == 302
        assert batch.files.get().queued_for == own

    def test_dropping(self, client: Client, own: Mandate, here: Unit) -> None:
        file = self.send(client, ("a.xlsx", workbook(own, here, line()))).files.get()
        assert client.post(reverse("staffing:drop-file", args=[file.pk])).status_code == 302
        assert not Person.objects.exists()

    def test_a_leader_sends_nothing(self, here: Unit) -> None:
        assert people.signed_in(people.ward_leader(here)).get(reverse("staffing:imports")).status_code == 404

    def test_costs_the_same_for_one_and_for_many(self, client: Client, own: Mandate, here: Unit) -> None:
        def cost() -> int:
            with CaptureQueriesContext(connection) as captured:
                client.get(reverse("staffing:batch", args=[batch.pk]))
            return len(captured)

        batch = self.send(client, ("a.xlsx", workbook(own, here, line())))
        one = cost()
        for at in range(2):
            batch.files.create(name=f"{at}.xlsx", sha256=f"{at}" * 64, unit=here, state=FileState.READY)
        assert cost() == one

    def test_the_template_of_another_ward_is_not_given(self, client: Client, there: Unit) -> None:
        assert client.get(reverse("staffing:template", args=[there.pk])).status_code == 404


class TestSearch:
    def test_finds_people_for_those_who_see_names(self, client: Client, here: Unit, person: Person) -> None:
        from thongsuot.staffing.found import index_people

        index_people([person.pk])

        def found(by: Client, asked: str) -> bool:
            """On the page, or led to at once by a number."""
            answer = by.get(reverse("search"), {"q": asked})
            return person.get_absolute_url() in answer.content.decode() + answer.headers.get("Location", "")

        assert found(client, "Văn Giả Định")
        assert found(client, "CB-01")
        clerk = people.signed_in(people.clerk(here))
        assert not found(clerk, "CB-01")
