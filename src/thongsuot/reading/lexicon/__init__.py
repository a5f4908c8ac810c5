"""Word lists and the unit list, read once from data/ and never changed."""

from thongsuot.reading.lexicon.lexicon import Lexicon, load_lexicon
from thongsuot.reading.lexicon.phrases import Hit, Phrases, Scan
from thongsuot.reading.lexicon.places import Gazetteer, UnitRow

__all__ = ["Gazetteer", "Hit", "Lexicon", "Phrases", "Scan", "UnitRow", "load_lexicon"]
