from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Direction(TextChoices):
    UP = "up", _("Lên cấp trên")
    DOWN = "down", _("Xuống cấp dưới")


class Kind(TextChoices):
    REQUEST = "request", pgettext_lazy("matter", "Đề xuất")
    DIFFICULTY = "difficulty", _("Khó khăn")
    DIRECTION = "direction", _("Chỉ đạo")
    COMMITMENT = "commitment", _("Cam kết")


KINDS_UP = (Kind.REQUEST, Kind.DIFFICULTY)
KINDS_DOWN = (Kind.DIRECTION, Kind.COMMITMENT)


class State(TextChoices):
    """Where a matter stands; which state may follow which is told by TASK_STEPS and PROPOSAL_STEPS."""

    RECORDED = "recorded", _("Đã ghi nhận")
    # tasks
    ISSUED = "issued", _("Đã giao")
    RECEIVED = "received", _("Đã nhận")
    IN_PROGRESS = "in_progress", _("Đang thực hiện")
    SUBMITTED = "submitted", _("Chờ xác nhận")
    RETURNED = "returned", _("Bị trả lại")
    VERIFIED = "verified", _("Đã hoàn thành")
    # proposals
    ROUTED = "routed", _("Chờ trả lời")
    ANSWERED = "answered", _("Đã trả lời")
    CONTESTED = "contested", _("Chưa đồng ý")
    SETTLED = "settled", _("Đã giải quyết")
    # both
    WITHDRAWN = "withdrawn", _("Đã rút")


class Act(TextChoices):
    """What moves a matter, or is said about it; each is one step in its thread."""

    ISSUE = "issue", _("Giao nhiệm vụ")
    AMEND = "amend", _("Sửa nhiệm vụ")
    RECEIVE = "receive", _("Nhận")
    ASSIGN = "assign", _("Phân công")
    SEE = "see", _("Đã xem nội dung sửa")
    PROGRESS = "progress", _("Cập nhật tiến độ")
    SUBMIT = "submit", _("Nộp kết quả")
    VERIFY = "verify", _("Xác nhận hoàn thành")
    TAKE_BACK = "take_back", _("Hoàn tác xác nhận")
    RETURN = "return", _("Trả lại")
    REOPEN = "reopen", _("Mở lại")
    ASK_EXTENSION = "ask_extension", _("Xin gia hạn")
    EXTEND = "extend", _("Gia hạn")
    REFUSE_EXTENSION = "refuse_extension", _("Không gia hạn")
    WAIT = "wait", _("Chờ cơ quan khác")
    RESUME = "resume", _("Tiếp tục")
    RAISE = "raise", _("Nêu kiến nghị")
    EDIT = "edit", _("Sửa kiến nghị")
    ROUTE = "route", _("Chuyển")
    ANSWER = "answer", _("Trả lời")
    AGREE = "agree", _("Đồng ý")
    LAPSE = "lapse", _("Hết hạn phản hồi")
    CONTEST = "contest", _("Chưa đồng ý")
    GROUP = "group", _("Gộp vào nhóm")
    UNGROUP = "ungroup", _("Tách khỏi nhóm")
    WITHDRAW = "withdraw", _("Rút")
    REMIND = "remind", _("Nhắc")
    COMMENT = "comment", _("Trao đổi")


Steps = Mapping[Act, tuple[frozenset[State], State]]


def _from(*states: State) -> frozenset[State]:
    return frozenset(states)


# A proposal that waits for an answer.
AWAITED = (State.RECORDED, State.ROUTED, State.CONTESTED)
_AT_WORK = _from(State.RECEIVED, State.IN_PROGRESS, State.RETURNED)
_OWED = _AT_WORK | {State.ISSUED}
_AWAITED = _from(*AWAITED)

# Act -> (from which states, to which).
TASK_STEPS: Steps = {
    Act.ISSUE: (_from(State.RECORDED), State.ISSUED),
    Act.RECEIVE: (_from(State.ISSUED), State.RECEIVED),
    Act.PROGRESS: (_AT_WORK, State.IN_PROGRESS),
    Act.SUBMIT: (_AT_WORK, State.SUBMITTED),
    Act.VERIFY: (_from(State.SUBMITTED), State.VERIFIED),
    Act.RETURN: (_from(State.SUBMITTED), State.RETURNED),
    Act.TAKE_BACK: (_from(State.VERIFIED), State.SUBMITTED),
    Act.REOPEN: (_from(State.VERIFIED), State.RETURNED),
    Act.WITHDRAW: (_OWED | {State.RECORDED, State.SUBMITTED}, State.WITHDRAWN),
}
# Acts that leave a task in its state, and in which states they may be done. No other act is one on a task.
TASK_STAYS: Mapping[Act, frozenset[State]] = {
    Act.AMEND: _OWED | {State.SUBMITTED},
    Act.SEE: _OWED | {State.SUBMITTED},
    Act.ASSIGN: _OWED,
    Act.ASK_EXTENSION: _OWED,
    Act.EXTEND: _OWED,
    Act.REFUSE_EXTENSION: _OWED,
    Act.WAIT: _AT_WORK,
    Act.RESUME: _AT_WORK,
    Act.REMIND: _OWED,
    Act.COMMENT: _OWED | {State.RECORDED, State.SUBMITTED},
}
PROPOSAL_STEPS: Steps = {
    Act.ROUTE: (_AWAITED, State.ROUTED),
    Act.ANSWER: (_AWAITED, State.ANSWERED),
    Act.AGREE: (_from(State.ANSWERED), State.SETTLED),
    Act.LAPSE: (_from(State.ANSWERED), State.SETTLED),
    Act.CONTEST: (_from(State.ANSWERED), State.CONTESTED),
    Act.WITHDRAW: (_AWAITED | {State.ANSWERED}, State.WITHDRAWN),
}
TASK_STATES = (
    State.RECORDED,
    State.ISSUED,
    State.RECEIVED,
    State.IN_PROGRESS,
    State.SUBMITTED,
    State.RETURNED,
    State.VERIFIED,
    State.WITHDRAWN,
)
# Acts by which the words of a matter may change, or from where it is seen: only these concern the search.
FOUND_ANEW = frozenset(
    {Act.ISSUE, Act.AMEND, Act.EDIT, Act.ROUTE, Act.ANSWER, Act.CONTEST, Act.WAIT, Act.WITHDRAW}
)
CLOSED = (State.VERIFIED, State.SETTLED, State.WITHDRAWN)
# Whose turn it is, beside the holder's: a submission waits for the issuing side, an answer for those who asked.
TURN_OF_ISSUER = (State.SUBMITTED,)
TURN_OF_RAISER = (State.ANSWERED,)

# What the one whose turn it is has to do next.
NEXT_ACT_OF_TASK = {
    State.RECORDED: Act.ISSUE,
    State.ISSUED: Act.RECEIVE,
    State.RECEIVED: Act.SUBMIT,
    State.IN_PROGRESS: Act.SUBMIT,
    State.RETURNED: Act.SUBMIT,
    State.SUBMITTED: Act.VERIFY,
}
NEXT_ACT_OF_PROPOSAL = {
    State.RECORDED: Act.ANSWER,
    State.ROUTED: Act.ANSWER,
    State.CONTESTED: Act.ANSWER,
    State.ANSWERED: Act.AGREE,
}


class ClockState(TextChoices):
    """How a matter stands to its day; every matter is in exactly one (matters.clocks)."""

    NO_TERM = "no_term", _("Chưa đặt hạn")
    IN_TERM = "in_term", _("Trong hạn")
    DUE_SOON = "due_soon", _("Sắp đến hạn")
    OVERDUE = "overdue", _("Quá hạn")
    EXTENDED = "extended", _("Được gia hạn")
    WAITING = "waiting", _("Chờ cơ quan khác")
    DONE_IN_TIME = "done_in_time", _("Hoàn thành đúng hạn")
    DONE_LATE = "done_late", _("Hoàn thành quá hạn")
    STOPPED = "stopped", _("Đã rút")


class Competence(TextChoices):
    """Who may decide what is asked."""

    COMMUNE = "commune", _("Cấp xã")
    PROVINCE = "province", _("Cấp tỉnh")
    CENTRE = "centre", _("Trung ương")


class AnswerKind(TextChoices):
    ACCEPTED = "accepted", _("Chấp thuận")
    PARTLY = "partly", _("Chấp thuận một phần")
    REJECTED = "rejected", _("Không chấp thuận")
    BEYOND_AUTHORITY = "beyond_authority", _("Vượt thẩm quyền, đã chuyển")
    ALREADY_ANSWERED = "already_answered", _("Đã được trả lời")


class Response(TextChoices):
    """What became of an answer with one of the units that asked."""

    PENDING = "pending", _("Chờ phản hồi")
    AGREED = "agreed", _("Đồng ý")
    LAPSED = "lapsed", _("Hết hạn phản hồi")
    CONTESTED = "contested", _("Chưa đồng ý")
    FORWARDED = "forwarded", _("Đã chuyển tiếp")
    WITHDRAWN = "withdrawn", _("Đã rút kiến nghị")


class SuggestionState(TextChoices):
    OPEN = "open", _("Chờ xem")
    ACCEPTED = "accepted", _("Đã lập nhóm")
    DISMISSED = "dismissed", _("Đã bỏ qua")


class Decision(TextChoices):
    PENDING = "pending", _("Chờ duyệt")
    GRANTED = "granted", _("Đã duyệt")
    REFUSED = "refused", _("Không duyệt")
    LAPSED = "lapsed", _("Không còn cần")


class LegKind(TextChoices):
    """Who the time of a matter runs on: its holder, another body the holder waits for, or who checks the result."""

    HOLDING = "holding", _("Giải quyết")
    WAITING = "waiting", _("Chờ")
    CHECKING = "checking", _("Chờ xác nhận")


class BodyPart(TextChoices):
    """How a body is concerned with a matter; a past holder keeps sight of it."""

    HOLDER = "holder", _("Chủ trì")
    SUPPORTING = "supporting", _("Phối hợp")
    AWAITED = "awaited", _("Được chờ")
    PAST = "past", _("Đã xử lý")


class OrderState(TextChoices):
    DRAFT = "draft", _("Dự thảo")
    ISSUED = "issued", _("Đã giao")
    WITHDRAWN = "withdrawn", _("Đã rút")


class OriginKind(TextChoices):
    """What a matter came out of, or an answer rests on."""

    MEETING = "meeting", _("Buổi làm việc, hội nghị")
    VOTERS = "voters", _("Tiếp xúc cử tri")
    LETTER = "letter", _("Công văn, báo cáo")
    DOCUMENT = "document", _("Văn bản")
    OWN = "own", _("Đơn vị tự nêu")
    OTHER = "other", _("Nguồn khác")


class Acts(TextChoices):
    """The verbs written to the trail."""

    ORIGIN_RECORDED = "origin.recorded", _("Ghi nhận nơi phát sinh kiến nghị, nhiệm vụ")
    ORIGIN_REMOVED = "origin.removed", _("Xóa nơi phát sinh kiến nghị, nhiệm vụ")
    PROPOSAL_RECORDED = "proposal.recorded", _("Ghi nhận kiến nghị")
    TASK_RECORDED = "task.recorded", _("Ghi nhận nhiệm vụ")
    REMOVED = "matter.removed", _("Xóa kiến nghị, nhiệm vụ khỏi sổ")
    ORDER_DRAFTED = "order.drafted", _("Soạn lệnh giao nhiệm vụ")
    ORDER_ISSUED = "order.issued", _("Giao nhiệm vụ")
    ORDER_AMENDED = "order.amended", _("Sửa lệnh giao nhiệm vụ")
    ORDER_WIDENED = "order.widened", _("Giao thêm cho đơn vị")
    ORDER_WITHDRAWN = "order.withdrawn", _("Rút lệnh giao nhiệm vụ")
    ORDER_DISCARDED = "order.discarded", _("Bỏ dự thảo giao nhiệm vụ")
    DRAFT_AMENDED = "order.redrafted", _("Sửa dự thảo giao nhiệm vụ")
    TASK_ISSUED = "task.issued", _("Giao nhiệm vụ đã ghi nhận")
    TASK_RECEIVED = "task.received", _("Nhận nhiệm vụ")
    TASK_ASSIGNED = "task.assigned", _("Phân công người thực hiện")
    AMENDMENT_SEEN = "task.amendment_seen", _("Đã xem nội dung sửa")
    TASK_PROGRESSED = "task.progressed", _("Cập nhật tiến độ")
    TASK_SUBMITTED = "task.submitted", _("Nộp kết quả nhiệm vụ")
    TASK_VERIFIED = "task.verified", _("Xác nhận hoàn thành nhiệm vụ")
    VERIFICATION_TAKEN_BACK = "task.verification_taken_back", _("Hoàn tác xác nhận hoàn thành")
    TASK_RETURNED = "task.returned", _("Trả lại kết quả nhiệm vụ")
    TASK_REOPENED = "task.reopened", _("Mở lại nhiệm vụ")
    TASK_WITHDRAWN = "task.withdrawn", _("Rút nhiệm vụ")
    TASK_REMINDED = "task.reminded", _("Nhắc thực hiện nhiệm vụ")
    EXTENSION_ASKED = "extension.asked", _("Xin gia hạn")
    EXTENSION_GRANTED = "extension.granted", _("Duyệt gia hạn")
    EXTENSION_REFUSED = "extension.refused", _("Không duyệt gia hạn")
    WAIT_BEGUN = "wait.begun", _("Bắt đầu chờ cơ quan khác")
    WAIT_ENDED = "wait.ended", _("Hết chờ cơ quan khác")
    PROPOSAL_RAISED = "proposal.raised", _("Nêu kiến nghị")
    PROPOSAL_EDITED = "proposal.edited", _("Sửa kiến nghị")
    PROPOSAL_ROUTED = "proposal.routed", _("Chuyển kiến nghị")
    PROPOSALS_ROUTED = "proposals.routed", _("Chuyển nhiều kiến nghị")
    PROPOSALS_ANSWERED = "proposals.answered", _("Trả lời kiến nghị")
    ANSWER_AGREED = "answer.agreed", _("Đồng ý với trả lời")
    ANSWER_LAPSED = "answer.lapsed", _("Hết hạn phản hồi trả lời")
    ANSWER_CONTESTED = "answer.contested", _("Chưa đồng ý với trả lời")
    ANSWER_LINKED = "answer.linked", _("Gắn văn bản, nhiệm vụ với câu trả lời")
    ANSWER_UNLINKED = "answer.unlinked", _("Gỡ văn bản, nhiệm vụ khỏi câu trả lời")
    PROPOSAL_WITHDRAWN = "proposal.withdrawn", _("Rút kiến nghị")
    PROPOSAL_LEFT = "proposal.left", _("Rút tên khỏi kiến nghị chung")
    GROUP_FORMED = "proposals.grouped", _("Gộp kiến nghị thành nhóm")
    GROUP_JOINED = "proposals.joined", _("Thêm kiến nghị vào nhóm")
    GROUP_LEFT = "proposals.left", _("Tách kiến nghị khỏi nhóm")
    GROUP_DISSOLVED = "proposals.ungrouped", _("Bỏ nhóm kiến nghị")
    GROUP_RESTORED = "proposals.regrouped", _("Lập lại nhóm kiến nghị")
    GROUPS_SUGGESTED = "proposals.suggested", _("Tính gợi ý nhóm kiến nghị")
    SUGGESTION_DISMISSED = "proposals.suggestion_dismissed", _("Bỏ qua gợi ý nhóm")
    SUGGESTION_REOPENED = "proposals.suggestion_reopened", _("Xem lại gợi ý nhóm đã bỏ qua")
    COMMENTED = "matter.commented", _("Trao đổi")
