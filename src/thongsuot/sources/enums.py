from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MarkFamily(TextChoices):
    """Kinds of record a stretch of text may lead to, each with its colour (static/sources/marks.css)."""

    MEETINGS = "meetings", _("Buổi làm việc, hội nghị")
    PROPOSALS = "proposals", _("Kiến nghị, khó khăn")
    DIRECTIONS = "directions", _("Yêu cầu, chỉ đạo")
    COMMITMENTS = "commitments", pgettext_lazy("several", "Cam kết")
    FIGURES = "figures", _("Số liệu")
    DOCUMENTS = "documents", _("Văn bản viện dẫn")
    PEOPLE = "people", _("Người")
    ROLES = "roles", _("Vai trò tại buổi làm việc")
    UNITS = "units", _("Đơn vị hành chính")


class Acts(TextChoices):
    RECEIVED = "source.received", _("Tiếp nhận văn bản nguồn")
    SHARED = "source.shared", _("Cho đơn vị liên quan xem văn bản nguồn")
    WITHDRAWN = "source.withdrawn", _("Thôi cho đơn vị liên quan xem văn bản nguồn")
