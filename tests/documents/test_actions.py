"""One document, however it is cited; two documents, however alike."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import people
from tests.factories.documents import DocumentCitationFactory, DocumentFactory
from tests.factories.oversight import CampaignFactory, MeetingFactory
from tests.factories.sources import CitationFactory, SourceFactory
from tests.factories.units import WardFactory
from thongsuot.documents.actions import (
    cite_document,
    complete_document,
    register_document,
    remove_document,
    uncite_document,
)
from thongsuot.documents.models import Document, DocumentCitation
from thongsuot.documents.queries import find_document
from thongsuot.kernel.verdicts import Refused
from thongsuot.oversight.models import MeetingDocument
from thongsuot.units.models import Mandate

pytestmark = pytest.mark.django_db
DAY = date(2025, 7, 24)


@pytest.fixture
def by() -> Mandate:
    return people.clerk(WardFactory())


def plan_249(by: Mandate, **facts: object) -> tuple[Document, bool]:
    return register_document(by=by, **{"number": "249", "symbol": "KH/UBKTTW", "date": DAY, **facts})  # type: ignore[arg-type]


class TestOneDocument:
    @pytest.mark.parametrize(
        "again",
        [
            {},
            {"issuer": "Ủy ban Kiểm tra Trung ương"},
            {"issuer": "Uỷ ban kiểm tra trung ương"},
            {"symbol": "kh/ubkttw"},
            {"symbol": "KH-UBKTTW"},
            {"type": "kế hoạch"},
        ],
    )
    def test_is_found_again_in_any_spelling(self, by: Mandate, again: dict[str, str]) -> None:
        first, new = plan_249(by)
        second, newer = plan_249(by, **again)
        assert (second, new, newer) == (first, True, False)

    def test_its_symbol_tells_what_the_text_left_out(self, by: Mandate) -> None:
        document, _new = plan_249(by)
        assert document.issuer == "Ủy ban Kiểm tra Trung ương"
        assert document.type == "kế hoạch"
        assert document.is_complete
        assert str(document) == "Kế hoạch 249-KH/UBKTTW ngày 24-07-2025"

    def test_state_papers_are_printed_with_a_slash(self, by: Mandate) -> None:
        decree, _new = register_document(by=by, number="30", symbol="2020/NĐ-CP", date=date(2020, 3, 5))
        assert (str(decree), decree.issuer) == ("Nghị định 30/2020/NĐ-CP ngày 05-03-2020", "Chính phủ")

    def test_cited_without_a_day_twice_is_one_where_its_issuer_is_known(self, by: Mandate) -> None:
        first, _new = register_document(by=by, number="57", symbol="NQ/TW")
        assert register_document(by=by, number="57", symbol="NQ/TW") == (first, False)


class TestTwoDocuments:
    def test_another_day_is_another_document(self, by: Mandate) -> None:
        first, _ = plan_249(by)
        other, new = plan_249(by, date=date(2024, 7, 24))
        assert new
        assert first != other

    def test_two_wards_may_give_the_same_number_the_same_day(self, by: Mandate) -> None:
        same = {"number": "15", "symbol": "KH-UBND", "date": DAY}
        first, _ = register_document(by=by, issuer="UBND phường Tân Khánh", **same)  # type: ignore[arg-type]
        other, new = register_document(by=by, issuer="UBND phường Tân Hiệp", **same)  # type: ignore[arg-type]
        assert new
        assert first != other

    def test_without_a_known_issuer_nothing_is_merged_in_silence(self, by: Mandate) -> None:
        first, _ = register_document(by=by, number="15", symbol="KH-UBND", date=DAY)
        other, new = register_document(by=by, number="15", symbol="KH-UBND", date=DAY)
        assert new
        assert first != other

    def test_the_database_holds_one_row_for_a_complete_identity(self) -> None:
        DocumentFactory(number="249")
        with pytest.raises(IntegrityError), transaction.atomic():
            DocumentFactory(number="249")

    def test_the_database_holds_one_row_without_a_day(self) -> None:
        DocumentFactory(number="249", date=None)
        DocumentFactory(number="249")
        with pytest.raises(IntegrityError), transaction.atomic():
            DocumentFactory(number="249", date=None)

    def test_a_type_nobody_knows_is_refused(self, by: Mandate) -> None:
        with pytest.raises(Refused, match="loại văn bản"):
            plan_249(by, type="mật thư")

    def test_a_paper_with_no_name_at_all_is_refused(self, by: Mandate) -> None:
        with pytest.raises(Refused, match="số, ký hiệu hay trích yếu"):
            register_document(by=by, number="", symbol="")


class TestFinding:
    def test_the_exact_one(self, by: Mandate) -> None:
        document, _ = plan_249(by)
        found = find_document(number="249", symbol="KH/UBKTTW", date=DAY)
        assert (found.exact, found.candidates) == (document, [])

    def test_less_is_known_than_the_register_has(self, by: Mandate) -> None:
        document, _ = plan_249(by)
        found = find_document(number="249", symbol="KH/UBKTTW")
        assert (found.exact, found.candidates) == (None, [document])
        assert find_document(number="249", symbol="").candidates == [document]

    def test_more_is_known_than_the_register_has(self, by: Mandate) -> None:
        partial, _ = register_document(by=by, number="15", symbol="KH-UBND")
        found = find_document(number="15", symbol="KH-UBND", date=DAY, issuer="UBND phường Tân Khánh")
        assert (found.exact, found.candidates) == (None, [partial])

    def test_what_contradicts_is_no_candidate(self, by: Mandate) -> None:
        plan_249(by)
        found = find_document(number="249", symbol="KH/UBKTTW", date=date(2020, 1, 1))
        assert (found.exact, found.candidates) == (None, [])

    def test_the_closest_comes_first(self, by: Mandate) -> None:
        register_document(by=by, number="15", symbol="KH-UBND")
        dated, _ = register_document(by=by, number="15", symbol="KH-UBND", date=DAY)
        assert find_document(number="15", symbol="KH-UBND", date=DAY).candidates[0] == dated


class TestCompleting:
    def test_a_fuller_citation_fills_in_what_was_unknown(self, by: Mandate) -> None:
        partial, _ = register_document(by=by, number="15", symbol="KH-UBND")
        complete_document(by=by, document=partial, date=DAY, issuer="UBND phường Tân Khánh")
        partial.refresh_from_db()
        assert partial.is_complete
        assert (
            find_document(number="15", symbol="KH-UBND", date=DAY, issuer="UBND phường Tân Khánh").exact
            == partial
        )

    @pytest.mark.parametrize("other", [{"date": date(2020, 1, 1)}, {"issuer": "Chính phủ nước khác"}])
    def test_what_is_known_is_never_overwritten(self, by: Mandate, other: dict[str, object]) -> None:
        document, _ = register_document(
            by=by, number="15", symbol="KH-UBND", date=DAY, issuer="UBND phường Mẫu"
        )
        with pytest.raises(Refused, match="khác"):
            complete_document(by=by, document=document, **other)  # type: ignore[arg-type]

    def test_it_never_becomes_a_second_row_of_a_known_document(self, by: Mandate) -> None:
        plan_249(by)
        undated, _ = register_document(by=by, number="249", symbol="KH/UBKTTW")
        with pytest.raises(Refused, match="Sổ đã có"):
            complete_document(by=by, document=undated, date=DAY)


class TestCitingAndUndo:
    def test_a_place_is_cited_once(self, by: Mandate) -> None:
        document, _ = plan_249(by)
        place = CitationFactory(source=SourceFactory(received_at_unit=by.unit))
        for _again in range(2):
            cite_document(by=by, document=document, citation=place, as_printed="Kế hoạch 249")
        assert DocumentCitation.objects.count() == 1

    def test_only_in_a_source_one_sees(self, by: Mandate) -> None:
        document, _ = plan_249(by)
        with pytest.raises(Refused, match="phạm vi"):
            cite_document(by=by, document=document, citation=CitationFactory(), as_printed="x")

    def test_a_document_goes_when_nothing_cites_it_any_more(self, by: Mandate) -> None:
        place = CitationFactory(source=SourceFactory(received_at_unit=by.unit))
        mention = DocumentCitationFactory(citation=place, as_printed="Kế hoạch số 249")
        with pytest.raises(Refused, match="Kế hoạch số 249"):
            remove_document(by=by, document=mention.document)
        uncite_document(by=by, mention=mention)
        remove_document(by=by, document=mention.document)
        assert not Document.objects.exists()

    def test_refusal_names_the_campaign_and_the_meeting(self, by: Mandate) -> None:
        document = DocumentFactory()
        CampaignFactory(plan=document, title="Giám sát chuyên đề")
        MeetingDocument.objects.create(meeting=MeetingFactory(title="Buổi giám sát Mẫu"), document=document)
        with pytest.raises(
            Refused, match=r"Buổi giám sát Mẫu.*Giám sát chuyên đề|Giám sát chuyên đề.*Buổi giám sát Mẫu"
        ):
            remove_document(by=by, document=document)
