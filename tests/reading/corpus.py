"""The labelled texts the engine may be tuned on."""

from pathlib import Path

CORPUS = Path(__file__).resolve().parent.parent / "data" / "reading"


def open_texts() -> list[Path]:
    return sorted(CORPUS.glob("batch-a-*.txt"))
