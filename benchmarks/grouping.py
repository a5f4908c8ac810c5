"""How well and how fast proposals that ask the same thing are found, beside two plain ways of doing it.

`thongsuot bench grouping [--json] [--statements N]`; `--learn` writes the usual weights anew.
"""

import argparse
import json
import math
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from thongsuot.kernel.vietnamese import fold
from thongsuot.likeness import ALIKE, Index, Statement, Weights, alike, groups

ROOT = Path(__file__).resolve().parent.parent
LABELLED = ROOT / "tests" / "data" / "likeness"
OPEN_READINGS = [ROOT / "tests" / "data" / "reading" / "gold" / f"batch-{one}-*.json" for one in "abc"]
USUAL = ROOT / "src" / "thongsuot" / "likeness" / "data" / "usual.yaml"
HEAD = """\
# How many of so many own-worded proposals hold a term: what weights begin with. Written by
# `thongsuot bench grouping --learn` from the tuning half of tests/data/likeness and the open batches of
# tests/data/reading.
"""
Key = int | str
Linked = set[frozenset[Key]]


@dataclass(frozen=True)
class Labelled:
    statements: list[Statement]
    cluster: Mapping[Key, str]
    hard: Linked

    @property
    def pairs(self) -> int:
        return math.comb(len(self.statements), 2)

    @property
    def same(self) -> Linked:
        return {
            frozenset((a.key, b.key))
            for a, b in combinations(self.statements, 2)
            if self.cluster[a.key] == self.cluster[b.key]
        }

    def texts(self) -> list[str]:
        return [one.text for one in self.statements]

    def score(self, found: Linked) -> dict[str, Any]:
        right = len(found & self.same)
        return {
            "precision": round(right / len(found), 4) if found else None,
            "recall": round(right / len(self.same), 4),
            "hard_negatives_taken": len(found & self.hard),
        }


def labelled(half: str) -> Labelled:
    """`tuning` or `held_out`."""
    content = yaml.safe_load((LABELLED / f"{half}.yaml").read_text("utf-8"))
    statements, cluster = [], {}
    for one in content["clusters"]:
        for proposal in one["proposals"]:
            topic, competence = (proposal.get(name, one[name]) for name in ("topic", "competence"))
            statements.append(Statement(proposal["id"], proposal["text"], topic, competence))
            cluster[proposal["id"]] = one["id"]
    return Labelled(statements, cluster, {frozenset(pair[:2]) for pair in content["hard_negatives"]})


def suggested(given: Labelled, weights: Weights, at_least: float = ALIKE) -> Linked:
    return {frozenset((pair.first, pair.second)) for pair in alike(given.statements, weights, at_least)}


def grouped(given: Labelled, weights: Weights) -> Linked:
    return {
        frozenset(pair)
        for group in groups(given.statements, weights)
        for pair in combinations(group.members, 2)
    }


# The plain ways ------------------------------------------------------------------------------------------------


def token_set_ratios(given: Labelled) -> dict[frozenset[Key], float]:
    from rapidfuzz.fuzz import token_set_ratio

    texts = {one.key: fold(one.text) for one in given.statements}
    return {frozenset((a, b)): token_set_ratio(texts[a], texts[b]) / 100 for a, b in combinations(texts, 2)}


def tf_idf_cosines(given: Labelled) -> dict[frozenset[Key], float]:
    """Syllables as they stand, every one weighed by how rare it is, no list of words."""
    counts = {one.key: Counter(fold(one.text).split()) for one in given.statements}
    found_in = Counter(word for count in counts.values() for word in count)
    rows = {
        key: {word: n * (1 + math.log((1 + len(counts)) / (1 + found_in[word]))) for word, n in count.items()}
        for key, count in counts.items()
    }
    length = {key: math.sqrt(sum(w * w for w in row.values())) for key, row in rows.items()}
    return {
        frozenset((a, b)): sum(w * rows[b].get(word, 0) for word, w in rows[a].items())
        / length[a]
        / length[b]
        for a, b in combinations(rows, 2)
    }


def _best_mark(scores: Mapping[frozenset[Key], float], same: Linked) -> float:
    """The mark with the best F1 on the tuning half."""

    def f1(mark: float) -> float:
        found = {pair for pair, score in scores.items() if score >= mark}
        return 2 * len(found & same) / (len(found) + len(same))

    return max((mark / 100 for mark in range(20, 100)), key=f1)


def peer(way: Callable[[Labelled], dict[frozenset[Key], float]]) -> dict[str, Any]:
    tuning, held_out = labelled("tuning"), labelled("held_out")
    mark = _best_mark(way(tuning), tuning.same)

    def over(given: Labelled) -> dict[str, Any]:
        return given.score({pair for pair, score in way(given).items() if score >= mark})

    return {"mark": mark, **over(tuning), "held_out": over(held_out)}


# A register ----------------------------------------------------------------------------------------------------

_FIRST = ("An", "Bình", "Tân", "Phú", "Vĩnh", "Long", "Thới", "Mỹ", "Hòa", "Đông", "Thạnh", "Xuân")
_SECOND = ("Lạc", "Hưng", "Thuận", "Hiệp", "Lộc", "Khánh", "Thành", "Sơn", "Phước", "Giang", "Đức", "Trung")
_BEFORE = (
    "",
    "{unit} có {n} dân. ",
    "Qua {n} tháng vận hành, {unit} gặp khó khăn. ",
    "Hiện {unit} có {n} khu phố. ",
)
_AFTER = (
    "",
    " Việc này đã kiến nghị {n} lần.",
    " Mong Thành phố sớm trả lời {unit}.",
    " Thời gian thực hiện trong năm 2026.",
    " Dự kiến {n} hộ dân được hưởng lợi.",
    " Kinh phí khoảng {n} triệu đồng.",
)


def register(size: int) -> list[Statement]:
    """Invented proposals: the labelled ones told again by other wards, with other numbers and words around."""
    chance = random.Random(20261122)
    told = [one for half in ("tuning", "held_out") for one in labelled(half).statements]
    made = []
    for key in range(size):
        one = chance.choice(told)
        unit = f"{chance.choice(('phường', 'xã'))} {chance.choice(_FIRST)} {chance.choice(_SECOND)}"
        before, after = (
            chance.choice(parts).format(unit=unit, n=chance.randint(2, 900)) for parts in (_BEFORE, _AFTER)
        )
        made.append(
            Statement(key, f"{before[:1].upper()}{before[1:]}{one.text}{after}", one.topic, one.competence)
        )
    return made


def speed(size: int) -> dict[str, Any]:
    """Seconds of one core, so that what else the machine does cannot count."""
    statements = register(size)
    start = time.process_time()
    weights = Weights.learn(one.text for one in statements)
    learnt = time.process_time()
    made = groups(statements, weights)
    done = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    index = Index(weights, statements)
    built = time.process_time()
    times = []
    for one in register(200):
        began = time.process_time()
        index.near(Statement("new", one.text, one.topic, one.competence))
        times.append(1000 * (time.process_time() - began))
    times.sort()
    return {
        "clustered": size,
        "seconds": round(done - start, 2),
        "learning_seconds": round(learnt - start, 2),
        "groups": len(made),
        "index_seconds": round(built - done, 2),
        "match_ms": round(times[len(times) // 2], 1),
        "match_ms_p95": round(times[int(len(times) * 0.95)], 1),
        "peak_mb": round(peak, 1),
    }


def quality() -> dict[str, Any]:
    """Pairs of both halves; the held-out half stands apart."""
    tuning, held_out = labelled("tuning"), labelled("held_out")
    usual = Weights.usual()

    def of(given: Labelled) -> dict[str, Any]:
        bare = Labelled([Statement(one.key, one.text) for one in given.statements], given.cluster, given.hard)
        own = Weights.learn(given.texts())
        return {
            "pairs": given.pairs,
            "same": len(given.same),
            "hard_negatives": len(given.hard),
            **given.score(suggested(given, usual)),
            "in_groups": given.score(grouped(given, usual)),
            "learnt_on_own_texts": given.score(suggested(given, own)),
            "in_groups_learnt_on_own_texts": given.score(grouped(given, own)),
            "text_alone": given.score(suggested(bare, usual)),
        }

    return {**of(tuning), "held_out": of(held_out)}


def measure(size: int = 10_000) -> dict[str, Any]:
    return {
        **speed(size),  # first: the memory it needs is not that of the comparisons below
        **quality(),
        "peers": {"token_set_ratio": peer(token_set_ratios), "tf_idf_cosine": peer(tf_idf_cosines)},
    }


def learnable() -> Iterable[str]:
    yield from labelled("tuning").texts()
    for pattern in OPEN_READINGS:
        for gold in sorted(pattern.parent.glob(pattern.name)):
            proposals = json.loads(gold.read_text("utf-8"))["proposals"]
            yield from (one["text"] for one in proposals if not one.get("optional"))


def usual_file() -> str:
    kept = {**Weights.learn(learnable(), onto=Weights()).to_dict(), "places": []}
    return HEAD + yaml.safe_dump(kept, allow_unicode=True, default_flow_style=None, width=118)


def _table(result: dict[str, Any]) -> str:
    def line(name: str, scores: Mapping[str, Any]) -> str:
        return (
            f"{name:<44} {scores['precision']:>9} {scores['recall']:>8} {scores['hard_negatives_taken']:>6}"
        )

    lines = [f"{name:<17} {value}" for name, value in result.items() if isinstance(value, int | float)]
    lines += ["", f"{'':<44} {'precision':>9} {'recall':>8} {'hard':>6}"]
    for half, scores in (("tuning", result), ("held out", result["held_out"])):
        lines.append(line(f"{half}: pairs", scores))
        lines += [
            line(f"{half}: {name.replace('_', ' ')}", scores[name])
            for name in ("in_groups", "learnt_on_own_texts", "in_groups_learnt_on_own_texts", "text_alone")
        ]
        lines += [
            line(f"{half}: {name} (peer)", each if half == "tuning" else each["held_out"])
            for name, each in result["peers"].items()
        ]
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="thongsuot bench grouping", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--statements", type=int, default=10_000, help="how many to group")
    parser.add_argument(
        "--learn", action="store_true", help="write the usual weights from the labelled texts"
    )
    arguments = parser.parse_args(argv)
    if arguments.learn:
        USUAL.write_text(usual_file(), "utf-8")
        return 0
    result = measure(arguments.statements)
    print(json.dumps(result, ensure_ascii=False) if arguments.json else _table(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
