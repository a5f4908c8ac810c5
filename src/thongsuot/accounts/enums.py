from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Acts(TextChoices):
    OPENED = "account.opened", _("Mở tài khoản")
    ADDRESS_CHANGED = "account.address", _("Đổi địa chỉ thư điện tử")
    LOCKED = "account.locked", _("Khóa tài khoản")
    UNLOCKED = "account.unlocked", _("Mở lại tài khoản")
    DELETED = "account.deleted", _("Xóa tài khoản")
