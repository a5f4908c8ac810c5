"""Text in the font encodings of the 1990s: TCVN3 and VNI."""

import re

_MODERN = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_LATIN = re.compile(
    "[\u00a1-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]"
)
_LETTER = re.compile(r"[^\W\d_]")


def may_be_legacy(text: str) -> bool:
    """Many Latin-1 signs and next to no modern Vietnamese letter."""
    letters = len(_LETTER.findall(text))
    latin = len(_LATIN.findall(text))
    return letters > 20 and latin > 0.06 * letters and len(_MODERN.findall(text)) < 0.05 * latin


def modernise(text: str) -> tuple[str, str | None]:
    """The text in Unicode, and the name of the old encoding where it was in one."""
    if not may_be_legacy(text):
        return text, None
    import viparse  # noqa: PLC0415  # a fifth of a second to load: only where it is needed

    encoding = viparse.detect_text_encoding(text)
    if encoding not in ("tcvn3", "vni"):
        return text, None
    return viparse.fix(text, encoding=encoding), encoding
