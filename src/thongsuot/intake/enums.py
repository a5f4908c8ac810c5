from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DraftState(TextChoices):
    PROPOSED = "proposed", _("Chờ xác nhận")
    CONFIRMED = "confirmed", _("Đã xác nhận")
    DISCARDED = "discarded", _("Đã bỏ")


# From each state, the states an act may lead to; undoing a confirmation opens the draft again.
TRANSITIONS: dict[DraftState, frozenset[DraftState]] = {
    DraftState.PROPOSED: frozenset({DraftState.CONFIRMED, DraftState.DISCARDED}),
    DraftState.CONFIRMED: frozenset({DraftState.PROPOSED}),
    DraftState.DISCARDED: frozenset({DraftState.PROPOSED}),
}


class DraftKind(TextChoices):
    """What a text was read as: what becomes of it when it is confirmed."""

    REPORT = "report", _("Báo cáo, biên bản")
    DIRECTIVE = "directive", _("Văn bản chỉ đạo")


class Family(TextChoices):
    """The lists of a reading, in the order a person checks them."""

    TASKS = "tasks", _("Nhiệm vụ đề xuất")
    POINTS = "points", _("Điểm của văn bản")
    ADDRESSEES = "addressees", _("Nơi thực hiện")
    PROPOSALS = "proposals", _("Kiến nghị, khó khăn")
    DIRECTIONS = "directions", _("Yêu cầu, chỉ đạo")
    COMMITMENTS = "commitments", pgettext_lazy("several", "Cam kết")
    FIGURES = "figures", _("Số liệu")
    PEOPLE = "people", _("Người")
    ROLES = "roles", _("Vai trò tại buổi làm việc")
    DOCUMENTS = "documents", _("Văn bản viện dẫn")
    UNITS = "units", _("Đơn vị hành chính")


FAMILIES: dict[DraftKind, tuple[Family, ...]] = {
    DraftKind.REPORT: (
        Family.PROPOSALS,
        Family.DIRECTIONS,
        Family.COMMITMENTS,
        Family.FIGURES,
        Family.PEOPLE,
        Family.ROLES,
        Family.DOCUMENTS,
        Family.UNITS,
    ),
    DraftKind.DIRECTIVE: (Family.TASKS, Family.POINTS, Family.ADDRESSEES, Family.DOCUMENTS),
}


class Effect(Enum):
    """What a problem of a draft does to its confirmation."""

    BLOCKS = "blocks"  # nothing is written until it is mended
    LEAVES_OUT = "leaves-out"  # all is written but this item
    NOTICE = "notice"  # all is written; the person should know first


class Acts(TextChoices):
    RECEIVED = "draft.received", _("Tiếp nhận báo cáo thành bản nháp")
    FOR_VISIT = "draft.for-visit", _("Gắn bản nháp với buổi trong lịch giám sát")
    CONFIRMED = "draft.confirmed", _("Xác nhận bản nháp vào sổ")
    UNDONE = "draft.undone", _("Hoàn tác bản đã xác nhận")
    DISCARDED = "draft.discarded", _("Bỏ bản nháp")
    READ_AS = "draft.read-as", _("Đọc lại bản nháp theo loại văn bản khác")
    REOPENED = "draft.reopened", _("Mở lại bản nháp đã bỏ")
