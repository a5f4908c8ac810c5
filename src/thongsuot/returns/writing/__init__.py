from thongsuot.returns.writing.papers import consolidated_paper, return_paper
from thongsuot.returns.writing.sheets import consolidated_workbook
from thongsuot.returns.writing.word_templates import WrongTemplate, filled, starting_template

__all__ = [
    "WrongTemplate",
    "consolidated_paper",
    "consolidated_workbook",
    "filled",
    "return_paper",
    "starting_template",
]
