"""From a text to its reading."""

import hashlib

from thongsuot.kernel import normalise
from thongsuot.reading import report
from thongsuot.reading.draft import Draft
from thongsuot.reading.lexicon import load_lexicon
from thongsuot.reading.mentions.figures import FigureMention
from thongsuot.reading.records import Reading, Source


def read_text(text: str, name: str = "", sha256: str | None = None) -> Reading:
    """Read one text. Positions count code points of the NFC text."""
    composed = normalise(text)
    digest = sha256 or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return report.write(Draft(composed, load_lexicon()), Source(name, digest, len(composed)))


def figures_in(text: str) -> tuple[FigureMention, ...]:
    """Every number in its measure, whether or not the text is a report: a passage of a form, a note."""
    return Draft(normalise(text), load_lexicon()).figures.found
