from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Acts(TextChoices):
    REGISTERED = "document.registered", _("Đưa văn bản vào sổ")
    COMPLETED = "document.completed", _("Bổ sung ngày, cơ quan ban hành của văn bản")
    CITED = "document.cited", _("Ghi nhận nơi viện dẫn văn bản")
    UNCITED = "document.uncited", _("Bỏ nơi viện dẫn văn bản")
    REMOVED = "document.removed", _("Xóa văn bản khỏi sổ")
