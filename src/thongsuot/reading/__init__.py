"""Reading a report: text in, proposed records out. Nothing here decides; a person confirms."""

from thongsuot.reading.lexicon import Lexicon, load_lexicon
from thongsuot.reading.reader import read_text
from thongsuot.reading.records import Reading

__all__ = ["Lexicon", "Reading", "load_lexicon", "read_text"]
