"""Opening the dated data files of the lawbook."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def open_rules(name: str) -> Any:
    """The parsed content of lawbook/data/<name>.yaml."""
    text = files("thongsuot.lawbook").joinpath("data", f"{name}.yaml").read_text("utf-8")
    loader = getattr(
        yaml, "CSafeLoader", yaml.SafeLoader
    )  # the C loader where PyYAML has it: ten times quicker
    return yaml.load(text, Loader=loader)  # noqa: S506  both loaders are safe ones
