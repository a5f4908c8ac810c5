from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    COUNT = "count", _("Số lượng")
    AMOUNT = "amount", _("Giá trị, khối lượng")
    RATIO = "ratio", _("Số đạt trên tổng số")
    PERCENTAGE = "percentage", _("Tỷ lệ phần trăm")


class Aggregation(TextChoices):
    SUM = "sum", _("Cộng dồn các đơn vị")
    NONE = "none", _("Không cộng dồn")


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


class Acts(TextChoices):
    LOADED = "indicator.loaded", _("Nạp danh mục chỉ tiêu")
    PROPOSED = "indicator.proposed", _("Đề xuất chỉ tiêu mới")
    INDICATOR_REMOVED = "indicator.removed", _("Xóa chỉ tiêu đề xuất")
    FIGURE_RECORDED = "figure.recorded", _("Ghi nhận số liệu")
    FIGURE_REMOVED = "figure.removed", _("Xóa số liệu khỏi sổ")
