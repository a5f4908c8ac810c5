"""Scanned pages and images, where Tesseract with Vietnamese data is installed."""

import io
import shutil
import subprocess
from functools import cache

from thongsuot.reading.files.problems import UnreadableFile

SECONDS, RESOLUTION, PAGES = 120, 200, 50


@cache
def _has_vietnamese(program: str) -> bool:
    command = [program, "--list-langs"]
    done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603  # fixed words
    return b"vie" in (done.stdout + done.stderr).split()


def _tesseract() -> str:
    program = shutil.which("tesseract")
    if program is None or not _has_vietnamese(program):
        raise UnreadableFile("scan-needs-ocr")
    return program


def read_image(data: bytes) -> str:
    """`vie` alone: together with English the error rate rises fourfold."""
    command = [_tesseract(), "-", "-", "-l", "vie"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603  # fixed words
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile("ocr-failed") from error
    text = done.stdout.decode("utf-8", errors="replace").replace("\f", "\n")
    if done.returncode or not text.strip():
        raise UnreadableFile("ocr-failed")
    return text


def read_pdf(data: bytes) -> str:
    _tesseract()
    return "\n".join(read_image(image) for image in _pages(data))


def _pages(data: bytes) -> list[bytes]:
    import pdfplumber  # noqa: PLC0415  # slow to load: only for scanned files

    images = []
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            for page in pdf.pages[:PAGES]:
                buffer = io.BytesIO()
                page.to_image(resolution=RESOLUTION).original.save(buffer, "PNG")
                images.append(buffer.getvalue())
    except Exception as error:  # rendering damaged pages fails in many ways
        raise UnreadableFile("broken") from error
    return images
