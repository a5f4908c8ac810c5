from collections.abc import Mapping

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


class SeatPart(TextChoices):
    """What a person does in a working group."""

    LEADER = "leader", _("Tổ trưởng")
    DEPUTY = "deputy", _("Tổ phó")
    MEMBER = "member", pgettext_lazy("of a working group", "Thành viên")
    SECRETARY = "secretary", _("Thư ký")


class ConferenceState(TextChoices):
    """Derived from what is noted of a conference (models.Conference.state), never stored."""

    PREPARED = "prepared", _("Đang chuẩn bị")
    HELD = "held", _("Đã diễn ra")
    CLOSED = "closed", _("Đã kết thúc")


class SetAside(TextChoices):
    POSTPONED = "postponed", _("Hoãn, chờ ngày mới")
    CANCELLED = "cancelled", _("Hủy")


class VisitState(TextChoices):
    """Derived from what is noted of a visit (models.Visit.state), never stored."""

    PLANNED = "planned", _("Đã lên lịch")
    NOTIFIED = "notified", _("Đã gửi thông báo")
    HELD = "held", _("Đã làm việc")
    MINUTES = "minutes", _("Đã có biên bản")
    REPORTED = "reported", _("Đã báo cáo")
    POSTPONED = "postponed", _("Hoãn, chờ ngày mới")
    CANCELLED = "cancelled", _("Hủy")


# Which states may follow which.
TRANSITIONS: Mapping[VisitState, frozenset[VisitState]] = {
    VisitState.PLANNED: frozenset(
        {
            VisitState.PLANNED,  # moved to another day
            VisitState.NOTIFIED,
            VisitState.HELD,
            VisitState.MINUTES,
            VisitState.POSTPONED,
            VisitState.CANCELLED,
        }
    ),
    VisitState.NOTIFIED: frozenset(
        {
            VisitState.PLANNED,  # moved to another day, for which a new notice goes out
            VisitState.HELD,
            VisitState.MINUTES,
            VisitState.POSTPONED,
            VisitState.CANCELLED,
        }
    ),
    VisitState.HELD: frozenset({VisitState.MINUTES}),
    VisitState.MINUTES: frozenset({VisitState.REPORTED}),
    VisitState.REPORTED: frozenset(),
    VisitState.POSTPONED: frozenset({VisitState.PLANNED, VisitState.CANCELLED}),
    VisitState.CANCELLED: frozenset({VisitState.PLANNED}),
}
# A step noted by mistake is taken back one at a time, with its reason: what is then no longer said of the visit.
STEPS_BACK: Mapping[VisitState, tuple[str, ...]] = {
    VisitState.NOTIFIED: ("notice_on", "notice"),
    VisitState.HELD: ("held_on",),
    VisitState.MINUTES: ("meeting",),
    VisitState.REPORTED: ("reported_on", "report", "report_source"),
}


class Stage(TextChoices):
    """Where a unit stands on the board of a campaign: before any visit, or the state of the visit that counts."""

    UNPLANNED = "unplanned", _("Chưa lên lịch")
    POSTPONED = "postponed", _("Hoãn, chờ ngày mới")
    PLANNED = "planned", _("Đã lên lịch")
    NOTIFIED = "notified", _("Đã gửi thông báo")
    HELD = "held", _("Đã làm việc")
    MINUTES = "minutes", _("Đã có biên bản")
    REPORTED = "reported", _("Đã báo cáo")
    CANCELLED = "cancelled", _("Hủy")


class Standing(TextChoices):
    """Where a proposal stands, as a report of a campaign tells it; every proposal is in exactly one."""

    AWAITED = "awaited", _("Chờ trả lời")
    ANSWERED = "answered", _("Đã trả lời, chờ phản hồi")
    CONTESTED = "contested", _("Chưa đồng ý")
    SETTLED = "settled", _("Đã giải quyết")
    WITHDRAWN = "withdrawn", _("Đã rút")


class Lateness(TextChoices):
    """Why a visit is late."""

    NOT_HELD = "not-held", _("Quá ngày, chưa làm việc")
    NO_MINUTES = "no-minutes", _("Chậm biên bản")
    NO_REPORT = "no-report", _("Chậm báo cáo")


class Acts(TextChoices):
    CAMPAIGN_OPENED = "campaign.opened", _("Lập đợt giám sát")
    CAMPAIGN_PLAN = "campaign.plan", _("Ghi kế hoạch của đợt giám sát")
    CAMPAIGN_IMPORTED = "campaign.imported", _("Nạp tổ công tác, đơn vị, lịch từ tệp")
    GROUP_FORMED = "group.formed", _("Lập tổ công tác")
    GROUP_NAMED = "group.named", _("Đổi tên, đảng bộ khối của tổ công tác")
    GROUP_UNITS = "group.units", _("Phân công đơn vị cho tổ công tác")
    SEAT_TAKEN = "group.person-seated", _("Ghi người của tổ công tác")
    SEAT_ENDED = "group.person-left", _("Ghi người thôi ở tổ công tác")
    SEAT_REMOVED = "group.person-removed", _("Xóa người ghi nhầm khỏi tổ công tác")
    MEMBER_SEATED = "group.seated", _("Đưa thành viên vào tổ công tác")
    MEMBER_UNSEATED = "group.unseated", _("Đưa thành viên ra khỏi tổ công tác")
    VISIT_PLANNED = "visit.planned", _("Lên lịch buổi giám sát")
    VISIT_AMENDED = "visit.amended", _("Sửa đơn vị, giờ, địa điểm của buổi giám sát")
    VISIT_NOTIFIED = "visit.notified", _("Gửi thông báo buổi giám sát")
    VISIT_HELD = "visit.held", _("Ghi buổi giám sát đã diễn ra")
    VISIT_MINUTES = "visit.minutes", _("Gắn biên bản vào buổi giám sát")
    VISIT_REPORTED = "visit.reported", _("Báo cáo kết quả buổi giám sát")
    VISIT_MOVED = "visit.moved", _("Dời ngày buổi giám sát")
    VISIT_POSTPONED = "visit.postponed", _("Hoãn buổi giám sát")
    VISIT_CANCELLED = "visit.cancelled", _("Hủy buổi giám sát")
    VISIT_STEPPED_BACK = "visit.stepped-back", _("Lùi một bước buổi giám sát")
    MEETING_RECORDED = "meeting.recorded", _("Ghi nhận buổi làm việc")
    MEETING_REMOVED = "meeting.removed", _("Xóa buổi làm việc khỏi sổ")
    CONFERENCE_PREPARED = "conference.prepared", _("Chuẩn bị hội nghị")
    CONFERENCE_AMENDED = "conference.amended", _("Sửa phần chuẩn bị hội nghị")
    CONFERENCE_HELD = "conference.held", _("Ghi hội nghị đã diễn ra")
    CONFERENCE_CLOSED = "conference.closed", _("Kết thúc hội nghị")
    CONCLUSIONS_NOTED = "conference.conclusions", _("Ghi kết luận của hội nghị")
    CONCLUSION_AMENDED = "conference.conclusion-amended", _("Sửa kết luận của hội nghị")
    CONCLUSION_REMOVED = "conference.conclusion-removed", _("Xóa kết luận ghi nhầm")
    OFFICIAL_NAMED = "official.named", _("Ghi tên người vào sổ")
    OFFICIAL_REMOVED = "official.removed", _("Xóa tên người khỏi sổ")
    ROLE_ADDED = "meeting.role-added", _("Ghi vai trò ở buổi làm việc")
    DOCUMENT_LINKED = "meeting.document-linked", _("Gắn văn bản với buổi làm việc")
    MATTER_LINKED = "meeting.matter-linked", _("Gắn kiến nghị, nhiệm vụ với buổi làm việc")
    FIGURE_LINKED = "meeting.figure-linked", _("Gắn số liệu với buổi làm việc")
    UNLINKED = "meeting.unlinked", _("Gỡ khỏi buổi làm việc")
