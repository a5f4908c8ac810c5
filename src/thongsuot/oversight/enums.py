from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingKind(TextChoices):
    """The values are those the reading of reports uses."""

    SUPERVISION = "supervision", _("Buổi giám sát")
    CONFERENCE = "conference", _("Hội nghị")
    WORKING_SESSION = "working-session", pgettext_lazy("one kind of meeting", "Buổi làm việc")
    VOTER_MEETING = "voter-meeting", _("Tiếp xúc cử tri")
    DIRECTIVE = "directive", _("Văn bản chỉ đạo")
    OTHER = "other", _("Buổi khác")


class Part(TextChoices):
    """What a person did at a meeting."""

    LEADS = "leads", _("Trưởng đoàn, tổ trưởng")
    CHAIRS = "chairs", _("Chủ trì")
    CONCLUDES = "concludes", _("Kết luận")
    HOSTS = "hosts", _("Đơn vị tiếp")
    ATTENDS = "attends", _("Tham dự")
    SPEAKS = "speaks", _("Phát biểu")


class Acts(TextChoices):
    CAMPAIGN_OPENED = "campaign.opened", _("Lập đợt giám sát")
    GROUP_FORMED = "group.formed", _("Lập tổ công tác")
    GROUP_UNITS = "group.units", _("Phân công đơn vị cho tổ công tác")
    MEMBER_SEATED = "group.seated", _("Đưa thành viên vào tổ công tác")
    MEMBER_UNSEATED = "group.unseated", _("Đưa thành viên ra khỏi tổ công tác")
    MEETING_RECORDED = "meeting.recorded", _("Ghi nhận buổi làm việc")
    MEETING_REMOVED = "meeting.removed", _("Xóa buổi làm việc khỏi sổ")
    OFFICIAL_NAMED = "official.named", _("Ghi tên người vào sổ")
    OFFICIAL_REMOVED = "official.removed", _("Xóa tên người khỏi sổ")
    ROLE_ADDED = "meeting.role-added", _("Ghi vai trò ở buổi làm việc")
    DOCUMENT_LINKED = "meeting.document-linked", _("Gắn văn bản với buổi làm việc")
    MATTER_LINKED = "meeting.matter-linked", _("Gắn kiến nghị, nhiệm vụ với buổi làm việc")
    FIGURE_LINKED = "meeting.figure-linked", _("Gắn số liệu với buổi làm việc")
    UNLINKED = "meeting.unlinked", _("Gỡ khỏi buổi làm việc")
