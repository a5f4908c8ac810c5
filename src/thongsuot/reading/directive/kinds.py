"""Whether a text is a directive or a report: by its type, and by whether it assigns work downwards."""

from thongsuot.kernel import normalise
from thongsuot.reading.directive.reader import told_kind
from thongsuot.reading.directive.records import Kind as ToldKind

__all__ = ["ToldKind", "kind_of"]


def kind_of(text: str) -> ToldKind:
    """ "directive" or "report", with the rule, the reason in one sentence and how far to trust it."""
    return told_kind(normalise(text))
