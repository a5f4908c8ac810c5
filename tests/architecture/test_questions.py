"""A question that is put into SQL once is known by its name: two must never bear the same."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

SOURCE = Path(settings.REPOSITORY) / "src" / "thongsuot"
ASKING = {"worded", "asked", "how_many", "_if_any"}


def named(question: ast.expr) -> Iterator[str]:
    """The word with which a question begins, wherever in it that stands."""
    if isinstance(question, ast.Tuple):
        yield from named(question.elts[0])
    elif isinstance(question, ast.BoolOp):  # known and (known, ...): the name comes with what is known
        yield from named(question.values[-1])
    elif isinstance(question, ast.Constant) and isinstance(question.value, str):
        yield question.value


def questions(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[question, *_]) if name in ASKING:
                yield question
            case ast.Assign(targets=[ast.Name(id="question")], value=question):
                yield question


def test_no_two_questions_bear_the_same_name() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path in sorted(SOURCE.rglob("*.py")):
        if "worded" in (text := path.read_text()) or "how_many" in text:
            for question in questions(ast.parse(text)):
                for name in named(question):
                    places[name].append(f"{path.relative_to(SOURCE)}:{question.lineno}")
    assert len(places) > 20
    assert {name: where for name, where in places.items() if len(where) > 1} == {}
