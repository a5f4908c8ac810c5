"""The page of a source, the sentence box and the file as received."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import people
from tests.factories.sources import SourceFactory
from tests.units.places import city, ward
from thongsuot.sources import files, marks
from thongsuot.sources.actions import cite
from thongsuot.sources.marks import Mark
from thongsuot.sources.models import Source
from thongsuot.units.models import Mandate, Unit

pytestmark = pytest.mark.django_db
TEXT = "Phường Tân Khánh có hơn 152.000 dân <script>alert(1)</script>\nvà 1.553 đảng viên."


@pytest.fixture
def here() -> Unit:
    return ward(city(), "Tân Khánh", "25891")


@pytest.fixture
def source(here: Unit) -> Source:
    source: Source = SourceFactory(text=TEXT, received_at_unit=here, warnings=["Tệp có macro, đã bỏ qua."])
    files.keep(source.sha256, TEXT.encode())
    return source


@pytest.fixture
def client(here: Unit) -> Client:
    return people.signed_in(people.clerk(here))


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole sentence is a proposal; inside it stand a figure and a unit."""

    def marker(source: Source, by: Mandate) -> list[Mark]:
        number = TEXT.index("152.000")
        return [
            Mark(0, 40, "proposals", "KN-2025-1", "/viec/KN-2025-1/"),
            Mark(number, number + 7, "figures", "Dân số", "/so-lieu/"),
            Mark(0, 16, "units", "phường Tân Khánh", "/don-vi/1/"),
            Mark(60, 64, "units", "phường Tân Khánh", "/don-vi/1/"),
        ]

    monkeypatch.setattr(marks, "_MARKERS", [marker])


@pytest.mark.usefixtures("marked")
class TestPage:
    def test_marks_lead_to_their_records_and_twins_share_a_number(
        self, client: Client, source: Source
    ) -> None:
        text = client.get(reverse("sources:page", args=[source.pk])).content.decode()
        for address in ("/viec/KN-2025-1/", "/so-lieu/", "/don-vi/1/"):
            assert f'href="{address}"' in text
        assert text.count("data-lights=") > 3
        assert "<strong>3</strong> bản ghi" in text

    def test_overlapping_marks_lie_in_one_another(self, client: Client, source: Source) -> None:
        text = client.get(reverse("sources:page", args=[source.pk])).content.decode()
        assert '<mark class="mark-figures" data-lights="3">152.000</mark></mark>' in text

    def test_the_text_is_text(self, client: Client, source: Source) -> None:
        text = client.get(reverse("sources:page", args=[source.pk])).content.decode()
        assert "<script>alert" not in text
        assert "Tệp có macro, đã bỏ qua." in text
        assert source.sha256 in text

    def test_opens_at_a_citation(self, client: Client, source: Source) -> None:
        citation = cite(source=source, start=7, end=30)
        page = reverse("sources:page", args=[source.pk])
        text = client.get(page, {"at": citation.pk}).content.decode()
        assert text.count('id="at"') == 1
        assert 'class="cited"' in text

    @pytest.mark.parametrize("at", ["", "x", "999999", "-1", "9" * 40, "１"])
    def test_an_unknown_place_opens_the_page(self, client: Client, source: Source, at: str) -> None:
        response = client.get(reverse("sources:page", args=[source.pk]), {"at": at})
        assert response.status_code == 200
        assert 'id="at"' not in response.content.decode()

    def test_a_place_of_another_source_is_not_shown(self, client: Client, source: Source, here: Unit) -> None:
        other = cite(source=SourceFactory(received_at_unit=here), start=0, end=5)
        response = client.get(reverse("sources:page", args=[source.pk]), {"at": other.pk})
        assert response.context["shown"].at is None

    def test_costs_the_same_however_many_marks(
        self, client: Client, source: Source, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def cost() -> int:
            with CaptureQueriesContext(connection) as captured:
                client.get(reverse("sources:page", args=[source.pk]))
            return len(captured)

        few = cost()
        many = [Mark(n, n + 3, "figures", f"{n}", "/so-lieu/") for n in range(50)]
        monkeypatch.setattr(marks, "_MARKERS", [lambda *_: many])
        assert cost() == few


class TestSentence:
    def test_shows_the_words_in_their_place(self, client: Client, source: Source) -> None:
        citation = cite(source=source, start=24, end=31)
        address = reverse("sources:sentence", args=[citation.pk])
        text = client.get(address, headers={"HX-Request": "true"}).content.decode()
        assert '<mark class="cited">152.000</mark>' in text
        assert "<html" not in text

    def test_without_javascript_leads_into_the_source(self, client: Client, source: Source) -> None:
        citation = cite(source=source, start=24, end=31)
        response = client.get(reverse("sources:sentence", args=[citation.pk]))
        assert (
            response.headers["Location"] == f"{reverse('sources:page', args=[source.pk])}?at={citation.pk}#at"
        )


class TestFile:
    def test_comes_as_received_to_be_saved_and_never_opened_here(
        self, client: Client, source: Source
    ) -> None:
        response = client.get(reverse("sources:file", args=[source.pk]))
        assert response.content == TEXT.encode()
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response.headers["Content-Type"] == "application/octet-stream"

    @pytest.mark.parametrize(
        "name", ["báo cáo.docx", 'a"b.txt', "../../etc/passwd", "a\r\nSet-Cookie: x=1.txt"]
    )
    def test_any_name_makes_a_harmless_header(self, client: Client, source: Source, name: str) -> None:
        Source.objects.filter(pk=source.pk).update(name=name)
        header = client.get(reverse("sources:file", args=[source.pk])).headers["Content-Disposition"]
        assert header.startswith("attachment")
        assert "/" not in header.replace("attachment; filename*=utf-8''", "")
        assert "\n" not in header

    def test_a_lost_file_does_not_exist(self, client: Client, source: Source) -> None:
        files.forget(source.sha256)
        assert client.get(reverse("sources:file", args=[source.pk])).status_code == 404


def test_a_stranger_finds_nothing(source: Source) -> None:
    client = people.signed_in(people.stranger())
    citation = cite(source=source, start=0, end=5)
    for address in (
        reverse("sources:page", args=[source.pk]),
        reverse("sources:file", args=[source.pk]),
        reverse("sources:sentence", args=[citation.pk]),
    ):
        assert client.get(address).status_code == 404
        assert client.get(address, headers={"HX-Request": "true"}).status_code == 404
