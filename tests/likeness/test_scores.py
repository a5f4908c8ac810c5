"""Floors under what is reached on the labelled proposals; the figures stand in docs/likeness.md."""

import re

import pytest

from tests.likeness.labelled import REPOSITORY, grouping_bench
from thongsuot.kernel.vietnamese import fold
from thongsuot.lawbook.wording import wording
from thongsuot.likeness import Weights

bench = grouping_bench()


@pytest.mark.parametrize(("half", "precision", "recall"), [("tuning", 0.97, 0.95), ("held_out", 0.86, 0.82)])
def test_pairs(half: str, precision: float, recall: float) -> None:
    given = bench.labelled(half)
    reached = given.score(bench.suggested(given, Weights.usual()))
    assert reached["precision"] >= precision
    assert reached["recall"] >= recall


@pytest.mark.parametrize(("half", "precision", "recall"), [("tuning", 0.97, 0.95), ("held_out", 0.91, 0.8)])
def test_groups(half: str, precision: float, recall: float) -> None:
    given = bench.labelled(half)
    reached = given.score(bench.grouped(given, Weights.usual()))
    assert reached["precision"] >= precision
    assert reached["recall"] >= recall


def test_a_register_that_learns_from_itself_does_no_worse() -> None:
    given = bench.labelled("held_out")
    learnt = Weights.learn(given.texts())
    assert given.score(bench.suggested(given, learnt))["precision"] >= 0.88
    assert given.score(bench.grouped(given, learnt))["precision"] >= 0.94


@pytest.mark.parametrize("half", ["tuning", "held_out"])
def test_the_labels_hold_together(half: str) -> None:
    given = bench.labelled(half)
    assert len(given.cluster) == len(given.statements)
    assert all(pair <= set(given.cluster) and len(pair) == 2 for pair in given.hard)
    assert not given.hard & given.same
    assert given.pairs > 300


def test_the_halves_share_no_text() -> None:
    tuning, held_out = (bench.labelled(half) for half in ("tuning", "held_out"))
    assert not {fold(text) for text in tuning.texts()} & {fold(text) for text in held_out.texts()}


def test_no_word_of_the_lists_is_known_from_the_held_out_half_alone() -> None:
    reading = REPOSITORY / "tests" / "data" / "reading"
    open_texts = [path for one in "abc" for path in sorted(reading.glob(f"batch-{one}-*.txt"))]
    topics = REPOSITORY / "src" / "thongsuot" / "reading" / "data" / "topics.yaml"
    allowed = " ".join(
        [*bench.labelled("tuning").texts(), *(path.read_text("utf-8") for path in (topics, *open_texts))]
    )
    held_out, allowed = (_bare(text) for text in ("\n".join(bench.labelled("held_out").texts()), allowed))
    lists = wording()
    phrases = [
        *(phrase for each in (*lists.things.values(), *lists.general.values()) for phrase in each),
        *(*lists.more, *lists.less, *lists.neither, *lists.reasons),
    ]
    assert [phrase for phrase in phrases if _bare(phrase) in held_out and _bare(phrase) not in allowed] == []


def _bare(text: str) -> str:
    syllables = re.findall(r"[^\W_]+", fold(text))
    return f" {' '.join(syllables)} "


def test_the_usual_weights_are_those_the_open_texts_give() -> None:
    assert bench.USUAL.read_text("utf-8") == bench.usual_file(), "thongsuot bench grouping --learn"
