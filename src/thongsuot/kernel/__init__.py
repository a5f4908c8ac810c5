"""Plain values shared by every package: spans, Vietnamese text, document symbols. Standard library only."""

from thongsuot.kernel.spans import Span
from thongsuot.kernel.symbols import Symbol, parse_symbol
from thongsuot.kernel.vietnamese import (
    OffsetMap,
    fold,
    leaves_marks_out,
    normalise,
    normalise_with_offsets,
    shadow,
    strip_marks,
)

__all__ = [
    "OffsetMap",
    "Span",
    "Symbol",
    "fold",
    "leaves_marks_out",
    "normalise",
    "normalise_with_offsets",
    "parse_symbol",
    "shadow",
    "strip_marks",
]
