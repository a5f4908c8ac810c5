"""One app, one face: the same files in every app, each importing only those before it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

SOURCE = Path(settings.REPOSITORY) / "src" / "thongsuot"
APPS = sorted(one.label for one in apps.get_app_configs() if one.name.startswith("thongsuot."))
REGISTERS = [label for label in APPS if label not in {"site", "web"}]

# In the order in which they may import one another.
FACE = ["enums", "models", "policies", "queries", "actions", "tables", "forms", "views", "urls"]
AROUND = {
    "__init__",
    "apps",
    "migrations",
    "management",
    "templates",
    "templatetags",
    "static",
    "showing",
    "found",
    "jobs",
}
# What an app has beyond its face.
OWN = {
    "audit": {
        "actors",
        "append_only",
        "chain",
        "checks",
        "history",
        "labels",
        "removal",
        "retention",
        "versions",
    },
    "accounts": {"adapters", "sessions"},
    "finding": {"asking", "engines", "kinds", "marking", "words"},
    "units": {"access", "checks", "dataset", "loading", "measures", "middleware", "panels"},
    "notices": {"calendar", "digest", "mail", "reminding", "schedule", "working"},
    "sources": {"evidence", "files", "marks"},
    "matters": {
        "alike",
        "audiences",
        "clocks",
        "copies",
        "following",
        "numbering",
        "papers",
        "reminders",
        "story",
    },
    "documents": {"differing", "identity", "outlining", "reaching"},
    "indicators": {
        "aggregation",
        "asking",
        "contradictions",
        "correcting",
        "display",
        "exporting",
        "restating",
        "told",
    },
    "oversight": {"board", "briefs", "conferences", "importing", "lateness", "reports", "writing"},
    "staffing": {"deadlines", "importing", "letters", "planning", "reminders", "standing", "workload"},
    "returns": {
        "checking",
        "consolidated",
        "merging",
        "narrative",
        "prefilling",
        "reminders",
        "told",
        "workbooks",
        "writing",
    },
    "intake": {
        "alternatives",
        "attribution",
        "checking",
        "confirming",
        "content",
        "directives",
        "editing",
        "enacting",
        "evidence",
        "fields",
        "matching",
        "problems",
        "receiving",
        "summaries",
        "targets",
        "writing",
    },
}
LONGEST = 450  # the house says about 400


def parts(app: str) -> set[str]:
    return {path.stem for path in (SOURCE / app).iterdir() if not path.name.startswith((".", "__pycache__"))}


@pytest.mark.parametrize("app", REGISTERS)
def test_an_app_has_the_files_of_the_face(app: str) -> None:
    assert parts(app) <= {*FACE, *AROUND, *OWN.get(app, set())}, "name the new file in OWN, or use the face"


@pytest.mark.parametrize("app", REGISTERS)
def test_what_is_named_as_an_apps_own_is_there(app: str) -> None:
    assert OWN.get(app, set()) <= parts(app)


@pytest.mark.parametrize("app", REGISTERS)
def test_each_file_imports_only_those_before_it(app: str) -> None:
    wrong = [
        f"{part} imports {other}"
        for part in FACE
        for other in sorted(_imported(app, part))
        if other in FACE and FACE.index(other) > FACE.index(part)
    ]
    assert wrong == []


def _imported(app: str, part: str) -> set[str]:
    """Parts of the same app that a file, or any file of a folder, imports."""
    package = f"thongsuot.{app}"
    found: set[str] = set()
    for path in _files(SOURCE / app / part):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == package:
                found |= {name.name for name in node.names}
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{package}."):
                found.add(str(node.module).removeprefix(f"{package}.").split(".")[0])
    return found


def _files(part: Path) -> Iterator[Path]:
    if part.is_dir():
        yield from part.rglob("*.py")
    elif part.with_suffix(".py").exists():
        yield part.with_suffix(".py")


def test_no_file_outgrows_a_readable_length() -> None:
    long = {
        str(path.relative_to(SOURCE)): lines
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts and (lines := len(path.read_text("utf-8").splitlines())) > LONGEST
    }
    assert long == {}
