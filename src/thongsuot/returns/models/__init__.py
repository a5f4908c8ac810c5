from thongsuot.returns.models.returns import Note, Passage, Return, ReturnVersion, Round
from thongsuot.returns.models.templates import ReturnTemplate, TemplateLine, TemplateSection

__all__ = [
    "Note",
    "Passage",
    "Return",
    "ReturnTemplate",
    "ReturnVersion",
    "Round",
    "TemplateLine",
    "TemplateSection",
]
