"""How fast reports are read, in how much memory, and how well against the labelled texts of the repository.

`thongsuot bench reading [--json] [--gold DIR]`: DIR holds further gold/*.json beside their texts.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import _directive_score as directives
from _reading_score import Scores, compare

from thongsuot.reading import load_lexicon, read_text
from thongsuot.reading.directive import read_directive
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


def documents_per_second(texts: list[str], read: Callable[[str], object] = read_text) -> float:
    for text in texts:
        read(text)  # warm: lists loaded, patterns compiled
    done, start = 0, time.process_time()
    while time.process_time() - start < SECONDS:
        for text in texts:
            read(text)
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
        "directives": _directives(),
        "scores": {name: _rounded(score(folder, prefix).rows()) for name, folder, prefix in folders},
    }


def _directives() -> dict[str, Any]:
    """Speed on all labelled directives; precision, recall and F1 on those learnt from and on those held out."""
    texts = [text for _name, text, _gold in directives.labelled("")]
    return {
        "docs_per_s": round(documents_per_second(texts, read_directive), 1),
        "chars_per_doc": sum(map(len, texts)) // max(1, len(texts)),
        "scores": {
            prefix: {
                name: [round(value, 4) for value in row]
                for name, row in directives.score(prefix).rows().items()
            }
            for prefix in ("dev", "held")
        },
    }


def _rounded(rows: dict[str, float | None]) -> dict[str, float | None]:
    return {name: None if value is None else round(value, 4) for name, value in rows.items()}


def _table(result: dict[str, Any]) -> str:
    lines = [
        f"{name:<16} {result[name]}" for name in ("docs_per_s", "chars_per_doc", "peak_mb", "cli_seconds")
    ]
    read = result["directives"]
    lines.append(f"{'directives':<16} {read['docs_per_s']} docs/s of {read['chars_per_doc']} characters")
    for batch, rows in read["scores"].items():
        lines += ["", f"directives, {batch} (precision, recall, F1)"]
        lines += [f"  {name:<24} {'  '.join(f'{value:.3f}' for value in row)}" for name, row in rows.items()]
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
