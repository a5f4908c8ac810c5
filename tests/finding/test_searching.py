"""What is found by what was typed, and in which order; both databases answer alike."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.finding.registers import DAY, Notes, notes
from thongsuot.finding import engines
from thongsuot.finding.actions import forget, index, reindex, stale
from thongsuot.finding.models import Entry, Indexed, Word
from thongsuot.finding.queries import Group, jump, matching, not_indexed, search
from thongsuot.kernel.vietnamese import strip_marks

pytestmark = pytest.mark.django_db


def lit(group: Group) -> list[str]:
    hit = group.hits[0]
    return [piece.text for pieces in (hit.title, hit.snippet, hit.note) for piece in pieces if piece.found]


class TestMarks:
    def test_words_without_marks_stand_for_any(self, book: Notes) -> None:
        key = book.add("Đề nghị được bổ sung biên chế")
        for typed in ("duoc", "DUOC", "được", "bien che", "de nghi duoc"):
            assert book.found(typed) == [key], typed

    def test_words_with_marks_are_found_with_those_marks(self, book: Notes) -> None:
        road = book.add("Sửa đường")
        book.add("Ông Dương phát biểu")
        assert book.found("đường") == [road]

    def test_both_for_words_without(self, book: Notes) -> None:
        road, name, plain = book.add("Sửa đường"), book.add("Ông Dương phát biểu"), book.add("sua duong")
        assert book.found("duong") == [plain, name, road]

    def test_without_regard_to_marks_where_nothing_bears_them(self, book: Notes) -> None:
        key = book.add("Ông Dương phát biểu")
        assert book.found("dưỡng") == [key]

    def test_one_wrong_mark_finds_nothing_while_right_ones_do_elsewhere(self, book: Notes) -> None:
        book.add("Ông Dương phát biểu")
        with notes("leaf") as other:
            key = other.add("đường hoa")
            found = search(book, "đường", kinds=["note", "leaf"])
        assert [(group.kind.code, [hit.key for hit in group.hits]) for group in found] == [("leaf", [key])]

    def test_words_with_and_without_marks_together(self, book: Notes) -> None:
        right, wrong = book.add("đường Nguyễn Huệ"), book.add("Dương Nguyên Huệ")
        assert book.found("đường nguyen") == [right]
        assert book.found("duong nguyen") == [wrong, right]

    @pytest.mark.parametrize(
        ("written", "typed"), [("hòa bình", "hoà bình"), ("hoà", "hòa"), ("thuỷ lợi", "thủy")]
    )
    def test_tone_on_either_vowel(self, book: Notes, written: str, typed: str) -> None:
        key = book.add(f"Về {written}")
        assert book.found(typed) == [key]

    def test_decomposed_letters(self, book: Notes) -> None:
        key = book.add("Sửa đường")
        assert book.found("đường") == [key]


class TestWords:
    def test_all_must_occur(self, book: Notes) -> None:
        book.add("bổ sung máy tính")
        key = book.add("bổ sung biên chế")
        assert book.found("bổ biên") == [key]
        assert book.found("bổ đường") == []

    def test_the_last_may_be_only_begun(self, book: Notes) -> None:
        key = book.add("bổ sung nghiệp vụ")
        assert book.found("sung ngh") == [key]
        assert book.found("nghi sung") == []

    def test_a_word_begun_with_marks(self, book: Notes) -> None:
        road = book.add("Sửa đường")
        book.add("Ông Dương")
        assert book.found("đư") == [road]

    def test_a_letter_after_other_words_takes_nothing_away(self, book: Notes) -> None:
        key, one = book.add("bổ sung nghiệp vụ"), book.add("bổ sung Tổ A")
        assert book.found("bổ sung n") == [one, key]
        assert book.found("bổ sung a") == [one]
        assert book.found("n") == []

    def test_quoted_words_stand_together(self, book: Notes) -> None:
        together, _apart = book.add("bộ phận một cửa"), book.add("cửa bộ phận, một phòng")
        assert book.found("“một cửa”") == [together]
        assert book.found('"mot cua" bo phan') == [together]
        assert len(book.found("một cửa")) == 2

    def test_no_phrase_over_the_border_of_title_and_text(self, book: Notes) -> None:
        book.add("cửa mở", title="Một")
        assert book.found('"một cửa"') == []

    def test_figures_and_days(self, book: Notes) -> None:
        key = book.add("có 152.000 dân ngày 30-10-2025")
        book.add("có 152 dân, 000")
        assert book.found("152.000") == [key]
        assert book.found("30-10-2025") == [key]
        assert book.found("30/10/2025") == [key]

    def test_words_far_down_a_long_text(self, book: Notes) -> None:
        key = book.add(" ".join(["mở đầu"] * 20_000) + " kết luận")
        assert book.found("kết luận") == [key]

    @pytest.mark.parametrize(
        "typed", ["", "  ", '"', '""', "-", "%", "'", "\\", "😀", "AND", "OR NOT", "a" * 5000, "a* (b"]
    )
    def test_any_text_is_only_text(self, book: Notes, typed: str) -> None:
        book.add("bổ sung biên chế")
        assert book.found(typed) == []

    def test_words_of_note_and_unshown_words(self, book: Notes) -> None:
        key = book.add("bổ sung", note="phường Tân Khánh", also="Nguyễn Văn Mẫu")
        assert book.found("tan khanh") == book.found("mẫu") == [key]


class TestAbbreviations:
    @pytest.mark.parametrize(
        ("written", "typed"),
        [
            ("Chủ tịch UBND phường", "ủy ban nhân dân"),
            ("Chủ tịch UBND phường", "uy ban nhan dan phuong"),
            ("Ủy ban nhân dân phường", "UBND"),
            ("Uỷ ban nhân dân phường", "ubnd"),
            ("Ban Thường vụ Thành ủy", "BTV"),
            ("giải quyết thủ tục hành chính", "tthc"),
            ("Hội đồng nhân dân", "HĐND"),
            ("Hội đồng nhân dân", "hdnd"),
            ("phát triển KT-XH", "kinh tế - xã hội"),
            ("tại TP.HCM", "thành phố Hồ Chí Minh"),
            ("thành phố Hồ Chí Minh", "TP.HCM"),
            ("thành phố Hồ Chí Minh", "tphcm"),
        ],
    )
    def test_find_what_they_stand_for_and_the_other_way_round(
        self, book: Notes, written: str, typed: str
    ) -> None:
        key = book.add(written)
        book.add("Ban nhân sự, ủy thác cho dân")
        assert book.found(typed)[:1] == [key]

    def test_are_still_words_that_may_be_begun(self, book: Notes) -> None:
        key = book.add("Chủ tịch UBND phường")
        assert book.found("ubn") == [key]


class TestSymbols:
    SPELLINGS = (
        "249-KH/UBKTTW",
        "249 KH UBKTTW",
        "249/kh-ubkttw",
        "249–KH/UBKTTW",
        "249/KH-UBKTTW",
        "kế hoạch 249-kh/ubkttw",
    )

    @pytest.mark.parametrize("written", ["249-KH/UBKTTW", "249/KH-UBKTTW"])
    @pytest.mark.parametrize("typed", SPELLINGS)
    def test_any_spelling(self, book: Notes, written: str, typed: str) -> None:
        key = book.add(f"Thực hiện Kế hoạch số {written} ngày 24-7-2025")
        book.add("Kế hoạch 250-KH/UBKTTW và 249-QĐ/TU")
        assert book.found(typed) == [key]

    @pytest.mark.parametrize("typed", ["QĐ 120", "120/2025/QĐ-UBND", "120/2025/qd-ubnd"])
    def test_strokes_and_years(self, book: Notes, typed: str) -> None:
        key = book.add("theo Quyết định số 120/2025/QĐ-UBND và QĐ 120")
        assert book.found(typed) == [key]

    def test_a_symbol_only_begun(self, book: Notes) -> None:
        key = book.add("Kế hoạch số 249-KH/UBKTTW")
        assert book.found("249") == book.found("249-KH") == book.found("249-KH/UBK") == [key]

    def test_the_document_itself_before_those_that_cite_it(self, book: Notes) -> None:
        itself = book.add("", title="Kế hoạch 249-KH/UBKTTW", day=date(2020, 1, 1))
        citing = book.add("theo Kế hoạch 249-KH/UBKTTW", title="Công văn 5")
        assert book.found("249-KH/UBKTTW") == [itself, citing]


class TestNumbers:
    @pytest.mark.parametrize(
        "typed", ["KN-2025-000123", "kn-2025-123", "KN 2025 123", "kn 123", "KN123", "kn.123"]
    )
    def test_a_number_leads_straight_to_its_record(self, book: Notes, typed: str) -> None:
        key = book.add("bổ sung", code="KN-2025-000123")
        book.add("bổ sung", code="KN-2025-000124")
        assert book.found(typed) == [key]
        assert jump(book, typed) == f"/ghi-chep/{key}/"

    def test_a_short_number_of_two_years_is_a_choice(self, book: Notes) -> None:
        old = book.add("bổ sung", code="KN-2025-000123")
        new = book.add("bổ sung", code="KN-2026-000123", day=date(2026, 1, 5))
        assert book.found("kn 123") == [new, old]
        assert jump(book, "kn 123") is None
        assert jump(book, "kn 2026 123") == f"/ghi-chep/{new}/"

    def test_no_one_jumps_to_what_they_may_not_see(self, book: Notes) -> None:
        book.add("bổ sung", code="KN-2025-000123")
        book.visible = set()
        assert jump(book, "kn 123") is None

    def test_words_lead_nowhere(self, book: Notes) -> None:
        book.add("bổ sung 123", code="KN-2025-000123")
        assert jump(book, "bổ sung") is None


class TestOrder:
    def test_exact_marks_then_titles_then_the_newest(self, book: Notes) -> None:
        bare_title = book.add("", title="Dưỡng lão", day=date(2026, 1, 1))
        old = book.add("ban duong", day=date(2024, 1, 1))
        new = book.add("duong bo", day=date(2025, 1, 1))
        title = book.add("", title="Tuyen duong", day=date(2023, 1, 1))
        assert book.found("duong") == [title, new, old, bare_title]

    def test_a_whole_name_comes_first(self, book: Notes) -> None:
        longer = book.add("", title="Phường Tân Phú Trung", names=["Tân Phú Trung"], day=date(2026, 1, 1))
        exact = book.add("", title="Phường Tân Phú", names=["Tân Phú"], day=date(2020, 1, 1))
        assert book.found("tân phú") == book.found("tan phu") == [exact, longer]

    def test_later_records_of_one_day_first(self, book: Notes) -> None:
        first, second = book.add("bổ sung"), book.add("bổ sung")
        assert book.found("bổ sung") == [second, first]

    def test_kinds_with_exact_marks_before_kinds_without(self, book: Notes) -> None:
        book.add("ban hành")
        with notes("leaf", order=1) as other:
            other.add("bán hàng")
            found = search(book, "ban", kinds=["note", "leaf"])
        assert [group.kind.code for group in found] == ["note", "leaf"]

    def test_no_more_than_the_limit_and_says_that_there_is_more(self, book: Notes) -> None:
        keys = [book.add("bổ sung") for _ in range(4)]
        (group,) = book.groups("bổ sung", limit=3)
        assert [hit.key for hit in group.hits] == keys[:0:-1]
        assert group.more
        (group,) = book.groups("bổ sung", limit=4)
        assert not group.more


class TestScope:
    def test_what_may_not_be_seen_is_not_found(self, book: Notes) -> None:
        mine, _other = book.add("bổ sung"), book.add("bổ sung")
        book.visible = {mine}
        assert book.found("bổ sung") == [mine]
        book.visible = set()
        assert book.found("bổ sung") == []

    def test_it_is_looked_for_behind_all_that_may_not_be_seen(self, book: Notes) -> None:
        mine = book.add("bổ sung", day=date(2020, 1, 1))
        for _ in range(25):
            book.add("bổ sung")
        book.visible = {mine}
        assert book.found("bổ sung", limit=1) == [mine]

    def test_bounds_spare_rows_and_widen_nothing(self, book: Notes) -> None:
        near, hidden, _far = (
            book.add("bổ sung", bounds=["1", "topic a"]),
            book.add("bổ sung", bounds=["1", "topic a"]),
            book.add("bổ sung", bounds=["2"]),
        )
        book.bounds = (("1", "in1"), ("topic a", "topic b"))
        assert book.found("bổ sung") == [hidden, near]
        book.visible = {near}
        assert book.found("bổ sung") == [near]

    def test_within_no_bounds_nothing_is_asked(self, book: Notes) -> None:
        book.add("bổ sung")
        book.bounds = ((),)
        assert book.found("bổ sung") == []
        assert list(matching("note", "bổ sung", book)) == []


class TestKeeping:
    def test_what_is_gone_is_not_found(self, book: Notes) -> None:
        key = book.add("bổ sung")
        forget("note", key)
        assert book.found("bổ sung") == []
        assert not Entry.objects.filter(kind="note").exists()

    def test_what_changed_is_found_as_it_is(self, book: Notes) -> None:
        key = book.add("bổ sung")
        book.put(key, "thay thế", day=date(2026, 1, 1))
        assert book.found("bổ sung") == []
        assert book.found("thay thế") == [key]

    def test_a_record_that_is_not_there_is_forgotten(self, book: Notes) -> None:
        key = book.add("bổ sung")
        del book.contents[key]
        index("note", key)
        assert book.found("bổ sung") == []

    def test_reindexing_what_is_as_it_should_be_writes_nothing(self, book: Notes) -> None:
        keys = [book.add("bổ sung") for _ in range(3)]
        before = list(Word.objects.order_by("word").values_list())
        *_more, done = reindex(["note"])
        assert (done.seen, done.changed, done.removed) == (3, 0, 0)
        assert list(Word.objects.order_by("word").values_list()) == before
        assert book.found("bổ sung") == keys[::-1]

    def test_reindexing_mends(self, book: Notes) -> None:
        lost, gone = book.add("bổ sung"), book.add("thay thế")
        forget("note", lost)
        del book.contents[gone]
        *_more, done = reindex(["note"])
        assert (done.seen, done.changed, done.removed) == (1, 1, 1)
        assert book.found("bổ sung") == [lost]
        assert book.found("thay thế") == []

    def test_a_kind_is_gone_through_once(self, book: Notes) -> None:
        assert "note" in [kind.code for kind in not_indexed()]
        list(reindex(["note"]))
        assert "note" not in [kind.code for kind in not_indexed()]
        stale("note")
        assert not Indexed.objects.filter(kind="note").exists()


class TestMatching:
    def test_keys_for_the_filter_of_a_list(self, book: Notes) -> None:
        road, name = book.add("Sửa đường"), book.add("Ông Dương")
        assert set(matching("note", "đường")) == {road}
        assert set(matching("note", "duong")) == {road, name}
        assert set(matching("note", "  ")) == {road, name}
        assert set(matching("note", "...")) == set()

    def test_by_the_number_of_the_record(self, book: Notes) -> None:
        key = book.add("bổ sung", code="KN-2025-000123")
        assert list(matching("note", "KN-2025-000123")) == list(matching("note", "kn 123")) == [key]


class TestShowing:
    def test_words_are_marked_as_they_were_written(self, book: Notes) -> None:
        book.add("Đề nghị sửa đường Hoà Bình", title="Về đường", note="phường Hòa Bình")
        (group,) = book.groups("hòa duong")
        assert lit(group) == ["đường", "đường Hoà", "Hòa"]

    def test_what_an_abbreviation_stands_for_is_marked(self, book: Notes) -> None:
        book.add("Chủ tịch Ủy ban nhân dân phường")
        (group,) = book.groups("ubnd")
        assert lit(group) == ["Ủy ban nhân dân"]

    def test_a_long_text_is_shown_where_the_words_stand(self, book: Notes) -> None:
        book.add("mở đầu " * 200 + "bổ sung biên chế cho phường " + "còn lại " * 200)
        (group,) = book.groups("biên chế")
        shown = "".join(piece.text for piece in group.hits[0].snippet)
        assert "bổ sung biên chế" in shown
        assert shown.startswith("…")
        assert len(shown) < 300


def test_a_record_more_costs_no_query_more(book: Notes) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert book.found("bổ sung")
        return len(captured)

    book.add("bổ sung biên chế", title="Bổ sung")
    few = cost()
    for _ in range(5):
        book.add("bổ sung biên chế", title="Bổ sung")
    assert cost() == few


@pytest.mark.parametrize("rare", [0, 10_000])
def test_frequent_words_and_rare_ones_are_found_alike(
    book: Notes, rare: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL walks for the one and looks up the other."""
    monkeypatch.setattr(engines, "_RARE", rare)
    keys = [book.add("bổ sung biên chế" if number % 2 else "đề nghị") for number in range(6)]
    assert book.found("bổ sung") == keys[5::-2]
    assert book.found("de nghi") == keys[4::-2]
    assert book.found("đường") == []


def test_what_is_written_since_is_found_though_older_ones_are_told_again(
    book: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "_RARE", 0)
    first = book.add("bổ sung biên chế")
    assert book.found("bổ sung") == [first]
    others = [book.add("sửa đường") for _ in range(3)]
    second = book.add("bổ sung trụ sở")
    assert book.found("bổ sung") == [second, first]
    assert book.found("sửa đường") == others[::-1]


def test_however_short_the_walk_what_lies_behind_it_is_found(
    book: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "_RARE", 0)
    monkeypatch.setattr(engines, "_WALKED", 2)
    keys = [book.add("bổ sung biên chế" if number % 3 == 0 else "đề nghị") for number in range(10)]
    for _asked_again in range(2):
        assert book.found("bổ sung") == keys[9::-3]
    forget("note", keys[0])
    assert book.found("bổ sung") == [keys[9], keys[6], keys[3]]


WORDS = st.sampled_from(
    [
        "được",
        "đường",
        "duong",
        "dương",
        "hòa",
        "hoà",
        "thuỷ",
        "thủy",
        "quý",
        "quy",
        "đề",
        "nghị",
        "phường",
        "Ủy",
        "ban",
        "UBND",
        "nghiệp",
        "2025",
        "5.581",
        "249-KH/UBKTTW",
        "ơ",
    ]
)


def variants(word: str) -> st.SearchStrategy[str]:
    return st.sampled_from([word, word.upper(), word.lower(), strip_marks(word)])


class TestAnyWord(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(WORDS, min_size=1, max_size=12).flatmap(
            lambda words: st.tuples(st.just(words), st.sampled_from(words).flatmap(variants))
        )
    )
    def test_finds_the_text_in_any_spelling(self, drawn: tuple[list[str], Any]) -> None:
        written, typed = drawn
        with notes() as book:
            key = book.add(" ".join(written), day=DAY)
            assert book.found(typed) == [key]
            assert list(matching("note", typed)) == [key]
