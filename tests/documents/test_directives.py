"""What may be said about putting a document into effect, by whom, and what is refused with which words."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests import people
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
from tests.factories.matters import ProposalFactory
from tests.searching import index_all
from thongsuot.documents.actions import (
    Facts,
    add_version,
    answer_directive,
    edit_document,
    enter_document,
    keep_points,
    link_points,
    look_again,
    origin_of_point,
    register_document,
    remove_document,
    take_back_answer,
)
from thongsuot.documents.enums import Change, Force, UptakeKind
from thongsuot.documents.found import POINT
from thongsuot.documents.models import Document, Point, StudySession, Uptake, Wording
from thongsuot.documents.outlining import outline
from thongsuot.documents.queries import force, force_column
from thongsuot.documents.queries.cascade import counted, owed_by_unit, units_of
from thongsuot.finding.queries import matching
from thongsuot.kernel.verdicts import Refused
from thongsuot.matters.actions import verify_task
from thongsuot.matters.models import Matter
from thongsuot.notices.models import Notice

pytestmark = pytest.mark.django_db
DAY = date(2025, 10, 1)


@pytest.fixture
def place() -> City:
    return a_city()


class TestRemoving:
    def test_a_document_goes_with_its_texts_and_points(self, place: City) -> None:
        document, _version = a_plan(place.officer)
        remove_document(by=place.officer, document=document, reason="Nhập nhầm")
        assert not Document.objects.exists()
        assert not Point.objects.exists()

    def test_one_that_a_unit_took_up_stays_whole(self, place: City) -> None:
        document, _version = a_plan(place.officer)
        directive = ordered(place.officer, document, place.ward)
        answered(place.clerk, directive, point_of(document, "muc-i.1"))
        with pytest.raises(Refused, match="Chưa xóa được"), transaction.atomic():
            remove_document(by=place.officer, document=document)
        assert document.points.exists()
        assert Wording.objects.filter(version__document=document).exists()

    def test_one_whose_point_a_task_rests_on_stays_whole(self, place: City) -> None:
        document, _version = a_plan(place.officer)
        origin = origin_of_point(point_of(document, "muc-i.1"))
        ProposalFactory(origin=origin)
        with pytest.raises(Refused, match="Chưa xóa được"), transaction.atomic():
            remove_document(by=place.officer, document=document)
        assert document.points.exists()

    def test_only_by_those_who_keep_it(self, place: City) -> None:
        document, _version = a_plan(place.officer)
        with pytest.raises(Refused):
            remove_document(by=place.clerk, document=document)
        own = own_plan(place.clerk)
        remove_document(by=place.clerk, document=own)

    def test_the_button_stands_on_the_page_and_says_why_not(self, place: City) -> None:
        document, _version = a_plan(place.officer)
        ordered(place.officer, document, place.ward)
        client, url = people.signed_in(place.officer), reverse("documents:remove", args=[document.pk])
        assert url in client.get(document.get_absolute_url()).content.decode()
        page = client.post(url, {"reason": "Nhập nhầm"}, follow=True).content.decode()
        assert "Chưa xóa được" in page
        assert people.signed_in(place.clerk).post(url).status_code == 404


class TestEntering:
    def test_a_citation_without_a_day_is_filled_in_and_not_doubled(self, place: City) -> None:
        cited, _new = register_document(by=place.officer, number="12", symbol="KH/TU", issuer="Thành ủy")
        entered, _version = a_plan(place.officer)
        assert entered == cited
        assert Document.objects.get().date == DAY

    @pytest.mark.parametrize("symbol", ["12-KH/TU", "12/KH-TU", "số 12-kh/tu"])
    def test_one_document_in_any_spelling(self, place: City, symbol: str) -> None:
        a_plan(place.officer)
        with pytest.raises(Refused, match="Sổ đã có"):
            enter_document(by=place.officer, facts=Facts(symbol=symbol, date=DAY, issuer="Thành uỷ"))

    def test_a_ward_enters_what_it_issued_itself(self, place: City) -> None:
        own = own_plan(place.clerk)
        assert (own.unit, own.level) == (place.ward, "commune")
        with pytest.raises(Refused, match="không phải văn bản của"):
            edit_document(by=place.other, document=own, facts=Facts(symbol="15-KH/ĐU", date=DAY, issuer="x"))

    @pytest.mark.parametrize(
        ("facts", "standing"),
        [
            ({}, Force.UNKNOWN),
            ({"in_force_from": date(2025, 12, 1)}, Force.NOT_YET),
            ({"in_force_from": DAY}, Force.IN_FORCE),
            ({"in_force_from": DAY, "in_force_until": date(2025, 10, 20)}, Force.EXPIRED),
            ({"in_force_from": DAY, "ending": "repealed", "ended_on": date(2025, 11, 1)}, Force.REPEALED),
            ({"in_force_from": DAY, "ending": "suspended", "ended_on": date(2025, 12, 1)}, Force.IN_FORCE),
        ],
    )
    def test_force_on_a_day_is_one_rule_for_one_and_for_many(
        self, place: City, facts: dict[str, object], standing: Force
    ) -> None:
        on = date(2025, 11, 10)
        document = enter_document(
            by=place.officer,
            facts=Facts(symbol="12-KH/TU", date=DAY, issuer="Thành ủy", **facts),  # type: ignore[arg-type]
        )
        assert force(document, on) == standing
        assert Document.objects.annotate(f=force_column(on)).get().f == standing


class TestPoints:
    def test_a_point_keeps_its_row_when_it_moves_down(self, place: City) -> None:
        document, _version = a_plan(place.officer)
        phone = point_of(document, "muc-i.2b")
        moved = TEXT.replace("a) Mỗi", "a) Bố trí ghế chờ.\nb) Mỗi").replace("b) Công khai", "c) Công khai")
        version = amended(place.officer, document, moved)
        wording = version.wordings.get(point=phone)
        assert (wording.anchor, wording.change) == ("muc-i.2c", Change.RENUMBERED)
        assert version.wordings.get(anchor="muc-i.2a").change == Change.ADDED

    def test_a_point_that_somebody_rests_on_stays(self, place: City) -> None:
        document, version = a_plan(place.officer)
        directive = ordered(place.officer, document, place.ward)
        answered(place.clerk, directive, point_of(document, "muc-i.1"))
        with pytest.raises(Refused, match="khoản 1 mục I"):
            keep_points(by=place.officer, version=version, points=outline("II. Chỉ còn một mục"))
        keep_points(by=place.officer, version=version, points=outline(TEXT.split("\nII.")[0]))
        assert not Point.objects.filter(document=document, anchor="muc-ii").exists()

    def test_a_later_text_needs_the_paper_that_made_it(self, place: City) -> None:
        document, _version = a_plan(place.officer)
        with pytest.raises(Refused, match="văn bản sửa đổi"):
            add_version(by=place.officer, document=document, effective_on=date(2025, 12, 1))

    def test_points_are_found_by_their_words(self, place: City) -> None:
        document, _version = a_plan(place.officer)
        index_all()
        assert set(matching(POINT, "số điện thoại")) == {point_of(document, "muc-i.2b").pk}


class TestAnswering:
    def test_an_answer_is_the_result_of_the_task(self, place: City) -> None:
        document, _version = a_plan(place.officer)
        directive = ordered(place.officer, document, place.ward)
        answered(place.clerk, directive)
        task = Matter.objects.get(order=directive.order)
        assert task.state == "submitted"
        verify_task(by=place.officer, task=task)
        with pytest.raises(Refused, match="mở lại trước"):
            take_back_answer(by=place.clerk, uptake=Uptake.objects.get())

    def test_only_by_whom_it_was_given_to(self, place: City) -> None:
        document, _version = a_plan(place.officer)
        directive = ordered(place.officer, document, place.ward)
        with pytest.raises(Refused, match="không được giao"):
            answered(place.other, directive)

    def test_not_applicable_and_a_document_exclude_each_other(self, place: City) -> None:
        document, _version = a_plan(place.officer)
        directive = ordered(place.officer, document, place.ward)
        answer_directive(
            by=place.clerk, directive=directive, kind=UptakeKind.NOT_APPLICABLE, reason="Không có trung tâm"
        )
        with pytest.raises(Refused, match="Rút câu trả lời đó"):
            answered(place.clerk, directive)

    def test_the_database_wants_a_document_or_a_reason(self, place: City) -> None:
        document, _version = a_plan(place.officer)
        directive = ordered(place.officer, document, place.ward)
        with pytest.raises(IntegrityError), transaction.atomic():
            Uptake.objects.create(
                directive=directive, unit=place.ward, kind="plan", answered_on=DAY, author="Lan"
            )

    def test_points_belong_to_the_two_documents(self, place: City) -> None:
        document, _version = a_plan(place.officer)
        other, _version = a_plan(place.officer, "50-KH/TU")
        directive = ordered(place.officer, document, place.ward)
        uptake = answered(place.clerk, directive)
        with pytest.raises(Refused, match="Không phải điểm của văn bản được giao"):
            link_points(by=place.clerk, uptake=uptake, points={point_of(other, "muc-i.1"): None})
        first = point_of(document, "muc-i.1")
        with pytest.raises(Refused, match="Không phải điểm của văn bản đơn vị"):
            link_points(by=place.clerk, uptake=uptake, points={first: point_of(document, "muc-ii")})

    def test_what_is_no_longer_in_force_is_not_given(self, place: City) -> None:
        document, _version = a_plan(place.officer)
        Document.objects.filter(pk=document.pk).update(ending="repealed", ended_on=DAY)
        document.refresh_from_db()
        with pytest.raises(Refused, match="bị bãi bỏ"):
            ordered(place.officer, document, place.ward)

    def test_a_ward_gives_nobody_a_document(self, place: City) -> None:
        own = own_plan(place.clerk)
        with pytest.raises(Refused, match="không có quyền"):
            ordered(place.clerk, own, place.ward)

    def test_states_add_up_to_the_units(self, place: City) -> None:
        document, _version = a_plan(place.officer)
        directive = ordered(place.officer, document, place.ward, place.sibling)
        answered(place.clerk, directive)
        on = directive.issued_on
        counts = counted(units_of(directive, place.officer, on))
        assert {name: count for name, count in counts.items() if count} == {"done": 1, "missing": 1}
        later = date(on.year + 1, 1, 1)
        assert counted(units_of(directive, place.officer, later))["missing_late"] == 1
        assert owed_by_unit(place.officer, place.city, on) == {place.ward.pk: 0, place.sibling.pk: 1}


class TestAmending:
    def test_those_concerned_are_told_once(self, place: City) -> None:
        document, version = a_plan(place.officer)
        directive = ordered(place.officer, document, place.ward, place.sibling)
        touched = answered(place.clerk, directive, point_of(document, "muc-i.2a"))
        answered(place.other, directive, point_of(document, "muc-i.1"))
        version = amended(place.officer, document, TEXT.replace("dự phòng", "dự bị"))
        keep_points(by=place.officer, version=version, points=outline(TEXT.replace("dự phòng", "dự bị")))
        told = Notice.objects.filter(kind="changed", key=f"directive:again:{version.pk}")
        assert [notice.user for notice in told] == [place.clerk.user]
        touched.refresh_from_db()
        assert touched.again == version

    def test_who_rests_on_the_whole_document_looks_again_at_any_change(self, place: City) -> None:
        document, _version = a_plan(place.officer)
        uptake = answered(place.clerk, ordered(place.officer, document, place.ward))
        amended(place.officer, document, TEXT + "\nIII. Khen thưởng.")
        uptake.refresh_from_db()
        assert uptake.again is not None
        look_again(by=place.clerk, uptake=uptake)
        with pytest.raises(Refused, match="Không có nội dung"):
            look_again(by=place.clerk, uptake=uptake)

    def test_a_new_number_alone_touches_nobody(self, place: City) -> None:
        document, _version = a_plan(place.officer)
        uptake = answered(place.clerk, ordered(place.officer, document, place.ward))
        amended(place.officer, document, TEXT.replace("II. Báo", "III. Báo"))
        uptake.refresh_from_db()
        assert uptake.again is None


def test_the_database_keeps_counts_within_those_present(place: City) -> None:
    _document, version = a_plan(place.officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        StudySession.objects.create(
            version=version, unit=place.ward, audience="people", held_on=DAY, invited=5, attended=3, fresh=4
        )
