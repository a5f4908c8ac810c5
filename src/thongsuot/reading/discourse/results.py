"""Results among directions: a conclusion begins with what was achieved."""

import re

from thongsuot.reading.page import ARABIC, Block, Kind, Page

_PRAISES = re.compile(r"(?:biểu dương|ghi nhận|đánh giá cao|hoan nghênh|khen)\b")
_DUTY = re.compile(
    r"\b(?:phải|cần|giao|yêu cầu|đề nghị|chậm nhất|trước ngày|tiếp tục|khẩn trương|tập trung|chủ trì|tham mưu)\b"
)
_DONE = re.compile(
    r"(?:qua báo cáo|thời gian qua|trong thời gian qua|tuy (?:nhiên|vậy)|bên cạnh|về kết quả)\b"
    r"|(?!đã )[^.;:,]{3,60} đã (?!được giao)"
)
_COUNT = re.compile(r"\d[\d.,/]*")


def tells_results(page: Page, block: Block) -> bool:
    """Praise, or figures without any demand, in a numbered paragraph."""
    if block.kind != Kind.ITEM or block.level > ARABIC:
        return False
    shade = page.shade[block.body : block.end]
    if _PRAISES.match(shade):
        return True
    if _DUTY.search(shade):
        return False
    return bool(_DONE.match(shade)) or (len(page.sentences_in(block)) > 1 and len(_COUNT.findall(shade)) >= 4)
