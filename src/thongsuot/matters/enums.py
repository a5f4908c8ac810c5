from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Direction(TextChoices):
    UP = "up", _("Lên cấp trên")
    DOWN = "down", _("Xuống cấp dưới")


class Kind(TextChoices):
    REQUEST = "request", _("Đề xuất")
    DIFFICULTY = "difficulty", _("Khó khăn")
    DIRECTION = "direction", _("Chỉ đạo")
    COMMITMENT = "commitment", _("Cam kết")


KINDS_UP = (Kind.REQUEST, Kind.DIFFICULTY)
KINDS_DOWN = (Kind.DIRECTION, Kind.COMMITMENT)


class State(TextChoices):
    RECORDED = "recorded", _("Đã ghi nhận")


class OriginKind(TextChoices):
    """What a matter came out of."""

    MEETING = "meeting", _("Buổi làm việc, hội nghị")
    VOTERS = "voters", _("Tiếp xúc cử tri")
    LETTER = "letter", _("Công văn, báo cáo")
    OTHER = "other", _("Nguồn khác")


class Acts(TextChoices):
    ORIGIN_RECORDED = "origin.recorded", _("Ghi nhận nơi phát sinh kiến nghị, nhiệm vụ")
    ORIGIN_REMOVED = "origin.removed", _("Xóa nơi phát sinh kiến nghị, nhiệm vụ")
    PROPOSAL_RECORDED = "proposal.recorded", _("Ghi nhận kiến nghị")
    TASK_RECORDED = "task.recorded", _("Ghi nhận nhiệm vụ")
    REMOVED = "matter.removed", _("Xóa kiến nghị, nhiệm vụ khỏi sổ")
