"""The text as a page: cleaned for matching, cut into blocks and sentences, every place traceable."""

from thongsuot.reading.page.blocks import ARABIC, LETTER, REPEATING, Block, Kind, cut_blocks
from thongsuot.reading.page.flat import Flat, flatten
from thongsuot.reading.page.page import Page, open_page
from thongsuot.reading.page.sentences import sentences_of
from thongsuot.reading.page.tables import Table, tables_of

__all__ = [
    "ARABIC",
    "LETTER",
    "REPEATING",
    "Block",
    "Flat",
    "Kind",
    "Page",
    "Table",
    "cut_blocks",
    "flatten",
    "open_page",
    "sentences_of",
    "tables_of",
]
