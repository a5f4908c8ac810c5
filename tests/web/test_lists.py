from contextlib import closing
from datetime import UTC, date, datetime
from io import BytesIO
from typing import ClassVar

import django_tables2 as tables
import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.db.models import DateField, DateTimeField, F, Value
from django.db.models.functions import Length
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation
from django_filters import FilterSet
from django_htmx.middleware import HtmxDetails
from openpyxl import load_workbook

from thongsuot.web import excel, lists
from thongsuot.web.columns import BadgeColumn, ChooseColumn, DayColumn, DueColumn, ListTable, NumberColumn
from thongsuot.web.filters import AnyOfFilter, DayRangeFilter, NumberRangeFilter, SomeOfFilter, TextFilter
from thongsuot.web.lists import BulkAction, chosen_rows, list_page

DAY = date(2026, 10, 30)
MOMENT = datetime(2026, 10, 30, 18, 5, tzinfo=UTC)


class GroupTable(ListTable):
    choose = ChooseColumn()
    name = tables.Column("Tên", linkify=lambda record: f"/nhom/{record.pk}/")
    size = NumberColumn(verbose_name="Độ dài")
    on = DueColumn(verbose_name="Hạn")
    at = DayColumn(verbose_name="Lúc")
    state = BadgeColumn(tones={"a": ("late", "clock")}, accessor="label", verbose_name="Tình trạng")
    shout = tables.Column("Hoa", accessor="name")
    empty_title = "Chưa có nhóm"
    empty_says = "Nhóm do người quản trị lập."
    hidden = ("at",)

    def render_shout(self, value):
        return f"<{value.upper()}>"


class GroupFilter(FilterSet):
    q = TextFilter(field_name="name", label="Tên")
    any_of = AnyOfFilter(
        label="Một", choices=[("a", "Chữ a"), ("b", "Chữ b")], field_name="name", lookup_expr="icontains"
    )
    some_of = SomeOfFilter(
        label="Nhiều", choices=[("a", "Chữ a"), ("b", "Chữ b")], field_name="name", lookup_expr="icontains"
    )
    on = DayRangeFilter(label="Hạn")
    size = NumberRangeFilter(label="Độ dài")
    label = TextFilter(label="Nhãn")

    class Meta:
        model = Group
        fields: list[str] = []


def rows():
    return Group.objects.annotate(
        size=Length("name"), on=Value(DAY, DateField()), at=Value(MOMENT, DateTimeField()), label=F("name")
    ).order_by("pk")


@pytest.fixture
def page(rf, db):
    def get(query="", *, table=GroupTable, fragment=False, user=None, session=None, **kwargs):
        headers = {"HX-Request": "true", "HX-Target": "list"} if fragment else {}
        request = rf.get(f"/nhom/?{query}", headers=headers)
        request.user, request.session = user or AnonymousUser(), {} if session is None else session
        request.htmx = HtmxDetails(request)
        filterset = GroupFilter(request.GET, queryset=rows(), request=request)
        return list_page(request, table_class=table, filterset=filterset, **{"file_name": "nhom", **kwargs})

    with translation.override("vi"):
        yield get


def groups(*names):
    return Group.objects.bulk_create(Group(name=name) for name in names)


def html(response):
    return response.content.decode()


def book_of(response):
    with closing(response):
        return load_workbook(BytesIO(b"".join(response.streaming_content)))


def sheet(response):
    return book_of(response).active


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_costs_one_count_and_one_query_however_long(page, django_assert_num_queries, count):
    groups(*(f"nhóm {place}" for place in range(count)))
    with django_assert_num_queries(2):
        page()


def test_a_page_holds_25_rows_unless_asked_for_50_or_100(page):
    groups(*(f"nhóm {place:03}" for place in range(60)))
    assert html(page()).count("data-choose ") == 25
    assert html(page("per_page=50")).count("data-choose ") == 50
    assert html(page("per_page=7")).count("data-choose ") == 25
    assert html(page("page=3")).count("data-choose ") == 10
    assert html(page("page=99")).count("data-choose ") == 10
    assert html(page("page=x")).count("data-choose ") == 25
    assert "1–25 trên 60 dòng" in html(page())


def test_rows_are_sorted_by_the_address(page):
    groups("b", "a", "c")
    text = html(page("sort=-name"))
    assert [text.index(f">{name}</a>") for name in "cba"] == sorted(
        text.index(f">{name}</a>") for name in "cba"
    )
    assert 'aria-sort="descending"' in text


def test_filters_narrow_the_rows_and_stand_as_chips_that_can_be_taken_off(page):
    groups("alpha", "beta", "gamma")
    text = html(page("q=bet&sort=name&page=1"))
    assert ">beta</a>" in text
    assert ">alpha</a>" not in text
    assert '<span class="chip-label">Tên:</span> bet' in " ".join(text.split())
    assert 'href="/nhom/?sort=name"' in text


def test_a_chip_names_the_choice_and_each_of_several_goes_by_itself(page):
    groups("ab")
    text = " ".join(html(page("some_of=a&some_of=b&any_of=a")).split())
    assert "Chữ a" in text
    assert 'href="/nhom/?some_of=b&amp;any_of=a"' in text
    assert 'href="/nhom/?some_of=a&amp;some_of=b"' in text


def test_filters_are_drawn_again_where_they_offer_or_say_something_else(page, monkeypatch):
    groups("một")
    drawn = []
    monkeypatch.setattr(
        lists, "render_to_string", lambda *said: drawn.append(said) or render_to_string(*said)
    )
    first, again, other = html(page("q=nhan-lai")), html(page("q=nhan-lai")), html(page("q=khac"))
    assert len(drawn) == 2
    assert 'value="nhan-lai"' in first
    assert 'value="nhan-lai"' in again
    assert 'value="khac"' in other
    with translation.override("en"):
        page("q=nhan-lai")
    assert len(drawn) == 3
    monkeypatch.setitem(GroupFilter.base_filters["any_of"].extra, "choices", [("x", "chỉ hôm nay")])
    assert "chỉ hôm nay" in html(page("q=nhan-lai"))


def test_ranges_are_said_in_words(page):
    groups("ab")
    text = " ".join(html(page("on_after=01-10-2026&on_before=31-10-2026&size_min=1")).split())
    assert "từ 01-10-2026 đến 31-10-2026" in text
    assert "từ 1<" in text


def test_a_filter_that_cannot_be_read_does_not_break_the_page(page):
    groups("ab")
    assert page("on_after=hôm qua").status_code == 200


def test_nothing_found_and_nothing_there_are_told_apart(page):
    assert "Nhóm do người quản trị lập." in html(page())
    groups("a")
    assert "Không có dòng nào khớp bộ lọc" in html(page("q=zz"))


def test_htmx_gets_the_table_only(page):
    groups("a")
    text = html(page(fragment=True))
    assert "<html" not in text
    assert 'id="list"' in text
    assert "HX-Request" in page()["Vary"]


def test_columns_can_be_chosen_and_are_remembered(page):
    groups("a")
    session: dict[str, object] = {}
    head = '?sort=at"'
    assert head not in html(page(session=session))
    assert head in html(page("columns=at", session=session)).replace("columns=at&amp;", "")
    again = html(page(session=session))
    assert head in again
    assert '?sort=size"' not in again
    assert '?sort=name"' in again  # the first column stays


def test_export_gives_real_values_of_everything_filtered(page):
    groups(*(f"nhóm {place:03}" for place in range(60)))
    exported: list[int] = []
    response = page("export=xlsx&q=nhóm&columns=size&columns=on&columns=at", on_export=exported.append)
    assert response["Content-Disposition"].startswith('attachment; filename="nhom-')
    book = sheet(response)
    assert [cell.value for cell in book[1]] == ["Tên", "Độ dài", "Hạn", "Lúc"]
    assert book[1][0].font.b
    assert (book.freeze_panes, book.auto_filter.ref) == ("A2", "A1:D61")
    assert [cell.value for cell in book[2]] == [
        "nhóm 000",
        8,
        datetime(2026, 10, 30),  # noqa: DTZ001 (Excel knows no time zone)
        datetime(2026, 10, 31, 1, 5),  # noqa: DTZ001
    ]
    assert exported == [60]


def test_export_takes_the_columns_in_sight_and_words_for_states(page):
    groups("a")
    book = sheet(page("export=xlsx"))
    assert [cell.value for cell in book[1]] == ["Tên", "Độ dài", "Hạn", "Tình trạng", "Hoa"]
    assert [book[2][3].value, book[2][4].value] == ["a", "a"]


@pytest.mark.parametrize("text", ["=1+1", "+84 28", "-3", "@x", '=HYPERLINK("http://x")', "http://x", "123"])
def test_no_text_becomes_a_formula_a_link_or_a_number(page, text):
    groups(text)
    cell = sheet(page("export=xlsx"))["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_export_reads_rows_in_one_query(page, django_assert_num_queries):
    groups(*(f"nhóm {place}" for place in range(30)))
    with django_assert_num_queries(1):
        page("export=xlsx").close()


def test_a_list_without_a_file_name_cannot_be_exported(page):
    groups("a")
    assert "export=xlsx" not in html(page(file_name=""))
    assert page("export=xlsx", file_name="")["Content-Type"].startswith("text/html")


def test_a_full_sheet_goes_on_in_the_next(db, monkeypatch):
    monkeypatch.setattr(excel, "ROWS_PER_SHEET", 2)
    response = excel.workbook(["Số"], ([number] for number in range(5)), "so")
    book = book_of(response)
    assert [[row[0].value for row in one.iter_rows()] for one in book] == [
        ["Số", 0, 1],
        ["Số", 2, 3],
        ["Số", 4],
    ]


def test_bulk_actions_reach_the_rows_ticked_or_all_that_match(rf, db, page):
    first, second, _third = groups("alpha", "beta", "gamma")
    ticked = rf.post("/", {"chosen": [str(first.pk), "x"]})
    assert list(chosen_rows(ticked, GroupFilter, rows())) == [first]
    everything = rf.post("/", {"all": "1", "query": "q=bet", "chosen": [str(first.pk)]})
    assert list(chosen_rows(everything, GroupFilter, rows())) == [second]
    text = html(page("q=a", bulk_url="/gop/", bulk_actions=[BulkAction("merge", "Gộp")]))
    assert 'action="/gop/"' in text
    assert 'name="query" value="q=a"' in " ".join(text.split())


def test_the_address_of_a_bulk_form_carries_no_page(rf, db, page):
    groups("a")
    text = " ".join(html(page("q=a&page=1&columns=at", bulk_url="/gop/")).split())
    assert QueryDict("q=a").urlencode() in text
    assert 'value="q=a&amp;page' not in text


def test_rows_are_read_by_their_keys_in_the_order_of_the_list(page):
    first, second, third = groups("b", "a", "c")
    asked = []

    def read(keys, spared):
        asked.append((keys, spared))
        return rows().filter(pk__in=keys).order_by("-pk")

    class Joined(GroupTable):
        joined_for: ClassVar = {"at": "moment", "on": "day"}

    text = html(page("sort=name", table=Joined, read=read))
    assert [text.index(f">{name}</a>") for name in "abc"] == sorted(
        text.index(f">{name}</a>") for name in "abc"
    )
    # The column `at` starts hidden: what only it draws from is spared.
    assert asked == [([second.pk, first.pk, third.pk], {"moment"})]
    page("columns=name&columns=at", table=Joined, read=read)
    assert asked[1][1] == {"day"}
