"""The labelled proposals of tests/data/likeness."""

import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

REPOSITORY = Path(__file__).resolve().parents[2]


@cache
def grouping_bench() -> ModuleType:
    """benchmarks/grouping.py: the tests score as the benchmark does."""
    name = "benchmarks_grouping"
    spec = importlib.util.spec_from_file_location(name, REPOSITORY / "benchmarks" / "grouping.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
