"""`thongsuot read`: reports and directives in, readings out. Knows nothing of the web application."""

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from thongsuot.reading.files import FileText, UnreadableFile, text_of
from thongsuot.reading.reader import read_text
from thongsuot.reading.records import Reading, Warning
from thongsuot.reading.table import table_of

USAGE = "thongsuot read [--json | --text | --kind] [--as KIND] FILE... (FILE may be - for standard input)"
REPORT, DIRECTIVE, AUTO = "report", "directive", "auto"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="thongsuot read", usage=USAGE, description=__doc__)
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="one JSON object a line")
    shape.add_argument("--text", action="store_true", help="only the text that positions count in")
    shape.add_argument(
        "--kind", action="store_true", help="only whether it is a report or a directive, and why"
    )
    parser.add_argument(
        "--as",
        dest="wanted",
        choices=(REPORT, DIRECTIVE, AUTO),
        default=REPORT,
        help="read it as a report (the default), as a directive, or as what it is",
    )
    parser.add_argument("files", nargs="+", metavar="FILE")
    return parser


def _bytes_of(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()


def _read(file: str, data: bytes, opened: FileText) -> Reading:
    reading = read_text(opened.text, name=Path(file).name, sha256=hashlib.sha256(data).hexdigest())
    told = tuple(Warning(code, None, message) for code, message in opened.warnings)
    return reading._replace(warnings=told + reading.warnings)


def _print(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def _complain(file: str, reason: str) -> None:
    sys.stderr.buffer.write(f"{file}: {reason}\n".encode("utf-8", "replace"))
    sys.stderr.buffer.flush()


def _told(file: str, opened: FileText) -> str:
    from thongsuot.reading.directive import kind_of  # noqa: PLC0415  # its patterns are compiled only where asked for

    return _line({"source": Path(file).name, **kind_of(opened.text)._asdict()})


def _as_directive(file: str, data: bytes, opened: FileText, wanted: str, *, as_json: bool) -> str | None:
    """What to print of the reading as a directive, where that is wanted or what the text is."""
    if wanted == REPORT:
        return None
    from thongsuot.reading.directive import kind_of, read_directive  # noqa: PLC0415
    from thongsuot.reading.directive.table import table_of as directive_table  # noqa: PLC0415

    if wanted == AUTO and kind_of(opened.text).kind != DIRECTIVE:
        return None
    reading = read_directive(opened.text, name=Path(file).name, sha256=hashlib.sha256(data).hexdigest())
    told = tuple(Warning(code, None, message) for code, message in opened.warnings)
    reading = reading._replace(warnings=told + reading.warnings)
    return _line(reading.to_json()) if as_json else directive_table(reading) + "\n"


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


def _one(file: str, *, as_json: bool, as_text: bool, only_kind: bool, wanted: str) -> bool:
    """Read and print one file; False where that was not possible."""
    try:
        data = _bytes_of(file)
        opened = text_of(data, Path(file).name)
    except UnreadableFile as problem:
        _complain(file, f"{problem.reason_code}: {problem.message_vi} / {problem.message_en}")
        return False
    except FileNotFoundError:
        _complain(file, "not-found: Không có tệp này. / There is no such file.")
        return False
    except OSError as problem:
        _complain(file, f"not-readable: Không mở được tệp. / The file cannot be opened ({problem.strerror}).")
        return False
    if as_text:
        _print(opened.text)
        return True
    if only_kind:
        _print(_told(file, opened))
        return True
    directive = _as_directive(file, data, opened, wanted, as_json=as_json)
    if directive is not None:
        _print(directive)
        return True
    reading = _read(file, data, opened)
    _print(_line(reading.to_json()) if as_json else table_of(reading) + "\n")
    return True


def main(argv: Sequence[str]) -> int:
    arguments = _parser().parse_args(argv)
    done = [
        _one(
            file,
            as_json=arguments.json,
            as_text=arguments.text,
            only_kind=arguments.kind,
            wanted=arguments.wanted,
        )
        for file in arguments.files
    ]
    return 0 if all(done) else 1
