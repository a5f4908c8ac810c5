"""Words by which patterns are spared: the scanner meets them in its one pass over a text.

A pattern over the whole text is tried only where one of its HEADS stands, not at every letter. A pattern over a
sentence is tried only where one of its MARKS stands in the sentence: it cannot match without one.
"""

from collections.abc import Mapping

HEADS: Mapping[str, tuple[str, ...]] = {
    "pronoun": (
        *("vị", "nữ", "ông", "bà", "anh", "chị", "cô", "đồng chí", "đ/c"),
        *("người", "trưởng", "chúng", "tôi", "tui"),
    ),
    "several": (
        *("hai", "ba", "bốn", "năm", "sáu", "cả", "các", "những", "toàn bộ", "từng", "mỗi"),
        *"23456789",
    ),
    "commune": ("phường", "xã", "đặc khu"),
    "in turn": ("lần lượt", "theo thứ tự"),
    "visitors": ("tổ", "đoàn"),
}

LINKS = ("đồng thời", "cũng như", "song song đó", "cùng với đó", "bên cạnh đó", "ngoài ra", "mặt khác")
MARKS: Mapping[str, tuple[str, ...]] = {
    "next task": (*LINKS, ", giao ", ", trong ", '", '),
    "merger": (
        *("trên cơ sở", "sáp nhập", "hợp nhất", "nhập ", "hình thành từ", "sắp xếp "),
        *("thành lập từ", "được ghép từ", "gộp"),
    ),
    "trouble ahead": (
        *("khó", "vướng", "bất cập", "trăn trở", "hạn chế", "tồn tại", "lo ngại", "băn khoăn", "nỗi lo"),
        *("áp lực", "nguyên nhân", "điểm nghẽn", "đáng lo", "con người", "hạ tầng"),
    ),
    "closing": (
        *("kính trình", "kính báo", "trân trọng", "xin báo cáo", "biên bản", "trên đây", "công văn này"),
        *("thông báo này", "văn phòng", "trong quá trình", "kết thúc"),
    ),
    "chair": ("chủ t", "điều hành", "dẫn dắt", "cầm trịch", "điều khiển"),
    "conclusion": (
        *("kết luận", "bế mạc", "tổng kết", "khép lại", "kết thúc,", "chốt lại"),
        *("nói lời cuối", "thay lời kết", "phát biểu sau cùng"),
    ),
}
