"""Every model says which of its fields are personal data, why they are kept and until when."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Retention:
    reason: str | Promise
    until: str | Promise


PERMANENT_TRAIL = Retention(
    reason=_("Trách nhiệm giải trình: nhật ký nêu ai làm, với vai trò nào."),
    until=_("Cùng thời hạn với sổ; theo quy định lưu trữ của cơ quan."),
)
