"""One file in, its text out."""

import re
from dataclasses import dataclass

from thongsuot.kernel import OffsetMap, normalise_with_offsets
from thongsuot.reading.files import plain
from thongsuot.reading.files.legacy import modernise
from thongsuot.reading.files.problems import UnreadableFile
from thongsuot.reading.files.secrecy import refuse_classified

DEFAULT_LIMIT = 20 * 1024 * 1024

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_IMAGES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
    b"BM": "image/bmp",
    b"GIF8": "image/gif",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OCR_PARTY = re.compile(
    r"(?<!bình )(?<!cao )(?<!trung )(?<!đồng )(?<!hạng )\bđẳng\b(?! (?:cấp|thức|hạng|cự))", re.I
)


@dataclass(frozen=True)
class FileText:
    text: str  # NFC: what every span counts in
    media_type: str
    offsets: OffsetMap | None  # back to the text before NFC, for plain text
    warnings: tuple[tuple[str, str], ...]  # code and sentence

    @property
    def offset_runs(self) -> list[int]:
        """The offset map as stored: empty where the text has no original of its own."""
        return self.offsets.to_runs() if self.offsets else []


def text_of(
    data: bytes, name: str = "", *, max_bytes: int = DEFAULT_LIMIT, recognise: bool = True
) -> FileText:
    """Raise UnreadableFile where there is no readable, unclassified text; `recognise` reads scans, which takes long."""
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableFile("empty")
    if len(data) > max_bytes:
        raise UnreadableFile("too-large", limit=max_bytes // (1024 * 1024) or 1)
    text, media_type, warnings = _read(data, name.lower(), max_bytes, recognise)
    composed, offsets = normalise_with_offsets(text)
    if not composed.strip():
        raise UnreadableFile("empty")
    refuse_classified(composed)
    return FileText(composed, media_type, offsets if media_type == "text/plain" else None, warnings)


def _read(
    data: bytes, name: str, limit: int, recognise: bool
) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        if name.endswith((".docm", ".dotm", ".xlsm", ".pptm")):
            raise UnreadableFile("macro")
        from thongsuot.reading.files import word  # noqa: PLC0415  # each kind loads its own tools

        return _modern(word.read(data, limit), _WORD)
    if b"%PDF-" in data[:1024]:
        from thongsuot.reading.files import pdf  # noqa: PLC0415

        text, recognised = pdf.read(data, recognise)
        return (_repaired(text), "application/pdf", ()) if recognised else _modern(text, "application/pdf")
    if data.startswith(_OLE):
        raise UnreadableFile(_why_ole(data))
    if data.startswith(b"{\\rtf"):
        raise UnreadableFile("unsupported")
    for magic, media_type in _IMAGES.items():
        if data.startswith(magic):
            from thongsuot.reading.files import scan  # noqa: PLC0415

            if not recognise:
                raise UnreadableFile("ocr-failed")
            return _repaired(scan.read_image(data)), media_type, ()
    if name.endswith((".docx", ".pdf")):
        raise UnreadableFile("broken")
    text, encoding = plain.decode(data)
    return text, "text/plain", _warned(encoding if encoding in ("tcvn3", "vni", "cp1258") else None)


def _modern(text: str, media_type: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    modern, legacy = modernise(text)
    return modern, media_type, _warned(legacy)


def _warned(encoding: str | None) -> tuple[tuple[str, str], ...]:
    if encoding is None:
        return ()
    return (("legacy-encoding", f"Văn bản dùng bảng mã cũ {encoding.upper()}, đã chuyển sang Unicode."),)


def _repaired(text: str) -> str:
    """Tesseract reads "Đảng" as "Đẳng", every time."""
    return _OCR_PARTY.sub(lambda m: m[0].replace("ẳ", "ả").replace("Ẳ", "Ả"), text)


def _why_ole(data: bytes) -> str:
    import olefile  # noqa: PLC0415  # only for files that claim to be old Office files

    try:
        with olefile.OleFileIO(data) as ole:
            if ole.exists("EncryptedPackage") or ole.exists("EncryptionInfo"):
                return "encrypted"
            return "legacy-word" if ole.exists("WordDocument") else "unsupported"
    except Exception:  # olefile raises OSError and struct errors for damaged files
        return "broken"
