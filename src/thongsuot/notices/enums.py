from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """Why somebody is told; each person says per kind how they want to be told."""

    DUE = "due", _("Sắp đến hạn")
    LATE = "late", _("Quá hạn")
    BELOW = "below", _("Cấp dưới quá hạn")
    ASSIGNED = "assigned", _("Được giao việc")
    WAITS = "waits", _("Chờ tôi xác nhận, trả lời")
    ANSWERED = "answered", _("Có trả lời")
    RETURNED = "returned", _("Bị trả lại, chưa đồng ý")
    CHANGED = "changed", _("Thay đổi, gia hạn, rút")
    DIGEST = "digest", _("Tổng hợp hằng tuần")


REMINDERS = (Kind.DUE, Kind.LATE, Kind.BELOW)
CAME_BACK = (Kind.ANSWERED, Kind.RETURNED)
ONLY_TOLD = (Kind.ASSIGNED, Kind.CHANGED)  # no due date brings them into the weekly digest


class Way(TextChoices):
    """How somebody wants to be told; on the page it always stands."""

    MAIL = "mail", _("Gửi thư ngay")
    WEEKLY = "weekly", _("Chỉ trong thư tổng hợp hằng tuần")
    PAGE = "page", _("Chỉ hiện trên trang")


class Section(TextChoices):
    """Parts of the weekly digest."""

    LATE = "late", _("Quá hạn")
    THIS_WEEK = "this-week", _("Đến hạn trong tuần")
    WAITS = "waits", _("Chờ tôi")
    CAME_BACK = "came-back", _("Đã có trả lời, bị trả lại")


class Acts(TextChoices):
    LINK_MADE = "calendar.made", _("Tạo liên kết lịch")
    LINK_REVOKED = "calendar.revoked", _("Thu hồi liên kết lịch")
