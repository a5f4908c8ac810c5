"""`thongsuot read` as it is run."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reading.corpus import open_texts

REPORT = "Chiều 30-10-2025, Tổ công tác số 10 của Thành ủy TPHCM làm việc với phường Tân Khánh."


def run(*arguments: str, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "thongsuot.command_line", *arguments]
    return subprocess.run(command, input=data, capture_output=True, check=False)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_one_object_a_line(report: Path) -> None:
    done = run("read", "--json", str(report), "-", data=REPORT.encode())
    first, second = map(json.loads, done.stdout.decode().splitlines())
    assert done.returncode == 0
    assert first["schema"] == "thongsuot.reading/1"
    assert first["source"]["name"] == "report.txt"
    assert second["source"]["name"] == "-"
    assert first["source"]["sha256"] == second["source"]["sha256"]
    assert first["meeting"]["units"] == ["phường Tân Khánh"]


def test_text_is_what_positions_count_in(report: Path) -> None:
    assert run("read", "--text", str(report)).stdout.decode() == REPORT


def test_a_table_for_people(report: Path) -> None:
    printed = run("read", str(report)).stdout.decode()
    assert "phường Tân Khánh" in printed
    assert "2025-10-30" in printed


def test_a_bad_file_does_not_stop_the_others(report: Path, tmp_path: Path) -> None:
    empty, secret = tmp_path / "empty.txt", tmp_path / "secret.txt"
    empty.write_bytes(b"")
    secret.write_text("TỐI MẬT\n" + REPORT, encoding="utf-8")
    done = run("read", "--json", str(empty), str(secret), str(tmp_path / "none.txt"), str(report))
    errors = done.stderr.decode().splitlines()
    assert done.returncode == 1
    assert [json.loads(line)["source"]["name"] for line in done.stdout.decode().splitlines()] == [
        "report.txt"
    ]
    assert len(errors) == 3
    assert "empty.txt: empty:" in errors[0]
    assert "secret.txt: classified:" in errors[1]
    assert "none.txt: not-found:" in errors[2]
    assert "Tân Khánh" not in done.stderr.decode()


def test_reading_loads_no_web_framework(report: Path) -> None:
    code = (
        "import sys; from thongsuot.command_line import main; "
        f"main(['read', '--json', {str(report)!r}]); "
        "sys.exit(any(name.split('.')[0] in ('django', 'docx2python', 'pdfplumber', 'viparse') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_an_unknown_benchmark_lists_those_there_are() -> None:
    done = run("bench", "nothing")
    assert done.returncode == 2
    assert "reading" in done.stderr.decode()
    assert len(done.stderr.decode().splitlines()) == 1


def test_an_unknown_command_lists_those_there_are() -> None:
    done = run("nothing")
    assert done.returncode == 2
    assert "read" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_the_corpus_is_there() -> None:
    assert len(open_texts()) == 12
