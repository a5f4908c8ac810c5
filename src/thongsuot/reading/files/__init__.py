"""Turning a file into text, or saying in one sentence why that cannot be done."""

from thongsuot.reading.files.files import DEFAULT_LIMIT, FileText, text_of
from thongsuot.reading.files.problems import UnreadableFile
from thongsuot.reading.files.secrecy import is_classified, refuse_classified

__all__ = ["DEFAULT_LIMIT", "FileText", "UnreadableFile", "is_classified", "refuse_classified", "text_of"]
