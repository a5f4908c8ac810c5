"""How fast reports are read, in how much memory, and how well against the labelled texts of the repository.

`thongsuot bench reading [--json] [--gold DIR]`: DIR holds further gold/*.json beside their texts.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from _reading_score import Scores, compare

from thongsuot.reading import load_lexicon, read_text
from thongsuot.reading.files import text_of

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "data" / "reading"
SECONDS = 3.0


def labelled(folder: Path, prefix: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Text and gold of every labelled document of a folder whose name begins with `prefix`."""
    for gold in sorted((folder / "gold").glob(f"{prefix}*.json")):
        text = next(
            (
                f
                for f in (folder / f"{gold.stem}.txt", folder.parent / "seeds" / f"{gold.stem}.txt")
                if f.exists()
            ),
            None,
        )
        if text:
            yield text_of(text.read_bytes(), text.name).text, json.loads(gold.read_text("utf-8"))


def score(folder: Path, prefix: str = "") -> Scores:
    scores = Scores()
    for text, gold in labelled(folder, prefix):
        compare(scores, gold, read_text(text).to_json())
    return scores


def documents_per_second(texts: list[str]) -> float:
    for text in texts:
        read_text(text)  # warm: lists loaded, patterns compiled
    done, start = 0, time.process_time()
    while time.process_time() - start < SECONDS:
        for text in texts:
            read_text(text)
        done += len(texts)
    return done / (time.process_time() - start)


def cli_seconds(file: Path) -> float:
    command = [sys.executable, "-m", "thongsuot.command_line", "read", "--json", str(file)]
    times = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return min(times)


def measure(folders: list[tuple[str, Path, str]]) -> dict[str, Any]:
    load_lexicon()
    texts = [text for text, _ in labelled(CORPUS, "batch-a")]
    speed = documents_per_second(texts)
    return {
        "docs_per_s": round(speed, 1),
        "chars_per_doc": sum(map(len, texts)) // max(1, len(texts)),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "cli_seconds": round(cli_seconds(CORPUS / "batch-a-01.txt"), 3),
        "scores": {name: _rounded(score(folder, prefix).rows()) for name, folder, prefix in folders},
    }


def _rounded(rows: dict[str, float | None]) -> dict[str, float | None]:
    return {name: None if value is None else round(value, 4) for name, value in rows.items()}


def _table(result: dict[str, Any]) -> str:
    lines = [
        f"{name:<16} {result[name]}" for name in ("docs_per_s", "chars_per_doc", "peak_mb", "cli_seconds")
    ]
    for corpus, rows in result["scores"].items():
        lines += ["", corpus]
        lines += [f"  {name:<24} {'-' if value is None else f'{value:.3f}'}" for name, value in rows.items()]
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="thongsuot bench reading", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--gold", type=Path, action="append", default=[], help="another folder of labelled texts"
    )
    parser.add_argument("--batch", default="batch-a", help="which texts of the repository to score")
    arguments = parser.parse_args(argv)
    folders = [(arguments.batch, CORPUS, arguments.batch), *((str(f.name), f, "") for f in arguments.gold)]
    result = measure(folders)
    print(json.dumps(result, ensure_ascii=False) if arguments.json else _table(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
