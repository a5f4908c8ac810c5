"""What makes two citations one document: number, symbol, date and issuer."""

import re
from dataclasses import dataclass
from datetime import date as Date

from thongsuot.kernel.symbols import Symbol, parse_symbol
from thongsuot.kernel.vietnamese import fold
from thongsuot.lawbook.document_types import issuer_of_code


@dataclass(frozen=True, slots=True)
class Identity:
    """In one spelling; `issuer` is folded, and told by the symbol where one body in the country bears it."""

    number: str
    symbol: str
    date: Date | None
    issuer: str

    @property
    def is_complete(self) -> bool:
        return bool(self.number and self.symbol and self.date and self.issuer)

    @property
    def is_shared(self) -> bool:
        """Whether two papers cited in these words may be taken for one: all is known but perhaps the day."""
        return bool(self.number and self.symbol and self.issuer)


def identify(number: str, symbol: str, date: Date | None, issuer: str) -> Identity:
    spelled = spell(number, symbol)
    return Identity(spelled.number, spelled.code, date, fold(issuer_of_code(spelled.code) or issuer))


def spell(number: str, symbol: str) -> Symbol:
    """The kernel's spelling where the two make a symbol, else as printed without stray spaces."""
    parsed = parse_symbol(f"{number.strip()}-{symbol.strip().lstrip('-/')}")
    if parsed:
        return parsed
    return Symbol(re.sub(r"\s+", "", number), re.sub(r"\s+", "", symbol).strip("-/").upper())
