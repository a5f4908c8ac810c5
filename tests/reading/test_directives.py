"""Reading a directive: floors under its quality, and what holds for every text."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.reading.corpus import CORPUS
from thongsuot.kernel import fold, normalise
from thongsuot.reading.directive import kind_of, read_directive
from thongsuot.reading.directive.records import Directive

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
from _directive_score import DIRECTIVES, Scores, labelled, score

DEVELOPMENT = [text for _name, text, _gold in labelled("dev")]
CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

HEAD = """ỦY BAN NHÂN DÂN TỈNH AN GIANG        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 5/KH-UBND        An Giang, ngày 02 tháng 02 năm 2026

KẾ HOẠCH
Sửa chữa trụ sở

"""


@pytest.fixture(scope="module")
def learnt() -> Scores:
    return score("dev")


@pytest.fixture(scope="module")
def held_out() -> Scores:
    return score("held")


@pytest.mark.parametrize(
    ("field", "floor"),
    [
        *((field, 0.95) for field in ("kind", "type", "symbol", "date", "issuer", "signer")),
        *((field, 0.95) for field in ("points", "addressees", "deadlines", "tasks")),
        *((field, 0.93) for field in ("tasks.lead", "tasks.support", "tasks.due")),
    ],
)
def test_floors(learnt: Scores, field: str, floor: float) -> None:
    assert learnt.of(field).f1 >= floor, learnt.wrong


@pytest.mark.parametrize(
    ("field", "floor"),
    [
        *((field, 0.95) for field in ("kind", "type", "symbol", "date", "issuer", "signer")),
        ("points", 0.95),
        ("addressees", 0.88),
        ("deadlines", 0.93),
        ("tasks", 0.92),
        ("tasks.lead", 0.93),
        ("tasks.support", 0.93),
        ("tasks.due", 0.93),
    ],
)
def test_floors_on_papers_no_rule_was_made_for(held_out: Scores, field: str, floor: float) -> None:
    assert held_out.of(field).f1 >= floor


# -- what holds for every text --------------------------------------------------------


def _letters(words: str) -> str:
    return fold(re.sub(r"\W", "", words)).replace("ẳ", "ả")


def check(text: str) -> Directive:
    """Every stretch lies in the text and holds what is claimed of it."""
    read, composed = read_directive(text), normalise(text)

    def cut(span: tuple[int, int]) -> str:
        start, end = span
        assert 0 <= start <= end <= len(composed)
        return composed[start:end]

    for point in read.points:
        words = cut((point.start, point.end))
        assert _letters(point.text) in _letters(words)
    for task in read.tasks:
        assert _letters(cut(tuple(task.span))) == _letters(task.text)
        assert task.point == "" or task.point in {point.path for point in read.points}
    for term in read.deadlines:
        assert _letters(cut(tuple(term.span))) == _letters(term.text)
    for found in (*read.recipients, *([read.abstract] if read.abstract else [])):
        assert _letters(cut(tuple(found.span))) == _letters(found.value)
    for one in read.addressees:
        cut(tuple(one.span))
    if read.symbol:
        assert read.symbol.number.lstrip("0") in cut(tuple(read.symbol.span))
    assert len({point.path for point in read.points}) == len(read.points)
    json.dumps(read.to_json())
    return read


@given(st.text(max_size=400))
@example("\x00")
@example("KẾ HOẠCH\n")
@example("Điều \nĐiều 1.\n|")
@example("| STT | Nhiệm vụ | Chủ trì |\n| 1 |\n||||")
@example("1. Giao \nKính gửi: - \n- \nTM.")
@CALM
def test_any_text_is_read(text: str) -> None:
    check(text)


LINES = sorted({line for text in DEVELOPMENT for line in text.split("\n") if line.strip()})


@given(st.lists(st.sampled_from(LINES), max_size=40), st.sampled_from(["\n", "\n\n", " \n", "\r\n", "\n\t"]))
@CALM
def test_lines_of_papers_in_any_order_are_read(lines: list[str], joint: str) -> None:
    check(joint.join(lines))


@pytest.mark.parametrize("path", sorted(DIRECTIVES.glob("*.txt")), ids=lambda path: path.stem)
def test_stretches_hold_what_is_claimed(path: Path) -> None:
    check(path.read_text("utf-8"))


def test_everything_names_its_rule_its_reason_and_its_confidence() -> None:
    for text in DEVELOPMENT:
        read = read_directive(text)
        for one in (
            *read.points,
            *read.addressees,
            *read.deadlines,
            *read.tasks,
            *read.bases,
            *read.recipients,
            read.kind,
        ):
            assert one.rule
            assert one.reason
            assert 0 < one.confidence <= 1


# -- what a paper is -------------------------------------------------------------------


@pytest.mark.parametrize("text", DEVELOPMENT)
def test_a_directive_is_told_from_a_report(text: str) -> None:
    assert kind_of(text).kind == "directive"


def test_reports_minutes_and_press_are_no_directives() -> None:
    """The labelled reports of others: only letters and notices that give work count as directives."""
    for path in sorted(CORPUS.glob("batch-[abc]-*.txt")):
        gold = json.loads((CORPUS / "gold" / f"{path.stem}.json").read_text("utf-8"))
        told = kind_of(path.read_text("utf-8"))
        if gold["meeting"]["kind"] not in ("directive", "working-session"):
            assert told.kind == "report", (path.stem, told)


def test_a_letter_from_a_ward_to_the_city_is_a_report() -> None:
    letter = (
        "ỦY BAN NHÂN DÂN\nPHƯỜNG TÂN KHÁNH\nSố: 12/UBND-VX\nTân Khánh, ngày 03 tháng 3 năm 2026\nV/v bổ sung biên chế\n\n"
        "Kính gửi: Sở Nội vụ Thành phố Hồ Chí Minh\n\n1. Đề nghị Sở Nội vụ xem xét bổ sung biên chế cho phường.\n"
    )
    told = kind_of(letter)
    assert (told.kind, told.rule) == ("report", "kind.upward")


# -- layouts ---------------------------------------------------------------------------


def test_labels_under_a_task_say_who_with_whom_until_when_and_what() -> None:
    labelled_task = (
        "I. NHIỆM VỤ\n1. Rà soát trụ sở xuống cấp\n- Cơ quan chủ trì: Sở Xây dựng.\n"
        "- Cơ quan phối hợp: UBND các xã, phường, đặc khu; Sở Tài chính.\n- Thời gian hoàn thành: Quý II/2026.\n"
        "- Sản phẩm: Danh mục trụ sở.\n"
    )
    (task,) = read_directive(HEAD + labelled_task).tasks
    assert task.text == "Rà soát trụ sở xuống cấp"
    assert [who.value for who in task.lead] == ["Sở Xây dựng"]
    assert [who.scope for who in task.support] == ["all-communes", "named"]
    assert task.due is not None
    assert (task.due.key, task.product) == ("2026-06-30", "Danh mục trụ sở")


def test_a_cited_article_is_no_heading() -> None:
    read = read_directive(
        HEAD + "1. Sở Nội vụ hướng dẫn.\nĐiều 5 Nghị định số 30/2020/NĐ-CP quy định việc này.\n"
    )
    assert [point.path for point in read.points] == ["1"]


def test_wards_named_in_a_list_are_not_all_wards() -> None:
    read = read_directive(
        HEAD + "1. Giao Ủy ban nhân dân phường Châu Đốc, phường Long Xuyên báo cáo trước ngày 10/3/2026.\n"
    )
    assert {one.scope for one in read.addressees} == {"named"}


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("trước ngày 15/3/2026", "2026-03-15"),
        ("chậm nhất ngày 01 tháng 4", "2026-04-01"),
        ("trước ngày 10/01", "2027-01-10"),
        ("trước ngày 15 hằng tháng", "month 15"),
        ("trước ngày 20 của tháng cuối quý", "quarter 20"),
        ("trước 15 giờ thứ Năm hằng tuần", "week 4"),
        ("trong tháng 10 năm 2026", "2026-10-31"),
        ("trong tháng 02/2028", "2028-02-29"),
        ("trước tháng 01/2027", "2026-12-31"),
        ("trong quý IV/2026", "2026-12-31"),
        ("chậm nhất 05 ngày làm việc kể từ ngày nhận văn bản", "working-days 5"),
        ("trong thời hạn 10 ngày", "days 10"),
        ("định kỳ 6 tháng", "half-year"),
    ],
)
def test_terms(words: str, key: str) -> None:
    read = read_directive(f"{HEAD}1. Giao Sở Nội vụ báo cáo kết quả {words}.\n")
    assert [term.key for term in read.deadlines] == [key]
    assert read.tasks[0].due == read.deadlines[0]


@pytest.mark.parametrize(
    "words",
    [
        "theo Kế hoạch số 12/KH-UBND ngày 10/01/2026",
        "có hiệu lực từ ngày 15 tháng 3 năm 2026",
        "từ ngày 12 đến ngày 15 tháng 9 năm 2026 có mưa",
        "trong dự toán năm 2027",
    ],
)
def test_other_days_are_no_terms(words: str) -> None:
    assert read_directive(f"{HEAD}1. Giao Sở Nội vụ thực hiện {words}.\n").deadlines == ()


@pytest.mark.parametrize(
    ("printed", "value", "form"),
    [
        ("Số 249-KH/UBKTTW", "249-KH/UBKTTW", "party"),
        ("Số: 593/TB-VPCP", "593/TB-VPCP", "state"),
        ("Số: 8170/VPCP-NN", "8170/VPCP-NN", "state"),
        ("Số: 30/2020/NĐ-CP", "30/2020/NĐ-CP", "normative"),
        ("Số : 07 / QĐ-UBND", "07/QĐ-UBND", "state"),
    ],
)
def test_symbols(printed: str, value: str, form: str) -> None:
    read = read_directive(HEAD.replace("Số: 5/KH-UBND", printed))
    assert read.symbol is not None
    assert (read.symbol.value, read.symbol.form) == (value, form)


# -- the command -------------------------------------------------------------------------


def run(*arguments: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "thongsuot.command_line", "read", *arguments]
    done = subprocess.run(command, capture_output=True, check=True)
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_the_command_reads_each_text_as_what_it_is() -> None:
    directive, report = DIRECTIVES / "dev-08.txt", CORPUS / "batch-a-01.txt"
    first, second = run("--json", "--as", "auto", str(directive), str(report))
    assert (first["schema"], second["schema"]) == ("thongsuot.directive/1", "thongsuot.reading/1")
    assert first["kind"]["reason"]
    assert [one["kind"] for one in run("--kind", str(directive), str(report))] == ["directive", "report"]


def test_unless_told_otherwise_everything_is_read_as_a_report() -> None:
    assert [one["schema"] for one in run("--json", str(DIRECTIVES / "dev-08.txt"))] == ["thongsuot.reading/1"]
