"""The text a register is searched by: kept with marks and without, so that either way of typing finds it."""

from thongsuot.kernel.vietnamese import fold, strip_marks


def searchable(*parts: str) -> str:
    text = " ".join(part for part in parts if part)
    return f"{fold(text)}\n{strip_marks(text)}"


def wanted(typed: str) -> str:
    """What to look for: words typed with marks are found with those marks, words without them with any."""
    return fold(typed)
