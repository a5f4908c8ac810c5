"""The traps Vietnamese reports are known to set, one test each."""

import unicodedata

import pytest

from thongsuot.kernel import normalise
from thongsuot.reading import Reading, read_text

OPENING = "Ngày 7-10-2025, Đảng ủy phường Bình Tân (TPHCM) tổ chức Hội nghị Ban Chấp hành Đảng bộ phường lần thứ hai. "


def read(text: str) -> Reading:
    return read_text(normalise(OPENING + text))


def figures(text: str) -> list[tuple[object, str, str]]:
    return [(f.value, f.unit, f.qualifier) for f in read(text).figures]


def unit_names(text: str) -> dict[str, tuple[str | None, str]]:
    return {u.name: (u.code, u.status) for u in read_text(text).units}


def test_separate_marks_read_as_composed_letters() -> None:
    text = OPENING + "Đảng bộ phường có 52 tổ chức cơ sở đảng."
    composed, apart = read_text(normalise(text)), read_text(unicodedata.normalize("NFD", text))
    assert apart.to_json() == {**composed.to_json(), "source": apart.to_json()["source"]}


@pytest.mark.parametrize("word", ["Ðồng chí", "đồng chí", "Đồng chí"])
def test_lookalikes_of_d_with_stroke(word: str) -> None:
    assert "Vũ Thùy Dung" in [p.name for p in read(f"{word} Vũ Thùy Dung phát biểu tại hội nghị.").people]


def test_both_tone_placements_name_one_person() -> None:
    people = read("Ông Lê Hoà Thuận cho biết đường xấu. Ông Lê Hòa Thuận đề nghị phường sửa chữa sớm.").people
    assert len([p for p in people if p.name.startswith("Lê H")]) == 1


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("24-7-2025", "2025-07-24"),
        ("24/7/2025", "2025-07-24"),
        ("24.7.2025", "2025-07-24"),
        ("24–7–2025", "2025-07-24"),
        ("24 - 7 - 2025", "2025-07-24"),
        ("24/07/25", "2025-07-24"),
        ("24 tháng 7 năm 2025", "2025-07-24"),
    ],
)
def test_dates_of_documents(printed: str, iso: str) -> None:
    (document,) = read(
        f"Thực hiện Kế hoạch số 249-KH/UBKTTW ngày {printed} của Ủy ban Kiểm tra Trung ương."
    ).documents
    assert (document.number, document.symbol, document.date) == ("249", "KH/UBKTTW", iso)
    assert document.issuer == "Ủy ban Kiểm tra Trung ương"


@pytest.mark.parametrize(
    ("opening", "iso"),
    [
        ("18/11/2025 17:05\n\nChiều 18-11, Đảng ủy phường Tân Khánh tổ chức hội nghị.", "2025-11-18"),
        ("02/01/2026 08:00\n\nNgày 30-12, Đảng ủy phường Tân Khánh tổ chức hội nghị.", "2025-12-30"),
        ("Trong hai ngày 14 và 15-8-2025, Đảng ủy phường Tân Khánh tổ chức hội nghị.", "2025-08-14"),
        ("2025-11-18\n\nSáng nay, Đảng ủy phường Tân Khánh tổ chức hội nghị.", "2025-11-18"),
    ],
)
def test_date_of_the_meeting(opening: str, iso: str) -> None:
    assert read_text(opening).meeting.date == iso


def test_a_month_is_no_date() -> None:
    assert read_text("Trong tháng 11/2025, phường Tân Khánh (TPHCM) tiếp dân.").meeting.date is None


@pytest.mark.parametrize(
    ("printed", "value", "unit", "qualifier"),
    [
        ("1.553 đảng viên", 1553, "đảng viên", "="),
        ("43,4 tỷ đồng", 43_400_000_000, "đồng", "="),
        ("86 tỉ đồng", 86_000_000_000, "đồng", "="),
        ("hơn 152.000 dân", 152_000, "dân", ">"),
        ("gần 26.500 nhân khẩu", 26_500, "nhân khẩu", "<"),
        ("khoảng 5.600 lượt người", 5600, "lượt người", "~"),
        ("158/170 đại biểu", (158, 170), "đại biểu", "ratio"),
        ("5-6 chuyên viên", (5, 6), "chuyên viên", "range"),
        ("từ 20 đến 24 đảng viên", (20, 24), "đảng viên", "range"),
        ("06 (sáu) biên chế", 6, "biên chế", "="),
        ("99,2%", 99.2, "%", "="),
        ("1,1 triệu trang hồ sơ địa chính", 1_100_000, "trang", "="),
        ("52 tổ chức cơ sở đảng trực thuộc", 52, "tổ chức cơ sở đảng", "="),
        ("420m2", 420, "m2", "="),
    ],
)
def test_figures(printed: str, value: object, unit: str, qualifier: str) -> None:
    assert (value, unit, qualifier) in figures(f"Kết quả của phường: {printed}.")


@pytest.mark.parametrize(
    "printed", ["1,553 đảng viên", "1 553 đảng viên", "1\u00a0553 đảng viên", "8 412 hồ sơ"]
)
def test_ambiguous_numbers_are_flagged_and_never_guessed(printed: str) -> None:
    reading = read(f"Phường có {printed}.")
    assert [w.code for w in reading.warnings] == ["ambiguous-number"]
    assert not reading.figures


@pytest.mark.parametrize(
    "printed", ["0.76 ha", "1.5 ha", "chính quyền 2 cấp", "02 cấp", "khu phố 5", "tỷ lệ 1/500", "năm 2025"]
)
def test_what_is_no_figure(printed: str) -> None:
    assert not figures(f"Phường nêu {printed} tại hội nghị.")


def test_a_name_follows_the_longest_unit_name() -> None:
    reading = read("Bí thư Đảng ủy phường Bình Tân Phạm Thị Ngọc Diệu nhận định tình hình ổn định.")
    assert [p.name for p in reading.people] == ["Phạm Thị Ngọc Diệu"]
    assert reading.people[0].titles[0].organisation == "Đảng ủy phường Bình Tân"


@pytest.mark.parametrize(("province", "code"), [("Nghệ An", "17920"), ("Hưng Yên", "12271")])
def test_namesakes_are_told_apart_by_their_province(province: str, code: str) -> None:
    units = unit_names(
        f"Ngày 1-10-2025, đoàn công tác của Tỉnh ủy {province} làm việc tại xã Tân Tiến, tỉnh {province}."
    )
    assert "xã Tân Tiến" in units
    found = units["xã Tân Tiến"][0]
    assert found is None or found != code or len(found) == 5


@pytest.mark.parametrize("name", ["xã M'Drắk", "phường 1 Bảo Lộc"])
def test_names_with_digits_and_apostrophes(name: str) -> None:
    assert unit_names(f"Ngày 2-10-2025, đoàn công tác làm việc với {name}.")[name][1] == "current"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "các phường: Hạnh Thông, An Nhơn và Gò Vấp (TPHCM)",
            ["phường Hạnh Thông", "phường An Nhơn", "phường Gò Vấp"],
        ),
        (
            "các phường Diên Hồng, Hòa Hưng và Vườn Lài (TPHCM)",
            ["phường Diên Hồng", "phường Hòa Hưng", "phường Vườn Lài"],
        ),
        ("xã Vĩnh Lộc và Tân Vĩnh Lộc (TPHCM)", ["xã Vĩnh Lộc", "xã Tân Vĩnh Lộc"]),
    ],
)
def test_units_in_a_list_share_their_type_word(text: str, names: list[str]) -> None:
    assert [
        n for n in unit_names(f"Ngày 2-10-2025, tổ công tác làm việc tại {text}.") if n != "TPHCM"
    ] == names


@pytest.mark.parametrize(
    "former",
    [
        "quận Bình Tân cũ",
        "xã Hố Nai 3 (cũ)",
        "huyện Củ Chi",
        "thị trấn Hóc Môn",
        "phường Tân Tạo A trước đây",
        "thành phố Thủ Đức",
    ],
)
def test_former_units_have_no_code(former: str) -> None:
    units = unit_names(f"Ngày 2-10-2025, phường Bình Tân (TPHCM) tiếp nhận địa bàn {former}.")
    assert [code for code, status in units.values() if status == "former"] == [None]


def test_units_before_a_merger_are_former() -> None:
    units = unit_names(
        "Phường Tân Khánh (TPHCM) được sáp nhập từ xã Thạnh Hội và phường Thái Hòa. Ngày 2-10 khai trương."
    )
    assert units["phường Tân Khánh"][1] == "current"
    assert {units["xã Thạnh Hội"][1], units["phường Thái Hòa"][1]} == {"former"}


def test_post_and_body_share_a_word() -> None:
    reading = read(
        "Phó Trưởng Ban Tổ chức Thành ủy TP.HCM Đặng Quốc Toàn đề nghị phường rà soát vị trí việc làm."
    )
    title = reading.people[0].titles[0]
    assert (title.title, title.organisation) == ("Phó Trưởng Ban", "Ban Tổ chức Thành ủy TP.HCM")


def test_the_place_spreads_over_a_chain_of_posts() -> None:
    reading = read(
        "Đồng chí Trần Lê Quan, Bí thư Đảng ủy, Chủ tịch HĐND phường Tân Khánh, cho biết tình hình ổn định."
    )
    assert [(t.title, t.organisation) for t in reading.people[0].titles] == [
        ("Bí thư", "Đảng ủy phường Tân Khánh"),
        ("Chủ tịch", "HĐND phường Tân Khánh"),
    ]


def test_captions_are_not_counted_twice() -> None:
    body = OPENING + "Đồng chí Lê Văn An yêu cầu UBND phường công khai kết quả giải quyết hồ sơ."
    caption = "Đồng chí Lê Văn An yêu cầu UBND phường công khai kết quả tại hội nghị. Ảnh: N.Hạnh"
    assert len(read_text(f"{body}\n\n{caption}").directions) == len(read_text(body).directions) == 1


def test_lines_are_no_sentences() -> None:
    flowing = "Đồng chí Nguyễn Văn Bảy, Bí thư Đảng ủy phường Bình Tân, cho biết phường có 59 tổ chức cơ sở đảng với 1.027 đảng viên."
    broken = flowing.replace(" Đảng ủy", "\nĐảng ủy").replace(" cơ sở", "\ncơ sở")
    assert [(f.value, f.unit) for f in read(broken).figures] == [
        (f.value, f.unit) for f in read(flowing).figures
    ]


def test_abbreviations_end_no_sentence() -> None:
    reading = read(
        "Ông N.Hạnh và Chủ tịch HĐND TP.HCM Lê Văn Dũng cùng dự. Phường Bình Tân đề nghị UBND TP. Hồ Chí Minh sớm bố trí vốn sửa chữa trụ sở."
    )
    assert any("sớm bố trí vốn sửa chữa trụ sở" in p.text for p in (*reading.proposals, *reading.directions))


def test_recognised_text_says_dang_with_the_wrong_mark() -> None:
    reading = read("Đồng chí Lê Văn Bảy, Bí thư Đẳng ủy phường Bình Tân, cho biết tình hình ổn định.")
    assert reading.people[0].titles[0].organisation == "Đảng ủy phường Bình Tân"


def test_the_verb_alone_does_not_decide() -> None:
    up = read("Phường Bình Tân đề nghị thành phố sớm bàn giao trụ sở cũ.")
    down = read(
        "Phó Trưởng Ban Tổ chức Thành ủy TP.HCM Đặng Quốc Toàn đề nghị phường Bình Tân rà soát vị trí việc làm."
    )
    assert [p.text for p in up.proposals] == ["sớm bàn giao trụ sở cũ"]
    assert not up.directions
    assert [d.text for d in down.directions] == ["rà soát vị trí việc làm"]
    assert not down.proposals


@pytest.mark.parametrize(
    "noun", ["Các kiến nghị, đề xuất của phường đã được ghi nhận.", "Phường cơ bản đáp ứng yêu cầu."]
)
def test_nouns_open_nothing(noun: str) -> None:
    reading = read(noun)
    assert not reading.proposals
    assert not reading.directions


def test_a_congress_is_not_this_meeting() -> None:
    text = "Ngày 9-10-2025, Đảng ủy phường Bình Tân (TPHCM) tổ chức Hội nghị quán triệt Nghị quyết Đại hội Đảng bộ lần thứ I, nhiệm kỳ 2025-2030."
    meeting = read_text(text).meeting
    assert (meeting.ordinal, meeting.term) == (None, None)


def test_a_text_that_is_no_report() -> None:
    reading = read_text("Luộc trứng mười phút, vớt ra, ngâm nước lạnh rồi bóc vỏ.")
    assert [w.code for w in reading.warnings] == ["not-a-report"]
    assert reading.meeting.kind is None
    assert not reading.people
    assert not reading.figures


def test_a_single_sentence_about_a_ward_is_read_though_it_is_no_report() -> None:
    reading = read_text("Phường Tân Khánh có 1 553 đảng viên và 52 tổ chức cơ sở đảng.")
    codes = {warning.code for warning in reading.warnings}
    assert {"not-a-report", "ambiguous-number"} <= codes
    assert [figure.value for figure in reading.figures] == [52]
