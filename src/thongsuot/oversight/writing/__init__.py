from thongsuot.oversight.writing.briefs import brief_paper
from thongsuot.oversight.writing.conclusions import conclusions_paper
from thongsuot.oversight.writing.reports import report_paper, report_workbook

__all__ = ["brief_paper", "conclusions_paper", "report_paper", "report_workbook"]
