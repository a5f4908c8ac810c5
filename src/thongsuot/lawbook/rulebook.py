"""Opening the dated data files of the lawbook."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def open_rules(name: str) -> Any:
    """The parsed content of lawbook/data/<name>.yaml."""
    text = files("thongsuot.lawbook").joinpath("data", f"{name}.yaml").read_text("utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
