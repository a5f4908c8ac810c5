"""Whether a text is a directive or a report, by its type and by whether it assigns work downwards; always with the reason."""

from thongsuot.kernel import normalise
from thongsuot.reading.directive.reader import read_directive
from thongsuot.reading.directive.records import Kind as ToldKind


def kind_of(text: str) -> ToldKind:
    """ "directive" or "report", with the rule, the reason in one sentence and how far to trust it."""
    return read_directive(normalise(text)).kind
