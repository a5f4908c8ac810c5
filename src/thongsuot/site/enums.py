from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Acts(TextChoices):
    DEMONSTRATION_BUILT = (
        "demonstration.built",
        _("Dựng dữ liệu minh họa; các ngày trước đó là ngày trong truyện"),
    )
