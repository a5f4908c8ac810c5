"""The prescribed layouts of official papers (data/paper_layouts.yaml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from thongsuot.lawbook.rulebook import open_rules

PARTY, STATE = "party", "state"


@dataclass(frozen=True, slots=True)
class Layout:
    """Sizes in points, margins in millimetres; `top` is the heading at the right, line by line."""

    code: str
    name: Mapping[str, str]
    source: str
    margins: Mapping[str, int]
    font: str
    top: tuple[str, ...]
    top_sizes: tuple[int, ...]
    sizes: Mapping[str, int]
    star: bool
    number: str
    issuer_code: str
    separated: str
    recipients_italic: bool


@cache
def layouts() -> Mapping[str, Layout]:
    return {
        code: Layout(
            code=code,
            name=entry["name"],
            source=entry["source"],
            margins=entry["margins"],
            font=entry["font"],
            top=tuple(entry["top"]),
            top_sizes=tuple(entry["sizes"]["top"]),
            sizes={part: size for part, size in entry["sizes"].items() if part != "top"},
            star=entry["star"],
            number=entry["number"],
            issuer_code=entry["code"],
            separated=entry["separated"],
            recipients_italic=entry["recipients_italic"],
        )
        for code, entry in open_rules("paper_layouts")["layouts"].items()
    }
