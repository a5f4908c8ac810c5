"""Choices of the staffing registers, and how a review, a plan and a transfer file go on."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Block(TextChoices):
    """Whose payroll a post is on."""

    GOVERNMENT = "government", _("Khối chính quyền")
    PARTY = "party", _("Khối Đảng")
    FRONT = "front", _("Khối Mặt trận, đoàn thể")
    DEPARTMENT = "department", _("Sở, ngành cấp tỉnh")


class PositionKind(TextChoices):
    LEADERSHIP = "leadership", _("Lãnh đạo, quản lý")
    PROFESSIONAL = "professional", _("Chuyên môn, nghiệp vụ")
    SUPPORT = "support", _("Hỗ trợ, phục vụ")
    ELECTED = "elected", _("Bầu cử, phê chuẩn")


class Category(TextChoices):
    CADRE = "cadre", _("Cán bộ")
    CIVIL_SERVANT = "civil-servant", _("Công chức")
    PUBLIC_EMPLOYEE = "public-employee", _("Viên chức")
    PART_TIME = "part-time", _("Người hoạt động không chuyên trách")
    CONTRACT = "contract", _("Lao động hợp đồng")


class Sex(TextChoices):
    FEMALE = "female", _("Nữ")
    MALE = "male", _("Nam")


class Degree(TextChoices):
    """In rising order (DEGREES)."""

    NONE = "none", _("Chưa qua đào tạo")
    SECONDARY = "secondary", _("Trung cấp")
    COLLEGE = "college", _("Cao đẳng")
    BACHELOR = "bachelor", _("Đại học")
    MASTER = "master", _("Thạc sĩ")
    DOCTOR = "doctor", _("Tiến sĩ")


DEGREES = tuple(Degree.values)


class HoldingKind(TextChoices):
    """How a person holds a post; the payroll follows a full post only."""

    FULL = "full", pgettext_lazy("a post held", "Chính thức")
    COMBINED = "combined", _("Kiêm nhiệm")
    SECONDMENT = "secondment", _("Biệt phái")


class Fit(TextChoices):
    """How a person meets the standard of a position."""

    FULL = "full", _("Đạt chuẩn")
    TRAINING = "training", _("Cần bồi dưỡng")


class Relation(TextChoices):
    SPOUSE = "spouse", _("Vợ, chồng")
    PARENT = "parent", _("Cha, mẹ – con")
    SIBLING = "sibling", _("Anh, chị, em ruột")
    IN_LAW = "in-law", _("Cha, mẹ – con, anh, chị, em bên vợ, chồng")


class SnapshotOrigin(TextChoices):
    IMPORT = "import", _("Nạp từ tệp")
    REVIEW = "review", _("Nộp rà soát")
    PLAN = "plan", _("Lập phương án")
    BY_HAND = "by-hand", _("Ghi lại")


class FileState(TextChoices):
    """Of a workbook in a batch."""

    WAITING = "waiting", _("Chờ đọc")
    FAULTY = "faulty", _("Có lỗi")
    READY = "ready", _("Chờ duyệt chênh lệch")
    CONFLICT = "conflict", _("Vướng dữ liệu mới hơn")
    UNCHANGED = "unchanged", _("Không có gì mới")
    APPLIED = "applied", _("Đã ghi vào sổ")
    DROPPED = "dropped", _("Bỏ, không ghi")


FILE_STEPS: Mapping[FileState, frozenset[FileState]] = {
    FileState.WAITING: frozenset(
        {FileState.FAULTY, FileState.READY, FileState.CONFLICT, FileState.UNCHANGED}
    ),
    FileState.FAULTY: frozenset({FileState.DROPPED}),
    FileState.READY: frozenset({FileState.APPLIED, FileState.CONFLICT, FileState.DROPPED}),
    FileState.CONFLICT: frozenset({FileState.APPLIED, FileState.DROPPED}),
    FileState.UNCHANGED: frozenset(),
    FileState.APPLIED: frozenset(),
    FileState.DROPPED: frozenset(),
}


class Stage(TextChoices):
    """The groups of solutions a city runs one after another; switched on cumulatively."""

    INSIDE = "inside", _("Trong nội bộ xã, phường")
    BETWEEN = "between", _("Giữa các xã, phường")
    BLOCKS = "blocks", _("Giữa các khối Đảng, Mặt trận, chính quyền")
    DEPARTMENTS = "departments", _("Từ sở, ngành về")
    TRAINING = "training", _("Bồi dưỡng để đạt chuẩn")


class RunState(TextChoices):
    """Of a plan while it is computed and after."""

    QUEUED = "queued", _("Chờ tính")
    SOLVING = "solving", _("Đang tính")
    SOLVED = "solved", _("Đã có phương án")
    INFEASIBLE = "infeasible", _("Không có phương án")
    FAILED = "failed", _("Không tính được")
    CANCELLED = "cancelled", _("Đã dừng")


RUN_STEPS: Mapping[RunState, frozenset[RunState]] = {
    RunState.QUEUED: frozenset({RunState.SOLVING, RunState.CANCELLED, RunState.FAILED}),
    RunState.SOLVING: frozenset(
        {RunState.SOLVED, RunState.INFEASIBLE, RunState.FAILED, RunState.CANCELLED, RunState.QUEUED}
    ),
    RunState.SOLVED: frozenset(),
    RunState.INFEASIBLE: frozenset(),
    RunState.FAILED: frozenset({RunState.QUEUED}),
    RunState.CANCELLED: frozenset({RunState.QUEUED}),
}


class MoveKind(TextChoices):
    """What a move of a plan changes."""

    REASSIGNMENT = "reassignment", _("Đổi vị trí trong đơn vị")
    TRANSFER = "transfer", _("Chuyển đơn vị")


class MoveStanding(TextChoices):
    """What the office made of a proposed move."""

    PROPOSED = "proposed", pgettext_lazy("state", "Đề xuất")
    ACCEPTED = "accepted", _("Đã lập hồ sơ")
    DECLINED = "declined", _("Không theo đề xuất")


class TransferKind(TextChoices):
    """Which approval chain a transfer file follows (lawbook/data/transfers.yaml)."""

    INSIDE = "inside", _("Trong một Ủy ban nhân dân")
    BETWEEN = "between", _("Giữa hai xã, phường")
    BLOCKS = "blocks", _("Giữa hai khối")
    DEPARTMENT = "department", _("Từ sở, ngành về")


class Means(TextChoices):
    """How a place is filled."""

    TRANSFER = "transfer", _("Điều động")
    SECONDMENT = "secondment", _("Biệt phái")
    COMBINED = "combined", _("Kiêm nhiệm")
    REASSIGNMENT = "reassignment", _("Bố trí vị trí khác")


class TransferState(TextChoices):
    OPENED = "opened", _("Mới lập")
    HEARD = "heard", _("Đã nghe ý kiến")
    ASKED = "asked", _("Đang xin ý kiến đơn vị")
    AGREED = "agreed", _("Các bên đã đồng ý")
    REFUSED = "refused", _("Có bên không đồng ý")
    DECIDED = "decided", _("Đã có quyết định")
    IN_EFFECT = "in-effect", _("Đã có hiệu lực")
    CLOSED = "closed", _("Đã bàn giao xong")
    ENDED = "ended", _("Đã hết thời hạn")
    CANCELLED = "cancelled", _("Đã hủy")


TRANSFER_STEPS: Mapping[TransferState, frozenset[TransferState]] = {
    TransferState.OPENED: frozenset({TransferState.HEARD, TransferState.CANCELLED}),
    # Where nobody is to be asked (a move inside one people's committee) the hearing is enough.
    TransferState.HEARD: frozenset({TransferState.ASKED, TransferState.AGREED, TransferState.CANCELLED}),
    TransferState.ASKED: frozenset({TransferState.AGREED, TransferState.REFUSED, TransferState.CANCELLED}),
    TransferState.AGREED: frozenset({TransferState.DECIDED, TransferState.CANCELLED}),
    # A refusal may be taken up again at the next level, or ends the file.
    TransferState.REFUSED: frozenset({TransferState.ASKED, TransferState.CANCELLED}),
    TransferState.DECIDED: frozenset({TransferState.IN_EFFECT, TransferState.CANCELLED}),
    TransferState.IN_EFFECT: frozenset({TransferState.CLOSED, TransferState.ENDED}),
    TransferState.CLOSED: frozenset({TransferState.ENDED}),
    TransferState.ENDED: frozenset(),
    TransferState.CANCELLED: frozenset(),
}


# A person has one such file at most; from a decision on, the registers change by its day.
OPEN_TRANSFERS = (
    TransferState.OPENED,
    TransferState.HEARD,
    TransferState.ASKED,
    TransferState.AGREED,
    TransferState.REFUSED,
    TransferState.DECIDED,
)


# From a decision on it is certain who comes to need the course.
COURSE_AFTER = (TransferState.DECIDED, TransferState.IN_EFFECT, TransferState.CLOSED)


class Party(TextChoices):
    """Who is asked about a transfer."""

    SENDER = "sender", _("Nơi đi")
    RECEIVER = "receiver", _("Nơi đến")
    BLOCK = "block", _("Cơ quan quản lý khối")
    HOME_AFFAIRS = "home-affairs", _("Sở Nội vụ")


class Answer(TextChoices):
    AGREES = "agrees", _("Đồng ý")
    REFUSES = "refuses", _("Không đồng ý")


class Acts(TextChoices):
    """Verbs of the trail; every action writes one."""

    POSITIONS_LOADED = "position.loaded", _("Nạp danh mục vị trí việc làm")
    POSITION_AMENDED = "position.amended", _("Sửa vị trí việc làm")
    MAJORS_SET = "position.majors-set", _("Ghi ngành đào tạo phù hợp của vị trí")
    FRAME_SET = "frame.set", _("Ghi khung vị trí việc làm")
    QUOTA_SET = "quota.set", _("Ghi biên chế được giao")
    WORKLOAD_NOTED = "workload.noted", _("Ghi dân số, số hồ sơ của đơn vị")
    PERSON_ENTERED = "staff-person.entered", _("Ghi người vào sổ nhân sự")
    PERSON_AMENDED = "staff-person.amended", _("Sửa hồ sơ nhân sự")
    PERSON_LEFT = "staff-person.left", _("Ghi người thôi việc, nghỉ hưu")
    PERSON_LOOKED_AT = "staff-person.looked-at", _("Xem hồ sơ nhân sự")
    LOCKS_LOOKED_AT = "staff-person.locks-looked-at", _("Xem lý do chưa điều động")
    WISH_NOTED = "staff-person.wish", _("Ghi nguyện vọng")
    KIN_NOTED = "staff-person.kin", _("Ghi quan hệ gia đình")
    LOCKED = "staff-person.locked", _("Ghi trường hợp chưa điều động")
    UNLOCKED = "staff-person.unlocked", _("Kết thúc trường hợp chưa điều động")
    POST_HELD = "post.held", _("Ghi người giữ vị trí")
    POST_LEFT = "post.left", _("Ghi người thôi giữ vị trí")
    BODY_NAMED = "post.body-named", _("Ghi phòng mà lãnh đạo phụ trách")
    HOME_NOTED = "staff-person.home", _("Ghi nơi ở người đó cho biết")
    OVERDUE_REMOVED = "staff-person.tidied", _("Xóa dữ liệu cá nhân hết hạn lưu")
    STAFF_APPLIED = "staff.applied", _("Ghi nhân sự của đơn vị vào sổ")
    SNAPSHOT_TAKEN = "snapshot.taken", _("Chụp số liệu nhân sự")
    TEMPLATE_DRAWN = "staff-import.template", _("Tải tệp nhân sự của đơn vị")
    BATCH_RECEIVED = "staff-import.received", _("Nhận tệp nhân sự")
    FILE_DROPPED = "staff-import.dropped", _("Bỏ tệp nhân sự")
    ROUND_OPENED = "review.opened", _("Mở đợt rà soát")
    REVIEW_FILED = "review.filed", _("Nộp rà soát")
    REVIEW_RETURNED = "review.returned", _("Trả lại rà soát")
    REVIEW_CHASED = "review.chased", _("Đôn đốc nộp rà soát")
    TRAINING_PLANNED = "training.planned", _("Lập kế hoạch bồi dưỡng")
    PLAN_STARTED = "plan.started", _("Lập phương án bố trí")
    PLAN_SOLVED = "plan.solved", _("Tính xong phương án bố trí")
    PLAN_FAILED = "plan.failed", _("Không tính được phương án bố trí")
    PLAN_CANCELLED = "plan.cancelled", _("Dừng tính phương án bố trí")
    PLAN_CHANGED = "plan.changed", _("Đổi điều kiện của phương án")
    PLAN_EXPORTED = "plan.exported", _("Tải phương án bố trí")
    MOVE_DECLINED = "plan.move-declined", _("Không theo đề xuất của phương án")
    TRANSFER_OPENED = "transfer.opened", _("Lập hồ sơ điều động")
    TRANSFER_HEARD = "transfer.heard", _("Ghi buổi gặp, nghe ý kiến")
    TRANSFER_ASKED = "transfer.asked", _("Xin ý kiến các bên")
    TRANSFER_ANSWERED = "transfer.answered", _("Trả lời về việc điều động")
    TRANSFER_ESCALATED = "transfer.escalated", _("Chuyển lên cấp trên vì chưa trả lời")
    TRANSFER_DECIDED = "transfer.decided", _("Ghi quyết định điều động")
    TRANSFER_IN_EFFECT = "transfer.in-effect", _("Quyết định điều động có hiệu lực")
    TRANSFER_HANDED_OVER = "transfer.handed-over", _("Ghi bàn giao")
    TRANSFER_COURSE = "transfer.course", _("Cử đi bồi dưỡng theo hồ sơ điều động")
    TRANSFER_CLOSED = "transfer.closed", _("Hoàn tất hồ sơ điều động")
    TRANSFER_ENDED = "transfer.ended", _("Hết thời hạn biệt phái")
    TRANSFER_CANCELLED = "transfer.cancelled", _("Hủy hồ sơ điều động")
    TRANSFERS_EXPORTED = "transfers.exported", _("Xuất danh sách hồ sơ điều động")
