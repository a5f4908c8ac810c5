"""Figures as sure as the text was, and the catalogue they are of."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import translation

from tests import people
from tests.factories.indicators import FigureFactory, IndicatorFactory
from tests.factories.oversight import MeetingFactory
from tests.factories.sources import CitationFactory, SourceFactory
from tests.factories.units import WardFactory
from thongsuot.audit.actors import SYSTEM
from thongsuot.audit.models import Event
from thongsuot.indicators.actions import (
    Reading,
    load_catalogue,
    propose_indicator,
    record_figure,
    remove_figure,
    remove_indicator,
)
from thongsuot.indicators.models import Figure, Indicator
from thongsuot.indicators.queries import indicator_for_measure
from thongsuot.kernel.verdicts import Refused
from thongsuot.lawbook.indicators import indicator_rules
from thongsuot.oversight.models import MeetingFigure
from thongsuot.sources.models import Citation
from thongsuot.units.models import Mandate

pytestmark = pytest.mark.django_db
DAY = date(2025, 10, 30)


@pytest.fixture
def by() -> Mandate:
    return people.clerk(WardFactory())


@pytest.fixture
def place(by: Mandate) -> Citation:
    return CitationFactory(source=SourceFactory(received_at_unit=by.unit))


def given(by: Mandate, place: Citation, reading: Reading) -> Figure:
    return record_figure(
        by=by,
        indicator=IndicatorFactory(),
        unit=by.unit,
        on=DAY,
        reading=reading,
        citation=place,
        origin="Buổi giám sát",
    )


class TestTheCatalogue:
    def test_the_command_loads_it_once(self) -> None:
        call_command("load_indicators")
        assert Indicator.objects.count() == len(indicator_rules())
        assert load_catalogue(by=SYSTEM) == 0
        assert Event.objects.filter(verb="indicator.loaded").count() == 1

    def test_it_follows_the_lawbook_and_leaves_proposals_alone(self) -> None:
        load_catalogue(by=SYSTEM)
        Indicator.objects.filter(code="population").update(name="Tên cũ")
        proposed = IndicatorFactory(code="x-voi", proposed=True)
        assert load_catalogue(by=SYSTEM) == 1
        assert Indicator.objects.get(code="population").name == "Dân số"
        assert Indicator.objects.filter(pk=proposed.pk, proposed=True).exists()

    def test_a_printed_noun_leads_to_it(self) -> None:
        load_catalogue(by=SYSTEM)
        found = indicator_for_measure("hồ sơ", "đã giải quyết 12 hồ sơ")
        assert found is not None
        assert found.code == "dossiers_resolved"

    def test_a_noun_it_does_not_know_leads_to_what_was_proposed_for_it(self, by: Mandate) -> None:
        assert indicator_for_measure("cây cầu") is None
        proposed, new = propose_indicator(by=by, name="Số cây cầu", unit_of_measure="cây cầu")
        again, newer = propose_indicator(by=by, name="số cây cầu", unit_of_measure="cây cầu")
        assert (again, new, newer) == (proposed, True, False)
        assert indicator_for_measure("cây cầu") == proposed

    def test_a_proposal_without_a_name_is_refused(self, by: Mandate) -> None:
        with pytest.raises(Refused, match="chưa có tên"):
            propose_indicator(by=by, name=" ", unit_of_measure="")

    def test_only_a_proposal_nothing_uses_can_be_removed(self, by: Mandate) -> None:
        used = FigureFactory(indicator=IndicatorFactory(proposed=True, name="Số cây cầu")).indicator
        with pytest.raises(Refused, match="đang được dùng"):
            remove_indicator(by=by, indicator=used)
        with pytest.raises(Refused, match="thuộc danh mục"):
            remove_indicator(by=by, indicator=IndicatorFactory())
        free = IndicatorFactory(proposed=True)
        remove_indicator(by=by, indicator=free)
        assert not Indicator.objects.filter(pk=free.pk).exists()


class TestDisplay:
    @pytest.mark.parametrize(
        ("value", "second", "qualifier", "unit", "words"),
        [
            ("152000", None, ">", "dân", "hơn 152.000 dân"),
            ("152000", None, "<", "dân", "gần 152.000 dân"),
            ("30", None, "~", "học viên", "khoảng 30 học viên"),
            ("1553", None, "=", "đảng viên", "1.553 đảng viên"),
            ("98.6", None, "=", "%", "98,6%"),
            ("5", "6", "range", "người", "5–6 người"),
            ("158", "170", "ratio", "chỉ tiêu", "158/170 chỉ tiêu"),
            ("43400000000", None, "=", "đồng", "43.400.000.000 đồng"),
            ("0.5", None, "=", "ha", "0,5 ha"),
        ],
    )
    def test_it_is_as_sure_as_the_text(
        self, value: str, second: str | None, qualifier: str, unit: str, words: str
    ) -> None:
        figure = FigureFactory(
            value=Decimal(value),
            second=Decimal(second) if second else None,
            qualifier=qualifier,
            unit_of_measure=unit,
        )
        figure.refresh_from_db()
        assert figure.display() == words


class TestRecording:
    def test_more_than_stays_more_than(self, by: Mandate, place: Citation) -> None:
        figure = given(by, place, Reading(Decimal(152000), "dân", "hơn 152.000 dân", ">"))
        figure.refresh_from_db()
        assert (figure.display(), figure.as_printed, figure.confirmed_by) == (
            "hơn 152.000 dân",
            "hơn 152.000 dân",
            by.actor.name,
        )
        assert Event.objects.get().subject_label.endswith("hơn 152.000 dân")

    def test_two_sources_may_disagree_and_both_stay(self, by: Mandate, place: Citation) -> None:
        indicator = IndicatorFactory()
        other = CitationFactory(source=place.source, start=30, end=45)
        for citation, value in ((place, 1553), (other, 1560)):
            record_figure(
                by=by,
                indicator=indicator,
                unit=by.unit,
                on=DAY,
                reading=Reading(Decimal(value), "đảng viên", str(value)),
                citation=citation,
            )
        assert Figure.objects.count() == 2

    def test_the_same_place_is_not_recorded_twice(self, by: Mandate, place: Citation) -> None:
        figure = FigureFactory(unit=by.unit, citation=place)
        with pytest.raises(Refused, match="đã có trong sổ"):
            record_figure(
                by=by,
                indicator=figure.indicator,
                unit=by.unit,
                on=figure.on,
                reading=Reading(Decimal(1), "dân", "1 dân"),
                citation=place,
            )

    @pytest.mark.parametrize(
        ("reading", "words"),
        [
            (Reading(Decimal("NaN"), "dân", "vô số dân"), "không phải là một số"),
            (Reading(Decimal(10) ** 19, "dân", "quá nhiều"), "không phải là một số"),
            (Reading(Decimal(5), "người", "5-6", "range"), "cần hai số"),
            (Reading(Decimal(5), "người", "5", "=", Decimal(6)), "cần hai số"),
            (Reading(Decimal(6), "người", "6-5", "range", Decimal(5)), "nhỏ hơn"),
        ],
    )
    def test_nonsense_is_refused_in_words(
        self, by: Mandate, place: Citation, reading: Reading, words: str
    ) -> None:
        with pytest.raises(Refused, match=words):
            given(by, place, reading)

    def test_only_from_a_source_one_sees(self, by: Mandate) -> None:
        with pytest.raises(Refused, match="phạm vi"):
            given(by, CitationFactory(), Reading(Decimal(1), "dân", "1 dân"))


class TestTakingBack:
    def test_whoever_may_take_the_paper_back_takes_its_figures_back(
        self, by: Mandate, place: Citation
    ) -> None:
        figure = FigureFactory(citation=place)  # of another ward, told by this ward's paper
        remove_figure(by=by, figure=figure)
        assert not Figure.objects.exists()

    def test_not_while_a_meeting_shows_it(self, by: Mandate, place: Citation) -> None:
        figure = FigureFactory(citation=place)
        MeetingFigure.objects.create(meeting=MeetingFactory(title="Buổi giám sát Mẫu"), figure=figure)
        with pytest.raises(Refused, match="Buổi giám sát Mẫu"):
            remove_figure(by=by, figure=figure)

    def test_not_by_a_stranger(self, place: Citation) -> None:
        with pytest.raises(Refused, match="phạm vi"):
            remove_figure(by=people.stranger(), figure=FigureFactory(citation=place))


@pytest.mark.parametrize(
    "wrong",
    [
        {"qualifier": "range"},
        {"second": Decimal(5)},
        {"qualifier": "range", "second": Decimal(1)},
        {"qualifier": "ratio", "second": None},
    ],
)
def test_the_database_knows_what_a_figure_cannot_be(wrong: dict[str, object]) -> None:
    figure = FigureFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Figure.objects.filter(pk=figure.pk).update(**wrong)


def test_an_english_page_says_it_in_english_numbers() -> None:
    figure = FigureFactory(value=Decimal("1234.5"), qualifier="=", unit_of_measure="ha")
    with translation.override("en"):
        assert figure.display() == "1,234.5 ha"
