from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Acts(TextChoices):
    RECEIVED = "source.received", _("Tiếp nhận văn bản nguồn")
    SHARED = "source.shared", _("Cho đơn vị liên quan xem văn bản nguồn")
    REMOVED = "source.removed", _("Xóa văn bản nguồn chưa dùng")
