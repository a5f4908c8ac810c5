from thongsuot.returns.models.returns import (
    Chase,
    Explanation,
    Note,
    Passage,
    Return,
    ReturnVersion,
    Round,
    TakenLine,
)
from thongsuot.returns.models.templates import ReturnTemplate, TemplateLine, TemplateSection
from thongsuot.returns.models.word import WordTemplate
from thongsuot.returns.models.workbooks import WorkbookBatch, WorkbookFile

__all__ = [
    "Chase",
    "Explanation",
    "Note",
    "Passage",
    "Return",
    "ReturnTemplate",
    "ReturnVersion",
    "Round",
    "TakenLine",
    "TemplateLine",
    "TemplateSection",
    "WordTemplate",
    "WorkbookBatch",
    "WorkbookFile",
]
