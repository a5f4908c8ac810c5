"""From the register to the last ward, through the pages people use."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests import people
from tests.costs import queries_of_list, queries_of_page
from tests.documents.directives import (
    TEXT,
    City,
    a_city,
    a_plan,
    amended,
    answered,
    ordered,
    own_plan,
    point_of,
)
from thongsuot.documents.models import Directive, Document, Point, StudySession, Uptake
from thongsuot.matters.models import Matter
from thongsuot.units.models import Mandate

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> City:
    return a_city()


def client_of(mandate: Mandate) -> Client:
    return people.signed_in(mandate)


ENTRY = {
    "symbol": "12-KH/TU",
    "date": "01-10-2025",
    "issuer": "Thành ủy",
    "type": "kế hoạch",
    "secrecy": "none",
    "in_force_from": "01-10-2025",
}


def posted(client: Client, name: str, *args: object, **data: Any) -> Any:
    return client.post(reverse(f"documents:{name}", args=args), data)


class TestRegister:
    def test_a_document_comes_in_with_its_text_and_its_points(self, place: City) -> None:
        client = client_of(place.officer)
        answer = posted(client, "new", **ENTRY, text=TEXT)
        document = Document.objects.get(number="12")
        assert answer["Location"] == reverse("documents:points", args=[document.pk, 1])
        form = client.get(answer["Location"])
        assert "Công khai số điện thoại" in form.content.decode()
        posted(client, "points", document.pk, 1, lines=TEXT)
        page = client.get(document.get_absolute_url()).content.decode()
        assert "điểm b khoản 2 mục I" in page
        wording = point_of(document, "muc-i.2b").wordings.get()
        source = wording.version.source
        assert source is not None
        assert wording.citation is not None
        assert source.text[wording.citation.start : wording.citation.end] == wording.text

    def test_what_is_classified_is_refused_in_one_sentence(self, place: City) -> None:
        answer = posted(client_of(place.officer), "new", **{**ENTRY, "secrecy": "top"})
        assert answer.status_code == 422
        assert "Văn bản độ Tối mật không được đưa vào hệ thống này" in answer.content.decode()
        assert not Document.objects.exists()

    def test_a_file_marked_secret_takes_its_entry_with_it(self, place: City) -> None:
        file = SimpleUploadedFile("mat.txt", "TỐI MẬT\nKế hoạch\n1. Việc".encode())
        answer = posted(client_of(place.officer), "new", **ENTRY, file=file)
        assert answer.status_code == 422
        assert not Document.objects.exists()

    def test_a_symbol_nobody_can_read_is_told_with_an_example(self, place: City) -> None:
        answer = posted(client_of(place.officer), "new", **{**ENTRY, "symbol": "mười hai"})
        assert "Viết như 249-KH/UBKTTW" in answer.content.decode()

    def test_two_people_at_once(self, place: City) -> None:
        document, _version = a_plan(place.officer)
        client, url = client_of(place.officer), reverse("documents:edit", args=[document.pk])
        seen = client.get(url).context["form"]["seen"].value()
        assert client.post(url, {**ENTRY, "signer": "Lan", "seen": seen}).status_code == 302
        late = client.post(url, {**ENTRY, "signer": "Minh", "seen": seen})
        assert late.status_code == 422
        document.refresh_from_db()
        assert document.signer == "Lan"

    def test_what_ended_it_is_named_by_its_symbol(self, place: City) -> None:
        document, _version = a_plan(place.officer)
        a_plan(place.officer, "50-KH/TU")
        ends = {"ending": "replaced", "ended_on": "02-10-2025", "ended_by": "Kế hoạch 50-KH/TU"}
        posted(client_of(place.officer), "edit", document.pk, **ENTRY, **ends)
        page = client_of(place.clerk).get(document.get_absolute_url()).content.decode()
        assert "Được thay thế" in page
        listed = client_of(place.clerk).get(reverse("documents:list"), {"force": "replaced"})
        assert [row.record for row in listed.context["table"].rows] == [document]

    @pytest.mark.parametrize("ask", [{"directed": "true"}, {"level": "commune"}, {"issuer": "phường"}])
    def test_filters(self, place: City, ask: dict[str, str]) -> None:
        document, _version = a_plan(place.officer)
        ordered(place.officer, document, place.ward)
        own = own_plan(place.clerk)
        wanted = document if "directed" in ask else own
        listed = client_of(place.officer).get(reverse("documents:list"), ask)
        assert [row.record for row in listed.context["table"].rows] == [wanted]


class TestCascade:
    def test_from_the_city_to_a_ward_point_by_point(self, place: City) -> None:
        document, _version = a_plan(place.officer)
        officer, clerk = client_of(place.officer), client_of(place.clerk)
        form = officer.get(reverse("documents:order", args=[document.pk])).context["form"]
        said = {name: form[name].value() or "" for name in form.fields}
        said |= {"whom": "named", "names": "phường Một\nphường Hai", "due_on": _day(said["due_on"])}
        answer = officer.post(reverse("documents:order", args=[document.pk]), said)
        directive = Directive.objects.get()
        assert answer["Location"] == directive.get_absolute_url()
        assert Matter.objects.filter(order=directive.order).count() == 2

        first = point_of(document, "muc-i.1")
        own = {"kind": "plan", "symbol": "15-KH/ĐU", "date": "10-10-2025", "issuer": f"Đảng ủy {place.ward}"}
        answer = posted(
            clerk,
            "answer",
            directive.pk,
            **own,
            lines="1. Quán triệt trong tháng 10",
            points=[first.pk],
            hand_in="on",
        )
        uptake = Uptake.objects.get()
        assert answer["Location"] == uptake.get_absolute_url()
        assert Matter.objects.get(unit=place.ward).state == "submitted"

        theirs = Point.objects.get(document=uptake.document)
        posted(clerk, "uptake", uptake.pk, **{f"p{first.pk}": str(theirs.pk)})
        assert uptake.points.get().by_point == theirs
        point_page = officer.get(first.get_absolute_url()).content.decode()
        assert "15-KH/ĐU" in point_page

        table = officer.get(directive.get_absolute_url())
        assert [(row.record.unit.name, row.record.standing) for row in table.context["table"].rows] == [
            ("Hai", "missing"),
            ("Một", "done"),
        ]
        missing = officer.get(directive.get_absolute_url(), {"standing": "missing"})
        assert [row.record.unit for row in missing.context["table"].rows] == [place.sibling]
        points = officer.get(reverse("documents:directive-points", args=[directive.pk]))
        assert [line.wording.anchor for line in points.context["lines"] if line.untaken] == [
            "muc-i.2a",
            "muc-i.2b",
            "muc-ii",
        ]
        drawn = officer.get(reverse("documents:directive-map", args=[directive.pk]))
        assert drawn.context["legend"] == [("due", "Chưa có văn bản"), ("calm", "Đã có")]
        book = officer.get(directive.get_absolute_url(), {"export": "xlsx"})
        rows = list(load_workbook(BytesIO(b"".join(book.streaming_content))).active.values)
        assert [row[0] for row in rows[1:]] == ["phường Hai", "phường Một"]
        assert officer.get(reverse("documents:directives")).context["lines"][0].answered == 1

    def test_a_ward_sees_its_own_line_only(self, place: City) -> None:
        document, _version = a_plan(place.officer)
        directive = ordered(place.officer, document, place.ward, place.sibling)
        answered(place.other, directive)
        shown = client_of(place.clerk).get(directive.get_absolute_url())
        assert [row.record.unit for row in shown.context["table"].rows] == [place.ward]
        assert client_of(place.clerk).get(Uptake.objects.get().get_absolute_url()).status_code == 404

    def test_not_applicable_needs_a_reason(self, place: City) -> None:
        document, _version = a_plan(place.officer)
        directive = ordered(place.officer, document, place.ward)
        client = client_of(place.clerk)
        assert posted(client, "answer", directive.pk, kind="not_applicable").status_code == 422
        posted(
            client, "answer", directive.pk, kind="not_applicable", reason="Không có trung tâm", hand_in="on"
        )
        assert Uptake.objects.get().reason == "Không có trung tâm"

    def test_a_unit_more_costs_no_query_more(self, place: City) -> None:
        document, _version = a_plan(place.officer)
        directive = ordered(place.officer, document, place.ward)
        client = client_of(place.officer)
        names = ("directive-points", "directive-map")
        url = directive.get_absolute_url()
        before = [
            queries_of_page(client, reverse(f"documents:{name}", args=[directive.pk])) for name in names
        ]
        cost, listed = queries_of_list(client, url), queries_of_page(client, reverse("documents:directives"))
        from thongsuot.matters.actions import add_units

        add_units(by=place.officer, order=directive.order, units=[place.sibling])
        answered(place.clerk, directive, point_of(document, "muc-i.1"))
        answered(place.other, directive, point_of(document, "muc-i.1"))
        assert queries_of_list(client, url) == cost == 10
        assert queries_of_page(client, reverse("documents:directives")) == listed
        after = [queries_of_page(client, reverse(f"documents:{name}", args=[directive.pk])) for name in names]
        assert after == before


class TestAmending:
    def test_who_rested_on_a_changed_point_looks_again(self, place: City) -> None:
        document, _version = a_plan(place.officer)
        directive = ordered(place.officer, document, place.ward, place.sibling)
        touched = answered(place.clerk, directive, point_of(document, "muc-i.2a"))
        calm = answered(place.other, directive, point_of(document, "muc-i.1"))
        version = amended(place.officer, document, TEXT.replace("một người dự phòng", "hai người dự phòng"))
        page = client_of(place.officer).get(version.get_absolute_url()).content.decode()
        assert "<ins>hai</ins>" in page
        assert touched.get_absolute_url() in page
        assert calm.get_absolute_url() not in page
        client = client_of(place.clerk)
        assert "Cần xem lại" in client.get(touched.get_absolute_url()).content.decode()
        posted(client, "look-again", touched.pk)
        touched.refresh_from_db()
        assert (touched.again, touched.seen) == (None, version)


class TestStudy:
    def test_a_session_and_its_audience(self, place: City) -> None:
        document, _version = a_plan(place.officer)
        client = client_of(place.clerk)
        posted(client, "circle", document.pk, audience="members", heads=40)
        said = {"audience": "members", "held_on": "11-10-2025", "invited": 40}
        posted(client, "study-new", document.pk, **said, roll="Lan 1980\nMinh\nLan 1980")
        posted(client, "study-new", document.pk, **said, roll="Minh\nHoa", confirmed=1)
        page = client.get(reverse("documents:study", args=[document.pk]))
        cell = page.context["page"].studied.rows[0].cells[1]
        assert (cell.reach.people, cell.reach.attendances, cell.heads) == (3, 4, 40)
        assert (
            client_of(place.other)
            .get(reverse("documents:study", args=[document.pk]))
            .context["page"]
            .sessions
            == []
        )
        posted(client, "study-remove", StudySession.objects.order_by("pk")[0].pk)
        assert StudySession.objects.get().fresh == 2

    def test_more_confirmed_than_came_is_refused(self, place: City) -> None:
        document, _version = a_plan(place.officer)
        said = {
            "audience": "people",
            "held_on": "11-10-2025",
            "invited": 40,
            "attended": 10,
            "fresh": 2,
            "confirmed": 5,
        }
        answer = posted(client_of(place.clerk), "study-new", document.pk, **said)
        assert answer.status_code == 422
        assert not StudySession.objects.exists()

    def test_the_keeper_erases_the_rolls(self, place: City) -> None:
        document, _version = a_plan(place.officer)
        said = {"audience": "members", "held_on": "11-10-2025", "invited": 2, "roll": "Lan\nMinh"}
        posted(client_of(place.clerk), "study-new", document.pk, **said)
        assert posted(client_of(place.clerk), "erase", document.pk).status_code == 404
        posted(client_of(place.officer), "erase", document.pk)
        session = StudySession.objects.get()
        assert (session.roll.count(), session.fresh) == (0, 2)


class TestPoints:
    def test_a_task_rests_on_the_very_point(self, place: City) -> None:
        document, _version = a_plan(place.officer)
        point = point_of(document, "muc-i.2b")
        answer = posted(client_of(place.officer), "rest-on", point.pk, what="task")
        form = client_of(place.officer).get(answer["Location"]).context["form"]
        assert form["basis"].value() == "điểm b khoản 2 mục I, 12-KH/TU"

    def test_a_proposal_rests_on_the_very_point(self, place: City) -> None:
        document, _version = a_plan(place.officer)
        point, client = point_of(document, "muc-i.2b"), client_of(place.clerk)
        url = posted(client, "rest-on", point.pk, what="proposal")["Location"]
        said = {
            "text": "Cho thêm máy điện thoại",
            "kind": "request",
            "topic": "it",
            "raised_on": "10-10-2025",
        }
        form = client.get(url).context["form"]
        said["topic"] = form["topic"].value()
        said["raised_on"] = _day(form["raised_on"].value())
        assert client.post(url, said).status_code == 302
        assert "Cho thêm máy điện thoại" in client.get(point.get_absolute_url()).content.decode()


def _day(value: date) -> str:
    return f"{value:%d-%m-%Y}"
