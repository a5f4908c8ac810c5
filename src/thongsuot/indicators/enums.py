from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    COUNT = "count", _("Số lượng")
    AMOUNT = "amount", _("Giá trị, khối lượng")
    RATIO = "ratio", _("Số đạt trên tổng số")
    PERCENTAGE = "percentage", _("Tỷ lệ phần trăm")
    RATING = "rating", _("Xếp loại")
    TEXT = "text", _("Nội dung")


WORDS_ONLY = (Kind.RATING, Kind.TEXT)
# A percentage was given without its parts; a rating and a text are no numbers.
UNADDABLE = (Kind.PERCENTAGE, Kind.RATING, Kind.TEXT)


class Aggregation(TextChoices):
    """How figures become one, over units or over periods."""

    SUM = "sum", _("Cộng dồn")
    WEIGHTED = "weighted", _("Tính lại từ tử số và mẫu số")
    LATEST = "latest", _("Lấy kỳ gần nhất")
    MAX = "max", _("Lấy số lớn nhất")
    NONE = "none", _("Không cộng dồn")


class Direction(TextChoices):
    """Which way is better; where neither is, an indicator has none."""

    UP = "up", _("Càng cao càng tốt")
    DOWN = "down", _("Càng thấp càng tốt")


class Calendar(TextChoices):
    """Whose cut-off days: Decree 09/2019/NĐ-CP for State reports, calendar months for Party reports."""

    STATE = "state", _("Lịch báo cáo nhà nước")
    PARTY = "party", _("Lịch báo cáo của Đảng")


class PeriodKind(TextChoices):
    MONTH = "month", _("Tháng")
    QUARTER = "quarter", _("Quý")
    HALF = "half", _("Sáu tháng")
    NINE_MONTHS = "nine_months", _("Chín tháng")
    YEAR = "year", _("Năm")


class Entry(TextChoices):
    """How a figure came into a statement."""

    FORM = "form", _("Nhập trên trang")
    WORKBOOK = "workbook", _("Từ tệp Excel")
    HELD = "held", _("Số đã có")
    LOOP = "loop", _("Hệ thống đếm")


class Qualifier(TextChoices):
    """How sure the text is of the number; the value is the sign the reading of reports uses."""

    EXACT = "=", _("đúng")
    MORE = ">", _("hơn")
    LESS = "<", _("gần")
    ABOUT = "~", _("khoảng")
    RANGE = "range", _("từ … đến …")
    RATIO = "ratio", _("… trên …")


PAIRED = (Qualifier.RANGE, Qualifier.RATIO)


class Clash(TextChoices):
    """Why figures cannot all be right."""

    RIVALS = "rivals", _("Hai số khác nhau")
    SUM = "sum", _("Cộng không khớp")
    PART = "part", _("Phần lớn hơn tổng")
    BOUND = "bound", _("Vượt mức có thể")
    SHARE = "share", _("Tỷ lệ không khớp")
    JUMP = "jump", _("Thay đổi bất thường")


class DisputeState(TextChoices):
    OPEN = "open", _("Chờ trả lời")
    ACCEPTED = "accepted", _("Đồng ý")
    REJECTED = "rejected", _("Không đồng ý")


class Weight(TextChoices):
    """By what a unit that was divided is dealt out among its parts."""

    AREA = "area", _("Diện tích")
    PEOPLE = "people", _("Dân số")


class Unrestated(TextChoices):
    """Why a figure cannot be shown in another map."""

    NO_NUMBER = "no_number", _("không có số để tính lại")
    UNKNOWN_SHARE = "unknown_share", _("không biết phần nào thuộc đơn vị nào")
    NO_RULE = "no_rule", _("chỉ tiêu không cộng dồn qua đơn vị")


class Acts(TextChoices):
    LOADED = "indicator.loaded", _("Nạp danh mục chỉ tiêu")
    PROPOSED = "indicator.proposed", _("Đề xuất chỉ tiêu mới")
    KEPT = "indicator.kept", _("Ghi, sửa chỉ tiêu trong danh mục")
    INDICATOR_REMOVED = "indicator.removed", _("Xóa chỉ tiêu đề xuất")
    FIGURE_RECORDED = "figure.recorded", _("Ghi nhận số liệu")
    FIGURE_REMOVED = "figure.removed", _("Xóa số liệu khỏi sổ")
    COUNTED = "figure.counted", _("Đưa số liệu vào tổng hợp")
    DISPUTED = "figure.disputed", _("Nêu ý kiến về số liệu")
    TARGET_SET = "target.set", _("Đặt mục tiêu")
    TARGET_REMOVED = "target.removed", _("Xóa mục tiêu")
    DISPUTE_ANSWERED = "figure.dispute_answered", _("Trả lời ý kiến về số liệu")
