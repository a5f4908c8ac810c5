"""Evidence that others attach: read where that is quick, so that classified text is refused; scans are kept unread."""

import mimetypes

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from thongsuot.kernel.verdicts import Refused
from thongsuot.sources.evidence import PLAIN, ReadFile

# What cannot be read, but may be evidence all the same.
_KEPT = {"ocr-failed", "scan-needs-ocr", "encoding", "legacy-word"}
_KINDS = (".docx", ".doc", ".pdf", ".xlsx", ".txt", ".csv", ".png", ".jpg", ".jpeg", ".tif", ".tiff")


def read_evidence(data: bytes, name: str) -> ReadFile:
    from thongsuot.reading.files import UnreadableFile, text_of  # noqa: PLC0415  # reading is loaded when first asked

    limit = settings.SOURCE_MAX_BYTES
    if not name.lower().endswith(_KINDS):
        raise Refused(
            _("“%(name)s”: loại tệp này không nhận. Dùng .docx, .pdf, .xlsx, .txt hoặc ảnh.") % {"name": name}
        )
    if name.lower().endswith(".xlsx") and 0 < len(data) <= limit:
        return ReadFile(media_type=_media_type(name))
    try:
        text = text_of(data, name, max_bytes=limit, recognise=False)
    except UnreadableFile as problem:
        if problem.reason_code in _KEPT:
            return ReadFile(media_type=_media_type(name))
        english = (get_language() or "vi").startswith("en")
        raise Refused(f"“{name}”: {problem.message_en if english else problem.message_vi}") from problem
    return ReadFile(text.text, text.media_type, tuple(text.offset_runs))


def _media_type(name: str) -> str:
    return mimetypes.guess_type(name)[0] or PLAIN
