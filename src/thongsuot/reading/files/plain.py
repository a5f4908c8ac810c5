"""Plain text in whatever encoding it came."""

import codecs
import re

from thongsuot.kernel import normalise
from thongsuot.reading.files.legacy import may_be_legacy, modernise
from thongsuot.reading.files.problems import UnreadableFile

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
_VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")


def decode(data: bytes) -> tuple[str, str]:
    """The text and the encoding it was in."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _strict(data, encoding), encoding
    if _looks_utf16(data):
        encoding = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
        return _strict(data, encoding), encoding
    if b"\0" in data:
        raise UnreadableFile("binary")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _single_byte(data)
    if len(_CONTROLS.findall(text)) > max(3, len(text) // 200):
        raise UnreadableFile("binary")
    modern, legacy = modernise(text)
    return (modern, legacy) if legacy else (text, "utf-8")


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile("broken") from error


def _looks_utf16(data: bytes) -> bool:
    """Without a mark: every second byte of the ASCII part is zero."""
    head = data[:400]
    if len(head) < 8 or len(data) % 2:
        return False
    even, odd = head[::2].count(0), head[1::2].count(0)
    return max(even, odd) > len(head) // 8 and min(even, odd) == 0


def _single_byte(data: bytes) -> tuple[str, str]:
    text = data.decode("cp1252", errors="replace") if b"\x81" not in data else data.decode("latin-1")
    if "\ufffd" in text:
        text = data.decode("latin-1")
    if len(_CONTROLS.findall(text)) > max(3, len(text) // 200):
        raise UnreadableFile("binary")
    if may_be_legacy(text):
        modern, legacy = modernise(text)
        if legacy:
            return modern, legacy
    windows = normalise(data.decode("cp1258", errors="replace"))
    if "\ufffd" not in windows and len(_VIETNAMESE.findall(windows)) > len(windows) // 40:
        return windows, "cp1258"
    raise UnreadableFile("encoding")
