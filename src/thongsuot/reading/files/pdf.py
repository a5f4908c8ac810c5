"""PDF files: their text where they have one, else their pages as images.

pypdf and pypdfium2 scramble Vietnamese where a file mixes fallback fonts, so neither reads text here.
"""

import io
import re
import shutil
import subprocess
from collections import Counter

from thongsuot.reading.files import scan
from thongsuot.reading.files.problems import UnreadableFile

PAGES, SECONDS = 300, 60
_NUMBER_LINE = re.compile(r"\s*(?:[-–—]?\s*(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?\s*[-–—]?)\s*", re.I)


def read(data: bytes, recognise: bool = True) -> tuple[str, bool]:
    """The text, and whether it was recognised from images."""
    pages = _poppler(data) if shutil.which("pdftotext") else _plumber(data)
    pages = pages[:PAGES]
    if sum(len(page.strip()) for page in pages) < 20 * max(1, len(pages)):
        if not recognise:
            raise UnreadableFile("ocr-failed")
        return scan.read_pdf(data), True
    return "\n".join(_without_running_lines(pages)), False


def _poppler(data: bytes) -> list[str]:
    command = ["pdftotext", "-layout", "-enc", "UTF-8", "-", "-"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603  # fixed words
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile("broken") from error
    if done.returncode:
        raise UnreadableFile("encrypted" if b"password" in done.stderr.lower() else "broken")
    return done.stdout.decode("utf-8", errors="replace").split("\f")[:-1] or [""]


def _plumber(data: bytes) -> list[str]:
    import pdfplumber  # noqa: PLC0415  # half a second to load: only where poppler is not installed
    from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415

    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            return [page.extract_text() or "" for page in pdf.pages[:PAGES]]
    except Exception as error:  # pdfminer raises many kinds for damaged files
        causes = (error, error.__cause__, *getattr(error, "args", ()))
        locked = any(isinstance(cause, PDFPasswordIncorrect) for cause in causes)
        raise UnreadableFile("encrypted" if locked else "broken") from error


def _without_running_lines(pages: list[str]) -> list[str]:
    """Drop page numbers, and headers or footers repeated page after page."""
    split = [page.split("\n") for page in pages]
    edges = Counter(key for lines in split for key in {_key(line) for line in _edge(lines)} if key)
    often = (
        {key for key, count in edges.items() if count >= 2 and count > len(pages) // 2}
        if len(pages) > 1
        else set()
    )
    kept = []
    for number, lines in enumerate(split):
        edge = _edge(lines)
        kept.append(
            "\n".join(
                line for line in lines if not (line in edge and _is_running(line, often, first=number == 0))
            )
        )
    return kept


def _edge(lines: list[str]) -> list[str]:
    printed = [line for line in lines if line.strip()]
    return printed[:2] + printed[-2:]


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", line).strip()


def _is_running(line: str, often: set[str], *, first: bool) -> bool:
    return bool(_NUMBER_LINE.fullmatch(line)) or (_key(line) in often and not first)
