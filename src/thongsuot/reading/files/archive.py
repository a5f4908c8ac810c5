"""A Word file is a ZIP archive: looked into before anything is unpacked."""

import io
import re
import zipfile

from thongsuot.reading.files.problems import UnreadableFile

MEMBERS, RATIO, GROWTH = 5_000, 250, 10  # a real document stays far below each
_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
_PARAGRAPH = re.compile(rb"</w:p>|<w:br/>|<w:cr/>|</w:tc>")
_TAG = re.compile(rb"<[^>]*>")


def open_archive(data: bytes, limit: int) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise UnreadableFile("broken") from error
    members = archive.infolist()
    if any(member.flag_bits & 0x1 for member in members):
        raise UnreadableFile("encrypted")
    total = sum(member.file_size for member in members)
    swollen = any(m.file_size > 1 << 20 and m.file_size > RATIO * max(1, m.compress_size) for m in members)
    if len(members) > MEMBERS or total > GROWTH * limit or swollen:
        raise UnreadableFile("zip-bomb")
    return archive


def names(archive: zipfile.ZipFile) -> set[str]:
    return set(archive.namelist())


def has_macros(archive: zipfile.ZipFile) -> bool:
    if any(name.lower().endswith("vbaproject.bin") for name in archive.namelist()):
        return True
    try:
        return b"macroEnabled" in archive.read("[Content_Types].xml")
    except KeyError:
        return False


def raw_texts(archive: zipfile.ZipFile) -> list[str]:
    """The words of every part, text boxes and headers included, for the secrecy check."""
    found = []
    for name in archive.namelist():
        if not _PARTS.fullmatch(name):
            continue
        xml = archive.read(name)
        if b"<!DOCTYPE" in xml[:2000] or b"<!ENTITY" in xml:
            raise UnreadableFile("broken")  # Word never writes these; they can make a parser swell
        text = _TAG.sub(b"", _PARAGRAPH.sub(b"\n", xml)).decode("utf-8", errors="replace")
        found.append(text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"))
    return found
