"""What the units of a round add up to: on screen, in Word and in Excel the same, and the same file for the same content."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import people
from tests.costs import queries_of_page
from tests.factories.indicators import IndicatorFactory
from tests.factories.units import ProvinceFactory, WardFactory
from thongsuot.indicators.actions import period_for, rebuild_subtotals
from thongsuot.indicators.models import Indicator, StatedFigure, Statement
from thongsuot.kernel.periods import PeriodName
from thongsuot.returns.consolidated import consolidated
from thongsuot.returns.models import (
    Passage,
    Return,
    ReturnTemplate,
    ReturnVersion,
    Round,
    TemplateLine,
    TemplateSection,
    WordTemplate,
)
from thongsuot.units.models import Mandate, Unit

NOW = timezone.now()


@pytest.fixture
def city(db: None) -> Unit:
    return ProvinceFactory()


@pytest.fixture
def officer(city: Unit) -> Mandate:
    return people.officer(city)


@pytest.fixture
def client(officer: Mandate) -> Client:
    return people.signed_in(officer)


@pytest.fixture
def called(city: Unit) -> Round:
    """Dossiers received (added) and dossiers in time of all resolved (a ratio), and what stood in the way."""
    received = IndicatorFactory(name="Hồ sơ tiếp nhận", unit_of_measure="hồ sơ")
    in_time = IndicatorFactory(
        name="Hồ sơ đúng hạn",
        kind="ratio",
        over_units="weighted",
        over_periods="weighted",
        unit_of_measure="hồ sơ",
    )
    template = ReturnTemplate.objects.create(
        code="quy", name="Kết quả công tác quý", issuer=city, period_kind="quarter", layout="state",
        valid_from=date(2025, 7, 1),
    )  # fmt: skip
    for at, indicator in enumerate((received, in_time), start=1):
        TemplateLine.objects.create(template=template, indicator=indicator, position=at, heading="Thủ tục")
    TemplateSection.objects.create(
        template=template, kind="shortcomings", position=1, title="Tồn tại, hạn chế"
    )
    period = period_for("state", PeriodName("quarter", 2026, 3))
    return Round.objects.create(
        template=template, unit=city, period=period, due=date(2026, 9, 18), opened_at=NOW, opened_by="Lan"
    )


def accepted(called: Round, name: str, received: int | None, part: int, whole: int, said: str = "") -> Unit:
    """A ward whose return was taken in; nothing received is told as not applicable."""
    unit: Unit = WardFactory(parent=called.unit, name=name)
    owed = Return.objects.create(
        round=called, unit=unit, state="accepted", number=1, due=called.due, handed_in_at=NOW
    )
    statement = Statement.objects.create(
        key=f"returns.return:{owed.pk}", unit=unit, period=called.period, title="Báo cáo", path="/", in_force=True,
        in_force_since=NOW,
    )  # fmt: skip
    version = ReturnVersion.objects.create(
        parent=owed, number=1, statement=statement, begun_at=NOW, begun_by="Lan", submitted_at=NOW, approved_at=NOW,
        accepted_at=NOW,
    )  # fmt: skip
    first, second = (line.indicator for line in called.template.lines.all())
    state(statement, first, received, None)
    state(statement, second, part, whole)
    if said:
        Passage.objects.create(version=version, section=called.template.sections.get(), text=said)
    rebuild_subtotals(periods=[called.period])
    return unit


def state(statement: Statement, indicator: Indicator, value: int | None, second: int | None) -> None:
    StatedFigure.objects.create(
        statement=statement, indicator=indicator, unit=statement.unit, period=statement.period, value=value,
        second=second, qualifier="ratio" if second is not None else "=", applicable=value is not None, in_force=True,
    )  # fmt: skip


def silent(called: Round, name: str) -> Unit:
    unit: Unit = WardFactory(parent=called.unit, name=name)
    Return.objects.create(round=called, unit=unit, due=called.due)
    return unit


@pytest.fixture
def three(called: Round) -> Round:
    accepted(called, "Bình Hưng", 1000, 90, 100, "Thiếu người ở bộ phận một cửa.")
    accepted(called, "Hòa Lợi", 500, 10, 300)
    silent(called, "Tân Khánh")
    return called


def test_a_ratio_is_recomputed_from_its_parts_never_averaged(three: Round) -> None:
    received, in_time = consolidated(three).lines
    assert received.value == 1500
    assert in_time.shown == "100/400"
    assert in_time.percent == Decimal(25), "the average of 90 % and 3,33 % would be 46,67 %"


def test_missing_and_not_applicable_are_told_apart(called: Round) -> None:
    accepted(called, "Bình Hưng", None, 1, 2)
    silent(called, "Tân Khánh")
    received, in_time = consolidated(called).lines
    assert (received.total.units, received.total.not_applicable, received.missing) == (0, 1, 1)
    assert (in_time.total.units, in_time.missing) == (1, 1)
    assert received.shown == ""


def test_who_is_silent_is_named(three: Round, client: Client) -> None:
    content = consolidated(three)
    assert (content.owed, content.handed_in, content.accepted) == (3, 2, 2)
    assert [unit.name for unit in content.silent] == ["Tân Khánh"]
    assert "Tân Khánh" in client.get(reverse("returns:consolidation", args=[three.pk])).content.decode()


def test_word_tells_the_totals_of_the_screen(three: Round, client: Client) -> None:
    answer = client.get(reverse("returns:consolidation-word", args=[three.pk]))
    document = docx.Document(BytesIO(answer.content))
    table = document.tables[1]
    assert [cell.text for cell in table.rows[1].cells][1:4] == ["Hồ sơ tiếp nhận", "hồ sơ", "1.500"]
    assert [cell.text for cell in table.rows[2].cells][3] == "100/400 (25 %)"
    text = "\n".join(one.text for one in document.paragraphs)
    assert "2/3 đơn vị đã gửi báo cáo" in text
    assert "Thiếu người ở bộ phận một cửa." in text
    assert answer.content == client.get(reverse("returns:consolidation-word", args=[three.pk])).content


def test_excel_sums_live_and_equal_the_screen(three: Round, client: Client) -> None:
    data = client.get(reverse("returns:consolidation-excel", args=[three.pk])).content
    formulas = openpyxl.load_workbook(BytesIO(data)).active
    shown = openpyxl.load_workbook(BytesIO(data), data_only=True).active
    last = shown.max_row
    assert shown.cell(last, 1).value == "Tổng"
    assert formulas.cell(last, 2).value == f"=SUM(B5:B{last - 1})"
    assert [shown.cell(last, at).value for at in (2, 3, 4)] == [1500, 100, 400]
    assert shown.cell(last - 1, 2).value is None, "a silent unit is an empty cell, not a nought"


def test_an_own_layout_is_edited_in_word_and_filled_in(three: Round, client: Client) -> None:
    start = client.get(reverse("returns:word-start", args=[three.pk])).content
    document = docx.Document(BytesIO(start))
    document.paragraphs[0].insert_paragraph_before("MẪU RIÊNG CỦA {{ noi_nhan_bao_cao }}")
    edited = BytesIO()
    document.save(edited)
    assert keep(client, three, edited.getvalue()).status_code == 302
    answer = client.get(reverse("returns:consolidation-word", args=[three.pk]))
    filled_in = docx.Document(BytesIO(answer.content))
    assert f"MẪU RIÊNG CỦA {three.unit}" in [one.text for one in filled_in.paragraphs]
    assert "1.500" in [cell.text for row in filled_in.tables[0].rows for cell in row.cells]
    assert answer.content == client.get(reverse("returns:consolidation-word", args=[three.pk])).content
    client.post(reverse("returns:drop-word", args=[three.pk]))
    assert not WordTemplate.objects.exists()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{{ khong_co }}", "khong_co"),
        ("{% for d in so_lieu %}", "Chỗ điền trong mẫu viết sai"),
        ("{{ ''.__class__.__mro__ }}", "Chỗ điền trong mẫu viết sai"),
        ("{% for i in range(99999999) %}x{% endfor %}", "Chỗ điền trong mẫu viết sai"),
    ],
)
def test_a_layout_that_does_not_work_is_not_kept(three: Round, client: Client, text: str, says: str) -> None:
    document = docx.Document()
    document.add_paragraph(text)
    written = BytesIO()
    document.save(written)
    answer = keep(client, three, written.getvalue())
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not WordTemplate.objects.exists()


def test_what_is_no_word_file_is_refused(three: Round, client: Client) -> None:
    answer = keep(client, three, b"PK\x03\x04 not a document")
    assert answer.status_code == 422
    assert "không phải là tệp Word" in answer.content.decode()


def test_a_ward_changes_no_layout(three: Round) -> None:
    clerk = people.signed_in(people.clerk(Unit.objects.get(name="Bình Hưng")))
    assert keep(clerk, three, b"x").status_code in {403, 404}


def test_every_version_of_a_return_prints(three: Round, client: Client) -> None:
    row = Return.objects.get(unit__name="Bình Hưng")
    answer = client.get(reverse("returns:return-word", args=[row.pk, 1]))
    document = docx.Document(BytesIO(answer.content))
    assert "1.000 hồ sơ" in [cell.text for line in document.tables[1].rows for cell in line.cells]
    assert "Thiếu người ở bộ phận một cửa." in [one.text for one in document.paragraphs]
    assert client.get(reverse("returns:return-word", args=[row.pk, 9])).status_code == 302


def test_the_page_costs_the_same_with_two_and_with_four_units(three: Round, client: Client) -> None:
    url = reverse("returns:consolidation", args=[three.pk])
    client.get(url)
    before = queries_of_page(client, url)
    accepted(three, "Tân An", 7, 1, 2, "Lời.")
    silent(three, "Tân Phú")
    assert queries_of_page(client, url) == before


def keep(client: Client, called: Round, data: bytes) -> object:
    file = SimpleUploadedFile("mau.docx", data)
    return client.post(reverse("returns:keep-word", args=[called.pk]), {"file": file})
