"""How far the reading of a directive agrees with labels: symbol, date, issuer, points, addressees, terms, tasks."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from thongsuot.kernel import fold, normalise
from thongsuot.reading.directive import read_directive
from thongsuot.reading.directive.records import Addressee, Directive

DIRECTIVES = Path(__file__).resolve().parent.parent / "tests" / "data" / "directives"
HEAD = ("type", "symbol", "date", "issuer", "signer")
LISTS = ("points", "addressees", "deadlines", "tasks")
ALIKE = 0.5  # share of two stretches that makes them one task


@dataclass
class Tally:
    right: int = 0
    surplus: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        found = self.right + self.surplus
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        wanted = self.right + self.missed
        return self.right / wanted if wanted else 1.0

    @property
    def f1(self) -> float:
        total = 2 * self.right + self.surplus + self.missed
        return 2 * self.right / total if total else 1.0

    def count(self, wanted: Counter[Any], found: Counter[Any]) -> None:
        both = sum((wanted & found).values())
        self.right += both
        self.surplus += found.total() - both
        self.missed += wanted.total() - both


@dataclass
class Scores:
    fields: dict[str, Tally] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def of(self, name: str) -> Tally:
        return self.fields.setdefault(name, Tally())

    def rows(self) -> dict[str, tuple[float, float, float]]:
        return {name: (one.precision, one.recall, one.f1) for name, one in self.fields.items()}


def labelled(prefix: str, folder: Path = DIRECTIVES) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for gold in sorted((folder / "gold").glob(f"{prefix}*.yaml")):
        text = normalise((folder / f"{gold.stem}.txt").read_text("utf-8"))
        yield gold.stem, text, yaml.load(gold.read_text("utf-8"), Loader=yaml.BaseLoader)


def score(prefix: str, folder: Path = DIRECTIVES) -> Scores:
    scores = Scores()
    for name, text, gold in labelled(prefix, folder):
        compare(scores, name, text, gold, read_directive(text))
    return scores


def compare(scores: Scores, name: str, text: str, gold: dict[str, Any], read: Directive) -> None:
    right = read.kind.kind == gold.get("kind", "directive")
    scores.of("kind").count(Counter(["kind"]), Counter(["kind" if right else "other"]))
    for part in HEAD:
        found = getattr(read, part)
        wanted, got = fold(gold[part]), fold(found.value) if found else ""
        scores.of(part).count(Counter([wanted]), Counter([got] if got else []))
        if wanted != got:
            scores.wrong.append(f"{name} {part}: {gold[part]!r} / {found and found.value!r}")
    _lists(scores, name, "points", Counter(gold["points"]), Counter(point.path for point in read.points))
    _lists(
        scores,
        name,
        "addressees",
        Counter((point, _who(who)) for point, who in gold.get("addressees", [])),
        Counter((one.point, _actor(one)) for one in read.addressees),
    )
    _lists(
        scores,
        name,
        "deadlines",
        Counter((point, day) for point, day in gold.get("deadlines", [])),
        Counter((one.point, one.key) for one in read.deadlines),
    )
    _tasks(scores, name, text, gold, read)


def _lists(scores: Scores, name: str, part: str, wanted: Counter[Any], found: Counter[Any]) -> None:
    scores.of(part).count(wanted, found)
    scores.wrong += [f"{name} {part} missed: {one}" for one in wanted - found]
    scores.wrong += [f"{name} {part} surplus: {one}" for one in found - wanted]


def _tasks(scores: Scores, name: str, text: str, gold: dict[str, Any], read: Directive) -> None:
    tally, left = scores.of("tasks"), list(read.tasks)
    for wanted in gold.get("tasks", []):
        place = _place(text, wanted["text"])
        found = next((one for one in left if _alike(place, tuple(one.span))), None)
        if found is None:
            tally.missed += 1
            scores.wrong.append(f"{name} task missed: {wanted['text']}")
            continue
        left.remove(found)
        tally.right += 1
        for part in ("lead", "support"):
            want = Counter(map(_who, wanted.get(part, [])))
            got = Counter(map(_actor, getattr(found, part)))
            _lists(scores, f"{name} {wanted['text'][:30]}", f"tasks.{part}", want, got)
        want = Counter([wanted["due"]] if wanted.get("due") else [])
        got = Counter([found.due.key] if found.due else [])
        _lists(scores, f"{name} {wanted['text'][:30]}", "tasks.due", want, got)
    spared = [_place(text, words) for words in gold.get("optional_tasks", [])]
    for one in left:
        if not any(_touches(place, tuple(one.span)) for place in spared):
            tally.surplus += 1
            scores.wrong.append(f"{name} task surplus: {one.text[:80]}")


def _place(text: str, words: str) -> tuple[int, int]:
    """Where the quoted words stand; "…" leaves out what is between."""
    parts = [r"\s+".join(map(re.escape, part.split())) for part in words.split("…")]
    match = re.search(r"(?s:.*?)".join(parts), text)
    if not match:
        raise ValueError(f"not in the text: {words}")
    return match.span()


def _alike(one: tuple[int, int], other: tuple[int, ...]) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > 0 and shared / (max(one[1], other[1]) - min(one[0], other[0])) >= ALIKE


def _touches(one: tuple[int, int], other: tuple[int, ...]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _who(printed: str) -> str:
    return printed if printed.startswith("all-") or printed == "localities" else fold(printed)


def _actor(one: Addressee) -> str:
    return one.scope if one.scope.startswith("all-") or one.scope == "localities" else fold(one.value)


def table(scores: Scores) -> str:
    lines = [f"  {'':<16} {'P':>6} {'R':>6} {'F1':>6}"]
    lines += [
        f"  {name:<16} {precision:6.3f} {recall:6.3f} {f1:6.3f}"
        for name, (precision, recall, f1) in scores.rows().items()
    ]
    return "\n".join(lines)
