"""What holds for any proposals whatever."""

import subprocess
import sys
import unicodedata
from itertools import combinations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.likeness.labelled import grouping_bench
from thongsuot.kernel.vietnamese import strip_marks
from thongsuot.likeness import ALIKE, Index, Statement, Weights, alike, compare, groups

CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
USUAL = Weights.usual()
TOLD = [one for half in ("tuning", "held_out") for one in grouping_bench().labelled(half).statements]
OLD_TONES = {"hòa": "hoà", "Hòa": "Hoà", "thủy": "thuỷ", "xóa": "xoá", "khỏe": "khoẻ", "ủy": "uỷ"}

labelled = st.sampled_from(TOLD)
free = st.text(alphabet="aăâđeêioôơuưyàằầbcnghthếớ BCĐNT.,;:-0123/\n", max_size=60)
texts = st.one_of(labelled.map(lambda one: one.text), free)
filed = st.sampled_from(["", "budget", "other"])
statements = st.builds(Statement, st.integers(0, 5), texts, filed, filed)


@CALM
@given(statements, statements)
def test_likeness_has_no_direction(a: Statement, b: Statement) -> None:
    there, back = compare(a, b, USUAL), compare(b, a, USUAL)
    assert (there.first, there.second) == (back.second, back.first)
    assert (there.score, there.shared_terms, there.differing_terms) == (
        back.score,
        back.shared_terms,
        back.differing_terms,
    )
    assert 0 <= there.score <= 1


@CALM
@given(statements)
def test_everything_is_like_itself(one: Statement) -> None:
    assert compare(one, one, USUAL).score == (1 if one.text.strip() else 0)


@CALM
@given(labelled)
def test_the_way_it_was_typed_does_not_matter(one: Statement) -> None:
    old = one.text
    for new_place, old_place in OLD_TONES.items():
        old = old.replace(new_place, old_place)
    for text in (old, unicodedata.normalize("NFD", one.text), one.text.replace(" ", "\u00a0  ")):
        assert compare(one, Statement("typed", text), USUAL).score == 1


@CALM
@given(labelled)
def test_marks_may_be_left_out(one: Statement) -> None:
    plain = "".join(
        letter for letter in unicodedata.normalize("NFD", one.text) if not unicodedata.combining(letter)
    )
    plain = plain.replace("đ", "d").replace("Đ", "D")
    assert strip_marks(plain) == strip_marks(one.text)
    assert compare(one, Statement("typed", plain), USUAL).score >= ALIKE


@CALM
@given(st.lists(labelled, max_size=40, unique_by=lambda one: one.key), st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_the_order(chosen: list[Statement], chance: object) -> None:
    shuffled = list(chosen)
    chance.shuffle(shuffled)
    assert groups(chosen, USUAL) == groups(shuffled, USUAL)
    assert alike(chosen, USUAL) == alike(shuffled, USUAL)


@CALM
@given(st.lists(labelled, max_size=40, unique_by=lambda one: one.key))
def test_in_a_group_every_two_are_alike(chosen: list[Statement]) -> None:
    by_key = {one.key: one for one in chosen}
    made = groups(chosen, USUAL, at_least=ALIKE)
    members = [key for group in made for key in group.members]
    assert len(members) == len(set(members))
    for group in made:
        for one, other in combinations(group.members, 2):
            assert compare(by_key[one], by_key[other], USUAL).score >= ALIKE


@CALM
@given(st.lists(statements, max_size=8))
def test_a_whole_list_is_compared_as_two_are(chosen: list[Statement]) -> None:
    chosen = [Statement(place, one.text, one.topic, one.competence) for place, one in enumerate(chosen)]
    found = {(pair.first, pair.second): pair.score for pair in alike(chosen, USUAL)}
    found |= {(second, first): score for (first, second), score in found.items()}
    index = Index(USUAL, chosen)
    for one in chosen:
        near = {like.second: like.score for like in index.near(one, limit=100)}
        assert near == {other: score for (first, other), score in found.items() if first == one.key}
        for other in chosen:
            score = compare(one, other, USUAL).score
            if one is not other:
                assert found.get((one.key, other.key), 0) == (score if score >= ALIKE else 0)


@CALM
@given(st.lists(texts, max_size=10))
def test_weights_are_kept_and_loaded(learnt: list[str]) -> None:
    weights = Weights.learn(learnt)
    assert Weights.from_dict(weights.to_dict()) == weights


@CALM
@given(st.lists(texts, max_size=10), st.randoms(use_true_random=False))
def test_weights_do_not_depend_on_the_order(learnt: list[str], chance: object) -> None:
    shuffled = list(learnt)
    chance.shuffle(shuffled)
    assert Weights.learn(learnt) == Weights.learn(shuffled)


def test_comparing_loads_no_numerical_library() -> None:
    code = (
        "import sys; from thongsuot.likeness import Index, Statement, Weights; "
        "Index(Weights.usual(), [Statement(1, 'cấp máy scan')]).near(Statement(2, 'máy scan')); "
        "sys.exit(bool({'numpy', 'scipy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
