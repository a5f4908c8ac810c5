"""What must not make two proposals alike, and what must not keep them apart."""

import pytest

from thongsuot.likeness import ALIKE, Index, Statement, Weights, compare, groups

USUAL = Weights.usual()


def likeness(one: str, other: str) -> float:
    return compare(Statement(1, one), Statement(2, other), USUAL).score


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Other wards, other numbers.
        ("phường Tân Khánh đề nghị bổ sung 5 biên chế", "xã Bình Mỹ kiến nghị thêm 3 biên chế công chức"),
        # A difficulty and what is asked because of it.
        ("Phường thiếu biên chế", "Đề nghị bổ sung biên chế"),
        # Long and short forms.
        ("Đề nghị tập huấn CNTT cho CBCC", "Kiến nghị tập huấn công nghệ thông tin cho cán bộ, công chức"),
        (
            "Ban hành quy trình nội bộ giải quyết TTHC",
            "Ban hành quy trình nội bộ giải quyết thủ tục hành chính",
        ),
        ("Sửa mái TTPVHCC bị dột", "Sửa mái Trung tâm Phục vụ hành chính công bị dột"),
        ("Đề nghị UBND Thành phố bố trí xe công", "Ủy ban nhân dân Thành phố sớm bố trí xe công"),
        # One thing, two words.
        ("Đề nghị cấp máy scan", "Kiến nghị trang bị máy quét"),
        # Typed without marks, or with a wrong one.
        ("De nghi cap may scan cho phuong", "Đề nghị cấp máy scan cho phường"),
        ("Đề nghị bổ sung biên chê", "Đề nghị bổ sung biên chế"),
        # Set phrases around.
        (
            "Kính đề nghị Thành phố quan tâm, sớm xem xét, tạo điều kiện trang bị xe ô tô công",
            "Xin trang bị xe ô tô công",
        ),
        # Capital letters throughout.
        ("ĐỀ NGHỊ TRANG BỊ XE Ô TÔ CÔNG", "Xin trang bị xe ô tô công"),
    ],
)
def test_they_ask_the_same(one: str, other: str) -> None:
    assert likeness(one, other) >= ALIKE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # The opposite.
        ("Đề nghị tăng biên chế", "Đề nghị giảm biên chế"),
        ("Đề nghị giữ điểm tiếp nhận ở phường cũ", "Đề nghị bỏ điểm tiếp nhận ở phường cũ"),
        ("Đề nghị phân cấp cấp phép xây dựng", "Đề nghị không phân cấp cấp phép xây dựng"),
        ("Đề nghị ủy quyền cấp phép xây dựng", "Đề nghị thu hồi việc ủy quyền cấp phép xây dựng"),
        # One topic, two things.
        ("Đề nghị cấp máy scan", "Đề nghị cấp phần mềm"),
        ("Đề nghị trang bị xe ô tô", "Đề nghị xây trụ sở"),
        ("Tập huấn đấu thầu cho công chức", "Tập huấn chuyển đổi số cho công chức"),
        # Nothing but the ward and set phrases in common.
        (
            "Phường Tân Khánh đề nghị Thành phố quan tâm, sớm xem xét cấp chữ ký số",
            "Phường Tân Khánh đề nghị Thành phố quan tâm, sớm xem xét lắp đèn chiếu sáng",
        ),
        # Two syllables that look alike without marks.
        ("Đề nghị cho ký hợp đồng", "Phường không có chỗ họp đông người"),
    ],
)
def test_they_do_not(one: str, other: str) -> None:
    assert likeness(one, other) < ALIKE


def test_an_opposite_is_told() -> None:
    found = compare(Statement(1, "tăng biên chế"), Statement(2, "giảm biên chế"), USUAL)
    assert found.opposed
    assert found.shared_terms == ("biên chế",)


def test_the_reason_is_printed_as_it_was_written() -> None:
    found = compare(
        Statement(1, "Đề nghị cấp Máy Quét cho khu phố 5", "it-infrastructure", "province"),
        Statement(2, "Xin trang bị máy scan cho khu phố và máy in", "it-infrastructure", "commune"),
        USUAL,
    )
    assert found.shared_terms == ("Máy Quét / máy scan", "khu phố")
    assert found.differing_terms == ("máy in",)
    assert found.same_topic
    assert not found.same_competence


def test_how_it_was_filed_counts_a_little() -> None:
    text = "Đề nghị cấp máy scan"
    filed = Statement(1, text, "it-infrastructure", "province")
    assert compare(filed, Statement(2, text), USUAL).score == 1
    assert ALIKE < compare(filed, Statement(2, text, "facilities", "province"), USUAL).score < 1
    assert ALIKE < compare(filed, Statement(2, text, "it-infrastructure", "centre"), USUAL).score < 1


def test_names_are_known_where_capitals_are_missing() -> None:
    taught = Weights.learn(["Phường Thạnh Xuân Đông đề nghị trang bị xe công"])
    lower = Statement(1, "phuong thanh xuan dong xin lap camera")
    assert compare(lower, Statement(2, "xin lap camera"), taught).score == 1


def test_a_text_of_set_phrases_is_like_itself_alone() -> None:
    empty = Statement(1, "Đề nghị Thành phố quan tâm, xem xét")
    assert compare(empty, Statement(2, empty.text), USUAL).score == 1
    assert compare(empty, Statement(3, "Kiến nghị sớm giải quyết"), USUAL).score == 0
    assert compare(Statement(4, ""), Statement(5, ""), USUAL).score == 0


def test_a_group_does_not_chain() -> None:
    """A is like B and B is like C; A and C have nothing in common and are not put together."""
    texts = ["cấp máy scan", "cấp máy scan và máy in", "cấp máy in"]
    made = groups([Statement(place, text) for place, text in enumerate(texts)], USUAL)
    assert all({0, 2} - set(group.members) for group in made)


def test_a_group_says_why() -> None:
    statements = [
        Statement("a", "Phường An Lạc đề nghị cấp chữ ký số", "it-infrastructure", "province"),
        Statement("b", "Nhiều cán bộ chưa có chữ ký số", "it-infrastructure", "province"),
        Statement("c", "Xã Bình Lợi đề nghị cấp chữ ký số", "public-service-software"),
        Statement("d", "Đề nghị lắp đèn chiếu sáng", "other"),
    ]
    (group,) = groups(statements, USUAL)
    assert set(group.members) == {"a", "b", "c"}
    assert group.shared_terms == ("chữ ký số",)
    assert group.topics == ("it-infrastructure", "public-service-software")
    assert group.competences == ("province",)


def test_the_index_forgets_and_replaces() -> None:
    index = Index(
        USUAL, [Statement(1, "cấp máy scan"), Statement(2, "cấp máy quét"), Statement(3, "lắp camera")]
    )
    asked = Statement("new", "xin máy scan")
    assert [found.second for found in index.near(asked)] == [1, 2]
    assert [found.second for found in index.near(asked, limit=1)] == [1]
    index.remove(1)
    index.add(Statement(2, "lắp camera"))
    assert index.near(asked) == []
    assert (len(index), 1 in index, 2 in index) == (2, False, True)
    index.add(Statement("new", "xin máy scan"))
    assert index.near(asked) == []  # not itself
