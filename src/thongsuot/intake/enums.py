from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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


class Family(TextChoices):
    """The lists of a reading, in the order a person checks them."""

    PROPOSALS = "proposals", _("Kiến nghị, khó khăn")
    DIRECTIONS = "directions", _("Yêu cầu, chỉ đạo")
    COMMITMENTS = "commitments", _("Cam kết")
    FIGURES = "figures", _("Số liệu")
    PEOPLE = "people", _("Người")
    ROLES = "roles", _("Vai trò tại buổi làm việc")
    DOCUMENTS = "documents", _("Văn bản viện dẫn")
    UNITS = "units", _("Đơn vị hành chính")


class MeetingKind(TextChoices):
    """What the text records; a letter and a report are no meetings but enter the same way."""

    SUPERVISION = "supervision", _("Buổi giám sát")
    CONFERENCE = "conference", _("Hội nghị")
    WORKING_SESSION = "working-session", _("Buổi làm việc")
    VOTER_MEETING = "voter-meeting", _("Tiếp xúc cử tri")
    DIRECTIVE = "directive", _("Văn bản chỉ đạo")
    OTHER = "other", _("Báo cáo, tin khác")


class Role(TextChoices):
    LEADS = "leads", _("Trưởng đoàn, tổ trưởng")
    CHAIRS = "chairs", _("Chủ trì")
    CONCLUDES = "concludes", _("Kết luận")
    HOSTS = "hosts", _("Tiếp đoàn")
    ATTENDS = "attends", _("Dự")
    SPEAKS = "speaks", _("Phát biểu")


class Qualifier(TextChoices):
    EXACTLY = "=", _("đúng bằng")
    MORE_THAN = ">", _("hơn")
    LESS_THAN = "<", _("gần, dưới")
    ABOUT = "~", _("khoảng")
    RANGE = "range", _("từ … đến …")
    RATIO = "ratio", _("phần trên tổng")


class Acts(TextChoices):
    RECEIVED = "draft.received", _("Tiếp nhận báo cáo thành bản nháp")
    CONFIRMED = "draft.confirmed", _("Xác nhận bản nháp vào sổ")
    UNDONE = "draft.undone", _("Hoàn tác bản đã xác nhận")
    DISCARDED = "draft.discarded", _("Bỏ bản nháp")
    REOPENED = "draft.reopened", _("Mở lại bản nháp đã bỏ")
