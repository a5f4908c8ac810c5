"""Reading a directive: symbol, date, issuer, points, whom it addresses, by when, and the tasks it proposes."""

from thongsuot.reading.directive.kinds import ToldKind, kind_of
from thongsuot.reading.directive.reader import read_directive
from thongsuot.reading.directive.records import Directive

__all__ = ["Directive", "ToldKind", "kind_of", "read_directive"]
