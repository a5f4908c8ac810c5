"""The report after a campaign: numbers that lead to their rows, the prescribed layout, the same file every time."""

import re
from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from docx.shared import Pt
from openpyxl import load_workbook

from tests import people
from tests.costs import queries_of_page
from tests.factories.documents import DocumentFactory
from tests.factories.matters import AnswerFactory, IssuedTaskFactory, OriginFactory, ProposalFactory
from tests.factories.oversight import CampaignFactory, MeetingFactory, WorkingGroupFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.matters.models import MatterUnit
from thongsuot.oversight.enums import Standing
from thongsuot.oversight.models import Campaign
from thongsuot.oversight.reports import UNKNOWN, Asked, Report, report_of
from thongsuot.units.models import Mandate, Unit

TODAY = date(2025, 12, 1)


@pytest.fixture(autouse=True)
def today() -> object:
    with time_machine.travel("2025-12-01 09:00+07:00", tick=False):
        yield


@pytest.fixture
def city(db: None) -> Unit:
    return ProvinceFactory(name="Sông Lớn")


@pytest.fixture
def wards(city: Unit) -> list[Unit]:
    return [WardFactory(parent=city, name=name) for name in ("Bình Hưng", "Tân Khánh", "Hòa Lợi")]


@pytest.fixture
def campaign(city: Unit, wards: list[Unit]) -> Campaign:
    """Two groups: three proposals late, one answered, one of two units, one withdrawn; two tasks, one late."""
    campaign = CampaignFactory(unit=city, title="Giám sát thử", plan=DocumentFactory(number="249"))
    first = WorkingGroupFactory(campaign=campaign, number=1, units=wards[:2])
    second = WorkingGroupFactory(campaign=campaign, number=2, units=wards[2:])
    MeetingFactory(working_group=first, units=wards[:1])
    heard = OriginFactory(units=wards[:2], group_key=first.key)
    asked = ProposalFactory(unit=wards[0], origin=heard, topic="budget", competence="province")
    shared = ProposalFactory(unit=wards[0], origin=heard, topic="budget")
    MatterUnit.objects.create(matter=shared, unit=wards[1])
    answered = ProposalFactory(
        unit=wards[1],
        origin=heard,
        topic="training",
        state="answered",
        competence="centre",
        stopped_on=date(2025, 11, 12),
    )
    AnswerFactory(proposals=[answered], text="Sẽ mở lớp trong quý I")
    later = OriginFactory(units=wards[2:], group_key=second.key)
    ProposalFactory(unit=wards[2], origin=later, topic="training", text="=Mở lớp")
    gone = {"state": "withdrawn", "open": False, "closed_on": TODAY, "stopped_on": TODAY}
    ProposalFactory(unit=wards[2], origin=later, topic="budget", **gone)
    IssuedTaskFactory(unit=wards[0], origin=heard)
    done = {"state": "verified", "open": False, "closed_on": TODAY, "stopped_on": date(2025, 11, 11)}
    IssuedTaskFactory(unit=wards[2], origin=later, **done)
    ProposalFactory(unit=wards[0])
    assert asked
    return campaign


@pytest.fixture
def officer(city: Unit) -> Mandate:
    return people.officer(city)


@pytest.fixture
def client(officer: Mandate) -> Client:
    return people.signed_in(officer)


@pytest.fixture
def report(campaign: Campaign, officer: Mandate) -> Report:
    return report_of(campaign, officer, TODAY)


def at(name: str, campaign: Campaign, **query: Any) -> str:
    tail = "&".join(f"{key}={value}" for key, value in query.items())
    return f"{reverse(f'oversight:{name}', args=[campaign.pk])}?{tail}"


class TestNumbers:
    def test_what_the_campaign_heard_and_nothing_else(self, report: Report) -> None:
        assert (len(report.proposals), report.answered, report.late) == (5, 1, 3)
        assert (len(report.tasks), report.done_tasks, report.late_tasks) == (2, 1, 1)

    def test_every_number_is_the_length_of_its_list(self, report: Report) -> None:
        tables = (("topic", report.by_topic), ("competence", report.by_competence))
        for name, lines in tables:
            for line in lines:
                for standing, count in line.cells:
                    asked = Asked(**{name: line.key}, standing=standing)
                    assert len(report.proposals_where(asked)) == count
                assert len(report.proposals_where(Asked(**{name: line.key}))) == line.total
                assert len(report.proposals_where(Asked(**{name: line.key}, late=True))) == line.late

    def test_every_table_adds_up_to_the_whole(self, report: Report) -> None:
        for lines in (report.by_topic, report.by_competence):
            assert sum(line.total for line in lines) == report.whole.total == len(report.proposals)
            assert sum(line.late for line in lines) == report.whole.late == report.late
            for standing in Standing:
                assert sum(dict(line.cells)[standing] for line in lines) == report.whole.standings[standing]

    def test_units_count_what_they_share_each(self, report: Report, wards: list[Unit]) -> None:
        found = {finding.line.unit: finding for finding in report.findings}
        assert [found[ward].asked for ward in wards] == [2, 2, 2]
        assert [found[ward].late for ward in wards] == [2, 1, 1]
        assert (found[wards[0]].open_tasks, found[wards[0]].late_tasks) == (1, 1)
        for ward, finding in found.items():
            assert len(report.proposals_where(Asked(unit=str(ward.pk)))) == finding.asked

    def test_the_cube_counts_each_original_in_each_of_its_units(self, report: Report) -> None:
        assert sum(row[4] for row in report.cube) == 6
        assert (
            "Ngân sách, kinh phí",
            "phường Tân Khánh",
            "Chưa xác định",
            Standing.AWAITED,
            1,
            1,
        ) in report.cube

    def test_competence_nobody_could_tell_stands_last(self, report: Report) -> None:
        assert [line.key for line in report.by_competence] == ["province", "centre", UNKNOWN]


class TestPages:
    def test_each_number_on_the_page_leads_to_that_many_originals(
        self, client: Client, campaign: Campaign
    ) -> None:
        page = client.get(at("report", campaign)).content.decode()
        cells = re.findall(r'<td class="num"><a href="([^"]+)">(\d+)</a></td>', page)
        assert len(cells) > 15
        for url, number in cells:
            rows = client.get(url.replace("&amp;", "&")).context["rows"]
            assert len(rows) == int(number), url
        stats = re.findall(r'<a class="stat[^"]*" href="([^"]*nguyen-van[^"]*)">(\d+)</a>', page)
        for url, number in stats:
            assert len(client.get(url.replace("&amp;", "&")).context["rows"]) == int(number), url

    def test_an_original_stands_with_its_answer_and_its_sentence(
        self, client: Client, campaign: Campaign
    ) -> None:
        page = client.get(at("report-rows", campaign, da_tra_loi=1)).content.decode()
        assert "Sẽ mở lớp trong quý I" in page
        assert "?at=" in page

    def test_more_rows_cost_no_more_queries(
        self, client: Client, campaign: Campaign, wards: list[Unit]
    ) -> None:
        urls = [at(name, campaign) for name in ("report", "report-rows")]
        costs = [queries_of_page(client, url) for url in urls]
        origin = OriginFactory(units=wards, group_key=campaign.groups.get(number=1).key)
        AnswerFactory(proposals=ProposalFactory.create_batch(3, unit=wards[0], origin=origin))
        IssuedTaskFactory.create_batch(3, unit=wards[1], origin=origin)
        assert [queries_of_page(client, url) for url in urls] == costs

    def test_a_ward_reads_what_is_its_own(self, campaign: Campaign, wards: list[Unit]) -> None:
        page = people.signed_in(people.clerk(wards[2])).get(at("report", campaign)).context["page"]
        assert {row.unit_names for row in page.proposals} == {"phường Hòa Lợi"}

    def test_to_a_stranger_it_does_not_exist(self, campaign: Campaign) -> None:
        stranger = people.signed_in(people.stranger())
        for name in ("report", "report-rows", "report-word", "report-excel"):
            assert stranger.get(at(name, campaign)).status_code == 404

    def test_an_empty_campaign_has_a_report(self, client: Client, city: Unit) -> None:
        empty = CampaignFactory(unit=city)
        for name in ("report", "report-rows", "report-word", "report-excel"):
            assert client.get(at(name, empty)).status_code == 200


def words_of(document: Any) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


class TestWord:
    def test_as_a_party_paper(self, client: Client, campaign: Campaign) -> None:
        document = docx.Document(BytesIO(client.get(at("report-word", campaign)).content))
        section = document.sections[0]
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
        assert [round(margin.mm) for margin in margins] == [30, 15, 20, 20]
        normal = document.styles["Normal"].font
        assert (normal.name, normal.size) == ("Times New Roman", Pt(14))
        left, right = document.tables[0].rows[0].cells
        assert [line.text for line in left.paragraphs] == [
            "ĐẢNG BỘ THÀNH PHỐ SÔNG LỚN",
            "BAN THƯỜNG VỤ THÀNH ỦY",
            "*",
            "Số       -BC/TU",
        ]
        assert [line.text for line in right.paragraphs] == [
            "ĐẢNG CỘNG SẢN VIỆT NAM",
            "Sông Lớn, ngày 01 tháng 12 năm 2025",
        ]
        heading = right.paragraphs[0].runs[0]
        assert (heading.bold, heading.underline, heading.font.size) == (True, True, Pt(15))
        assert right.paragraphs[1].runs[0].italic
        text = words_of(document)
        assert "BÁO CÁO" in text
        assert "T/M BAN THƯỜNG VỤ" in text
        assert "- Lưu Văn phòng Thành ủy." in text

    def test_as_a_state_paper(self, client: Client, campaign: Campaign) -> None:
        url = at("report-word", campaign, the_thuc="state", so="12", nguoi_ky="Trần%20Văn%20Mẫu")
        document = docx.Document(BytesIO(client.get(url).content))
        left, right = document.tables[0].rows[0].cells
        assert left.paragraphs[0].text == "ỦY BAN NHÂN DÂN THÀNH PHỐ SÔNG LỚN"
        assert left.paragraphs[-1].text == "Số: 12/BC-UBND"
        assert [line.text for line in right.paragraphs][:2] == [
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
        ]
        assert "Trần Văn Mẫu" in words_of(document)

    def test_it_holds_every_original_the_answers_and_the_overdue(
        self, client: Client, campaign: Campaign, report: Report
    ) -> None:
        text = words_of(docx.Document(BytesIO(client.get(at("report-word", campaign)).content)))
        for row in report.proposals:
            assert row.matter.text in text
        assert "Sẽ mở lớp trong quý I" in text
        assert "1 kiến nghị đã được trả lời, 3 quá hạn trả lời" in text
        assert "2 tổ công tác đã làm việc với 1 trên 3 đơn vị, qua 1 buổi" in text
        overdue = text[text.index("IV. Kiến nghị quá hạn") : text.index("V. Nguyên văn")]
        assert overdue.count("KN-") == 3

    def test_made_again_it_is_the_same_file(self, client: Client, campaign: Campaign) -> None:
        for name in ("report-word", "report-excel"):
            first = client.get(at(name, campaign)).content
            with time_machine.travel("2025-12-01 17:30+07:00", tick=False):
                assert client.get(at(name, campaign)).content == first


class TestExcel:
    def test_its_sheets_hold_the_originals_and_their_counts(
        self, client: Client, campaign: Campaign, report: Report
    ) -> None:
        book = load_workbook(BytesIO(client.get(at("report-excel", campaign)).content))
        assert book.sheetnames == [
            "Theo lĩnh vực",
            "Theo thẩm quyền",
            "Tổng hợp",
            "Kiến nghị",
            "Nhiệm vụ",
            "Theo đơn vị",
        ]
        rows = list(book["Kiến nghị"].values)
        assert [row[0] for row in rows[1:]] == [row.matter.number for row in report.proposals]
        assert {row[12] for row in rows[1:]} == {"quá hạn", None}
        answered = next(row for row in rows[1:] if row[13])
        assert "Sẽ mở lớp trong quý I" in str(answered[13])
        whole = list(book["Theo lĩnh vực"].values)[-1]
        assert whole == ("Cộng", 3, 1, 0, 0, 1, 5, 3)
        assert len(list(book["Nhiệm vụ"].values)) == 3

    def test_no_text_becomes_a_formula(self, client: Client, campaign: Campaign) -> None:
        book = load_workbook(BytesIO(client.get(at("report-excel", campaign)).content))
        cell = next(cell for row in book["Kiến nghị"].iter_rows() for cell in row if cell.value == "=Mở lớp")
        assert cell.data_type == "s"
