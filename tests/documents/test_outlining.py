"""Lines as people type them become points with a way to each; and lines again, without loss."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.documents.outlining import located, outline, typed_lines
from thongsuot.reading.directive.reader import read_directive

LAW = """Căn cứ Luật
Chương I. Quy định chung
Điều 1. Phạm vi
1. Quy định này nói về họp.
a) Họp thường kỳ
đ) Họp bất thường
nối dòng
Chương II. Tổ chức
Điều 2. Đối tượng"""


def test_the_way_to_each_point_of_a_law() -> None:
    found = [(one.path, one.label) for one in outline(LAW)]
    assert found == [
        ("chuong-i", "Chương I"),
        ("d1", "Điều 1"),
        ("d1.k1", "khoản 1 Điều 1"),
        ("d1.k1.a", "điểm a khoản 1 Điều 1"),
        ("d1.k1.dd", "điểm đ khoản 1 Điều 1"),
        ("chuong-ii", "Chương II"),
        ("d2", "Điều 2"),
    ]


def test_lines_without_a_number_go_on_with_the_point_before() -> None:
    assert outline(LAW)[4].text == "Họp bất thường\nnối dòng"


def test_party_papers_count_under_their_headings() -> None:
    text = (
        "II. Nhiệm vụ\n3. Bố trí người trực\nb) Công khai số điện thoại\nIII. Tổ chức thực hiện\n1.1. Báo cáo"
    )
    assert [one.path for one in outline(text)] == [
        "muc-ii",
        "muc-ii.3",
        "muc-ii.3b",
        "muc-iii",
        "muc-iii.1.1",
    ]


def test_a_number_given_twice_keeps_both() -> None:
    assert [one.path for one in outline("1. Một\n1. Hai")] == ["1", "1~2"]


def test_each_place_in_the_source_is_that_of_its_words() -> None:
    for one in located(outline(LAW), LAW):
        assert one.start is not None
        assert LAW[one.start : one.end] == one.text


_line = st.tuples(
    st.sampled_from(["Chương {}.", "Điều {}.", "{}."]),
    st.integers(1, 30),
    st.sampled_from(["Họp", "Báo cáo"]),
)


@given(st.lists(_line, max_size=8))
def test_typed_again_they_are_the_same_points(lines: list[tuple[str, int, str]]) -> None:
    found = outline("\n".join(f"{head.format(number)} {text}" for head, number, text in lines))
    again = outline(typed_lines([(one.kind, one.label, one.text) for one in found]))
    assert [(one.path, one.label, one.text) for one in again] == [
        (one.path, one.label, one.text) for one in found
    ]


@pytest.mark.parametrize("text", ["", "Chỉ có lời mở đầu", "TP. Hồ Chí Minh, ngày 1"])
def test_without_numbers_there_are_no_points(text: str) -> None:
    assert outline(text) == []


@given(st.text(max_size=300))
def test_any_text_gives_points_that_differ(text: str) -> None:
    found = outline(text)
    assert len({one.path for one in found}) == len(found)


def test_what_the_reader_of_directives_finds_stands_in_the_same_places() -> None:
    text = "UBND\nKẾ HOẠCH\nI. Yêu cầu\n1. Quán triệt.\n2. Bố trí người trực:\na) Một người mỗi quầy;\nb) Công khai số.\n"
    read = read_directive(text).points
    assert [one.path for one in read] == [one.path for one in outline(text)]
