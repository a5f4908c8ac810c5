"""A whole campaign from one file: every error at once with its place, a difference, one transaction, no-op again."""

from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tests import people
from tests.factories.documents import DocumentFactory
from tests.factories.oversight import (
    CampaignFactory,
    GroupSeatFactory,
    VisitFactory,
    WorkingGroupFactory,
)
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.audit.models import Event
from thongsuot.kernel.typed import day_of
from thongsuot.kernel.verdicts import Refused
from thongsuot.oversight.importing import apply_set, compare, read_set, sample_workbook
from thongsuot.oversight.importing import content as contents
from thongsuot.oversight.importing.moments import hour_of
from thongsuot.oversight.models import Campaign, GroupSeat, Visit, WorkingGroup
from thongsuot.units.models import Mandate, Unit

DAY_IN_EXCEL = datetime(2025, 10, 30)  # noqa: DTZ001  a workbook knows no zones
FILE = Path(__file__).parent / "files" / "campaign.yaml"
WHOLE = FILE.read_bytes()


@pytest.fixture
def city(db: None) -> Unit:
    return ProvinceFactory(name="Sông Lớn")


@pytest.fixture
def wards(city: Unit) -> dict[str, Unit]:
    named = [("Tân Khánh", "phường"), ("Bình Hưng", "xã"), ("Hòa Lợi", "phường")]
    return {name: WardFactory(name=name, kind=kind, parent=city) for name, kind in named}


@pytest.fixture
def officer(city: Unit) -> Mandate:
    return people.officer(city)


@pytest.fixture
def campaign(city: Unit, wards: dict[str, Unit]) -> Campaign:
    return CampaignFactory(unit=city, started_on=date(2025, 10, 1), ended_on=date(2025, 12, 31))


def compared(campaign: Campaign, data: bytes, name: str = "a.yaml") -> Any:
    return compare(Campaign.objects.get(pk=campaign.pk), read_set(data, name))


def told(found: Any) -> list[tuple[str, str]]:
    return [(problem.place, problem.says) for problem in found.problems]


def yaml_of(*lines: str) -> bytes:
    return "\n".join(("groups:", *lines)).encode()


def workbook(**sheets: list[list[Any]]) -> bytes:
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


class TestAWholeSet:
    def test_an_incomplete_campaign_goes_in_as_far_as_it_is_known(
        self, campaign: Campaign, officer: Mandate, wards: dict[str, Unit]
    ) -> None:
        found = apply_set(by=officer, campaign=campaign, data=WHOLE, name="campaign.yaml")
        first, second, third = WorkingGroup.objects.order_by("number")
        assert set(first.units.all()) == {wards["Tân Khánh"], wards["Bình Hưng"]}
        assert first.blocs == ["Đảng ủy Công an thành phố"]
        assert set(first.seats.values_list("part", "name", "title_as_was", "valid_from")) == {
            ("leader", "Lê Thị Mẫu", "Phó Bí thư Thành ủy", date(2025, 10, 1)),
            ("deputy", "Ngô Văn Mẫu", "", date(2025, 10, 1)),
            ("deputy", "Trần Thị Mẫu", "Phó Trưởng ban", date(2025, 10, 10)),
        }
        visit = Visit.objects.get()
        assert (visit.group, visit.planned_on, visit.time, visit.units.count()) == (
            first,
            date(2025, 10, 30),
            time(8, 30),
            2,
        )
        assert (second.units.get(), second.seats.count()) == (wards["Hòa Lợi"], 0)
        assert (third.units.count(), third.seats.count()) == (0, 0)
        campaign.refresh_from_db()
        assert campaign.plan is not None
        assert campaign.plan.printed == "01-KH/TU"
        assert "campaign.id, groups.source" in found.notices[0]

    def test_again_it_changes_nothing_and_leaves_no_trace(self, campaign: Campaign, officer: Mandate) -> None:
        apply_set(by=officer, campaign=campaign, data=WHOLE, name="campaign.yaml")
        events = Event.objects.count()
        again = apply_set(by=officer, campaign=campaign, data=WHOLE, name="campaign.yaml")
        assert (again.changes, Event.objects.count()) == ([], events)

    def test_the_trail_names_the_file_once(self, campaign: Campaign, officer: Mandate) -> None:
        apply_set(by=officer, campaign=campaign, data=WHOLE, name="campaign.yaml")
        event = Event.objects.get(verb="campaign.imported")
        assert event.details["file"] == "campaign.yaml"
        assert event.details["changes"] == 11

    def test_what_one_act_refuses_undoes_all(
        self, campaign: Campaign, officer: Mandate, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(**_said: object) -> None:
            raise Refused("không được")

        monkeypatch.setattr("thongsuot.oversight.importing.changes.plan_visit", refuse)
        with pytest.raises(Refused, match="không được"):
            apply_set(by=officer, campaign=campaign, data=WHOLE, name="campaign.yaml")
        assert not WorkingGroup.objects.exists()

    def test_if_the_register_moved_since_the_preview_it_is_shown_anew(
        self, campaign: Campaign, officer: Mandate
    ) -> None:
        seen = compared(campaign, WHOLE).seen
        WorkingGroupFactory(campaign=campaign, number=1)
        with pytest.raises(Refused, match="Sổ vừa thay đổi"):
            apply_set(by=officer, campaign=campaign, data=WHOLE, name="campaign.yaml", seen=seen)

    def test_only_who_manages_the_campaign(self, campaign: Campaign, wards: dict[str, Unit]) -> None:
        for other in (people.clerk(wards["Hòa Lợi"]), people.officer(ProvinceFactory())):
            with pytest.raises(Refused):
                apply_set(by=other, campaign=campaign, data=WHOLE, name="campaign.yaml")


class TestErrors:
    def test_all_of_a_yaml_file_at_once_by_line(self, campaign: Campaign, officer: Mandate) -> None:
        wrong = yaml_of(
            "  - number: 0",  # 2
            "  - number: 1",  # 3
            "    leaders: [{title: Bí thư}]",  # 4
            "    units: [phường Không Đâu]",  # 5
            "    visits:",  # 6
            "      - {date: 32-10-2025, units: [Tân Khánh]}",  # 7
            "      - {time: 8h, units: [Tân Khánh]}",  # 8
            "      - {date: 2026-03-01, time: 25h, units: [Tân Khánh]}",  # 9
            "  - {number: 1}",  # 10
            "  - {name: Tổ}",  # 11
            "  - number: 4",  # 12
            "    units: {thon: [Ấp]}",  # 13
            "    deputies: Lê Mẫu",  # 14
        )
        found = compared(campaign, wrong)
        assert sorted(place for place, _says in told(found)) == sorted(
            f"dòng {line}" for line in (2, 4, 5, 7, 8, 9, 9, 10, 11, 13, 14)
        )
        with pytest.raises(Refused, match="11 lỗi"):
            apply_set(by=officer, campaign=campaign, data=wrong, name="a.yaml")
        assert not WorkingGroup.objects.exists()

    def test_all_of_a_workbook_at_once_by_sheet_and_cell(self, campaign: Campaign) -> None:
        data = workbook(
            Tổ=[["Tên tổ", "Số tổ"], ["Một", 1], ["Hai", "hai"]],
            Người=[
                ["Số tổ", "Phần việc", "Họ và tên", "Từ ngày"],
                [1, "Tổ trưởng", "", None],
                [1, "Trưởng đoàn", "Lê Mẫu", "hôm qua"],
            ],
            Đơn_vị=[["Số tổ", "Đơn vị"], [1, "Tân Khánh"], [1, "Không Đâu; Bình Hưng"], [1, None]],
            Lịch=[["Số tổ", "Ngày", "Đơn vị"], [1, date(2025, 10, 30), "Hòa Lợi"], [1, None, "Tân Khánh"]],
        )
        assert {place for place, _says in told(compared(campaign, data, "a.xlsx"))} == {
            "Tổ!B3",
            "Người!C2",
            "Người!B3",
            "Người!D3",
            "Đơn vị!B3",
            "Đơn vị!B4",
            "Lịch!B2",
            "Lịch!B3",
        }

    def test_a_sheet_without_its_columns(self, campaign: Campaign) -> None:
        data = workbook(Đơn_vị=[["Tổ", "Tên"], [1, "Tân Khánh"]])
        assert told(compared(campaign, data, "a.xlsx"))[0] == (
            "Đơn vị!A1",
            "Thiếu cột: Số tổ, Đơn vị. Tên cột ở dòng 1.",
        )

    @pytest.mark.parametrize(
        ("data", "says"),
        [
            (b"groups: [", "Sai cú pháp YAML"),
            (b"\xff\xfe\x00", "không phải Excel"),
            (b"PK\x03\x04 broken", "Không mở được tệp Excel"),
            (b"", "không có tổ công tác nào"),
            (b"- 1", "cặp khóa"),
            (b"groups: 3", "một danh sách"),
            (b"groups: &a [*a]", "cặp khóa"),
            (b" " * (1024 * 1024 + 1), "lớn hơn 1 MB"),
        ],
    )
    def test_what_is_no_campaign(self, campaign: Campaign, data: bytes, says: str) -> None:
        assert says in told(compared(campaign, data))[0][1]

    def test_a_file_that_means_harm_is_put_down(
        self, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bomb = b"a: &a [x,x,x,x,x,x,x,x,x]\ngroups:\n" + b"- {number: 1, units: [p, q]}\n" * 40
        monkeypatch.setattr(contents, "MOST_FACTS", 50)
        assert "quá nhiều dòng" in told(compared(campaign, bomb))[-1][1]

    def test_another_plan_is_no_mistake_to_pass_over(self, campaign: Campaign) -> None:
        campaign.plan = DocumentFactory(number="249")
        campaign.save()
        assert (
            "dòng 4",
            "Đợt này theo 249-KH/UBKTTW, tệp ghi 01-KH/TU. Kiểm tra có đúng tệp không.",
        ) in told(compared(campaign, WHOLE))

    def test_two_leaders_at_once(self, campaign: Campaign) -> None:
        found = compared(campaign, yaml_of("  - {number: 1, leaders: [Lê Mẫu, Ngô Mẫu]}"))
        assert told(found) == [("dòng 2", "Tổ số 1 có hai tổ trưởng cùng lúc: Lê Mẫu và Ngô Mẫu.")]

    def test_a_unit_of_two_groups_is_told_but_no_error(self, campaign: Campaign) -> None:
        found = compared(
            campaign, yaml_of("  - {number: 1, units: [Tân Khánh]}", "  - {number: 2, units: [Tân Khánh]}")
        )
        assert found.problems == []
        assert found.notices == ["Phường Tân Khánh thuộc nhiều tổ: 1, 2."]


class TestAgainstTheRegister:
    @pytest.fixture
    def group(self, campaign: Campaign, wards: dict[str, Unit]) -> WorkingGroup:
        units = [wards["Tân Khánh"], wards["Hòa Lợi"]]
        group = WorkingGroupFactory(campaign=campaign, number=1, units=units)
        GroupSeatFactory(group=group, name="Lê Thị Mẫu", title_as_was="Trưởng ban")
        return group

    def says(self, campaign: Campaign, *lines: str) -> list[str]:
        found = compared(campaign, yaml_of(*lines))
        return [change.says for change in found.changes] or [problem.says for problem in found.problems]

    def test_a_list_said_to_be_whole_takes_units_away_another_does_not(
        self, campaign: Campaign, group: WorkingGroup
    ) -> None:
        assert self.says(campaign, "  - {number: 1, units: [Bình Hưng]}") == ["Tổ số 1: thêm xã Bình Hưng"]
        assert self.says(campaign, "  - {number: 1, units: [Bình Hưng], complete: true}") == [
            "Tổ số 1: thêm xã Bình Hưng; bỏ phường Tân Khánh, phường Hòa Lợi"
        ]
        assert self.says(campaign, "  - {number: 1, units: [], complete: true}") == []

    def test_a_new_leader_needs_the_day(
        self, campaign: Campaign, group: WorkingGroup, officer: Mandate
    ) -> None:
        assert self.says(campaign, "  - {number: 1, leader: Ngô Mẫu}") == [
            "Sổ ghi tổ trưởng là Lê Thị Mẫu, tệp ghi Ngô Mẫu. Ghi thêm Từ ngày của người mới."
        ]
        data = yaml_of("  - {number: 1, leaders: [{name: Ngô Mẫu, title: Phó Bí thư, from: 14-11-2025}]}")
        apply_set(by=officer, campaign=campaign, data=data, name="a.yaml")
        assert list(GroupSeat.objects.order_by("valid_from").values_list("name", "valid_to")) == [
            ("Lê Thị Mẫu", date(2025, 11, 14)),
            ("Ngô Mẫu", None),
        ]
        assert compared(campaign, data).changes == []

    def test_so_does_a_new_title(self, campaign: Campaign, group: WorkingGroup, officer: Mandate) -> None:
        assert (
            "Từ ngày của chức vụ mới"
            in self.says(campaign, "  - {number: 1, leader: Lê Thị Mẫu, leader_title: Phó Chủ tịch}")[0]
        )
        data = yaml_of(
            "  - number: 1",
            "    leaders:",
            "      - {name: Lê Thị Mẫu, title: Trưởng ban, from: 2025-10-01, to: 2025-11-14}",
            "      - {name: Lê Thị Mẫu, title: Phó Chủ tịch, from: 2025-11-14}",
        )
        apply_set(by=officer, campaign=campaign, data=data, name="a.yaml")
        assert list(GroupSeat.objects.order_by("valid_from").values_list("title_as_was", "valid_to")) == [
            ("Trưởng ban", date(2025, 11, 14)),
            ("Phó Chủ tịch", None),
        ]
        assert compared(campaign, data).changes == []

    def test_a_title_that_was_not_known_is_filled_in(
        self, campaign: Campaign, group: WorkingGroup, officer: Mandate
    ) -> None:
        GroupSeat.objects.update(title_as_was="")
        data = yaml_of("  - {number: 1, leader: Lê Thị Mẫu, leader_title: Trưởng ban}")
        apply_set(by=officer, campaign=campaign, data=data, name="a.yaml")
        assert GroupSeat.objects.get().title_as_was == "Trưởng ban"
        assert compared(campaign, data).changes == []

    def test_a_visit_known_already_is_amended_or_left(
        self, campaign: Campaign, group: WorkingGroup, officer: Mandate, wards: dict[str, Unit]
    ) -> None:
        visit = VisitFactory(group=group, units=[wards["Tân Khánh"]], planned_on=date(2025, 10, 30))
        line = "  - {number: 1, visits: [{date: 2025-10-30, units: [Tân Khánh]%s}]}"
        assert self.says(campaign, line % "") == []
        data = yaml_of(line % ", time: 14h, place: Trụ sở")
        apply_set(by=officer, campaign=campaign, data=data, name="a.yaml")
        visit.refresh_from_db()
        assert (visit.time, visit.place) == (time(14, 0), "Trụ sở")
        visit.held_on = date(2025, 10, 30)
        visit.save()
        assert self.says(campaign, line % ", time: 15h") == []

    def test_another_day_is_another_visit_and_is_pointed_out(
        self, campaign: Campaign, group: WorkingGroup, wards: dict[str, Unit]
    ) -> None:
        VisitFactory(group=group, units=[wards["Tân Khánh"]], planned_on=date(2025, 10, 30))
        found = compared(
            campaign, yaml_of("  - {number: 1, visits: [{date: 2025-11-04, units: [Tân Khánh]}]}")
        )
        assert len(found.changes) == 1
        assert "nếu là dời ngày" in found.notices[0]


class TestExcel:
    def test_the_sample_reads_as_it_is_written(self, campaign: Campaign) -> None:
        read = read_set(sample_workbook(), "mau.xlsx")
        assert read.problems == []
        assert read.ignored == []
        first = read.groups[1]
        assert (len(first.people), len(first.units), first.complete) == (2, 2, True)
        assert [(visit.on, visit.time, len(visit.units)) for visit in first.visits] == [
            (date(2025, 10, 30), time(8, 30), 2)
        ]

    def test_a_workbook_filled_in_goes_in_whatever_the_order_of_columns_and_cells(
        self, campaign: Campaign, officer: Mandate
    ) -> None:
        data = workbook(
            Ghi_chú=[["x"]],
            LICH=[
                ["Don vi", "Giờ", "NGÀY", "Số tổ"],
                ["Tân Khánh", time(8, 30), DAY_IN_EXCEL, 1.0],
            ],
            Người=[["Họ và tên", "Phần việc", "Số tổ", "Ghi chú"], ["Lê Thị Mẫu", "to truong", "1", "x"]],
            Đơn_vị=[["Số tổ", "Đơn vị"], [1, "Tân Khánh, Bình Hưng"], [None, None], [2, "hoa loi"]],
        )
        found = apply_set(by=officer, campaign=campaign, data=data, name="a.xlsx")
        assert Visit.objects.get().time == time(8, 30)
        assert GroupSeat.objects.get().part == "leader"
        assert WorkingGroup.objects.get(number=2).units.get().name == "Hòa Lợi"
        assert found.notices == ["Không dùng tới: trang tính Ghi chú, Người: Ghi chú."]
        assert compared(campaign, data, "a.xlsx").changes == []


class TestMoments:
    @pytest.mark.parametrize(
        "said", ["30-10-2025", "30/10/2025", "2025-10-30", "30.10.2025", date(2025, 10, 30)]
    )
    def test_days(self, said: object) -> None:
        assert day_of(said) == date(2025, 10, 30)

    @pytest.mark.parametrize(
        "said", ["8:30", "8h30", "08:30:00", "8 giờ 30", time(8, 30), timedelta(hours=8.5), 8.5 / 24]
    )
    def test_hours(self, said: object) -> None:
        assert hour_of(said) == time(8, 30)

    @given(st.text(max_size=12))
    def test_anything_else_is_none_and_never_an_error(self, said: str) -> None:
        assert day_of(said) is None or isinstance(day_of(said), date)
        assert hour_of(said) is None or isinstance(hour_of(said), time)


class TestPages:
    @pytest.fixture
    def client(self, officer: Mandate) -> Client:
        return people.signed_in(officer)

    def send(self, client: Client, campaign: Campaign, data: bytes = WHOLE) -> Any:
        url = reverse("oversight:import", args=[campaign.pk])
        return client.post(url, {"file": SimpleUploadedFile("campaign.yaml", data)}, follow=True)

    def test_a_preview_writes_nothing_and_applying_writes_all(
        self, client: Client, campaign: Campaign
    ) -> None:
        page = self.send(client, campaign)
        assert "Lập tổ công tác số 3" in page.content.decode()
        assert not WorkingGroup.objects.exists()
        seen = page.context["found"].seen
        answer = client.post(reverse("oversight:apply-import", args=[campaign.pk]), {"seen": seen})
        assert answer["Location"] == campaign.get_absolute_url()
        assert WorkingGroup.objects.count() == 3
        assert "không có gì để áp dụng" in self.send(client, campaign).content.decode()

    def test_errors_stand_in_a_table_and_nothing_can_be_applied(
        self, client: Client, campaign: Campaign
    ) -> None:
        page = self.send(client, campaign, yaml_of("  - {number: 1, units: [Không Đâu]}")).content.decode()
        assert "dòng 2" in page
        assert "Áp dụng tất cả" not in page
        answer = client.post(reverse("oversight:apply-import", args=[campaign.pk]), {}, follow=True)
        assert "còn 1 lỗi" in answer.content.decode()

    def test_without_a_file(self, client: Client, campaign: Campaign) -> None:
        answer = client.post(reverse("oversight:import", args=[campaign.pk]), follow=True)
        assert "Chưa chọn tệp" in answer.content.decode()
        answer = client.post(reverse("oversight:apply-import", args=[campaign.pk]), follow=True)
        assert "Không còn tệp xem trước" in answer.content.decode()

    def test_the_sample_is_a_workbook(self, client: Client) -> None:
        answer = client.get(reverse("oversight:import-sample"))
        assert load_workbook(BytesIO(answer.content)).sheetnames == [
            "Kế hoạch",
            "Tổ",
            "Người",
            "Đơn vị",
            "Lịch",
        ]
