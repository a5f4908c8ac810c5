from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Audience(TextChoices):
    """Who must report by a template."""

    ALL_COMMUNES = "communes", _("Mọi đơn vị cấp xã trực thuộc")
    CHOSEN = "chosen", _("Các đơn vị được chọn")


class SectionKind(TextChoices):
    RESULTS = "results", _("Kết quả thực hiện")
    SHORTCOMINGS = "shortcomings", _("Tồn tại, hạn chế và nguyên nhân")
    NEXT_TASKS = "next_tasks", _("Nhiệm vụ trọng tâm kỳ tới")
    PROPOSALS = "proposals", _("Kiến nghị, đề xuất")
    OTHER = "other", _("Nội dung khác")


class Prefill(TextChoices):
    """What stands in a cell before anybody types."""

    NOTHING = "nothing", _("Để trống")
    LAST = "last", _("Số của kỳ trước")
    HELD = "held", _("Số đã có trong hệ thống")
    LOOP = "loop", _("Hệ thống đếm từ nhiệm vụ, kiến nghị")


class State(TextChoices):
    """Of a return; one nobody has begun is due like any other."""

    NOT_BEGUN = "not_begun", _("Chưa lập")
    DRAFT = "draft", _("Đang lập")
    SUBMITTED = "submitted", _("Chờ lãnh đạo đơn vị duyệt")
    APPROVED = "approved", _("Đã gửi cấp trên")
    SENT_BACK = "sent_back", _("Bị trả lại")
    ACCEPTED = "accepted", _("Đã tiếp nhận")
    LOCKED = "locked", _("Đã chốt")


class Step(TextChoices):
    """What brings a return from state to state."""

    BEGIN = "begin", _("Lập báo cáo")
    SUBMIT = "submit", _("Trình lãnh đạo")
    APPROVE = "approve", _("Duyệt và gửi")
    SEND_BACK = "send_back", _("Trả lại")
    ACCEPT = "accept", _("Tiếp nhận")
    LOCK = "lock", _("Chốt")
    REOPEN = "reopen", _("Mở lại")


STEPS: Mapping[State, Mapping[Step, State]] = {
    State.NOT_BEGUN: {Step.BEGIN: State.DRAFT},
    State.DRAFT: {Step.SUBMIT: State.SUBMITTED},
    State.SUBMITTED: {Step.APPROVE: State.APPROVED, Step.SEND_BACK: State.SENT_BACK},
    State.APPROVED: {Step.ACCEPT: State.ACCEPTED, Step.SEND_BACK: State.SENT_BACK},
    State.SENT_BACK: {Step.SUBMIT: State.SUBMITTED},
    State.ACCEPTED: {Step.LOCK: State.LOCKED, Step.REOPEN: State.DRAFT},
    State.LOCKED: {Step.REOPEN: State.DRAFT},
}
# While it stands so, figures and words may be changed.
OPEN = (State.DRAFT, State.SENT_BACK)
# With the city, whatever it says of it later.
HANDED_IN = (State.APPROVED, State.ACCEPTED, State.LOCKED)
# Its figures count in totals.
COUNTED = (State.ACCEPTED, State.LOCKED)


class Level(TextChoices):
    """How much a fault weighs: one that must be mended, or one that may stand once it is explained."""

    MUST = "must", _("Phải sửa")
    EXPLAIN = "explain", _("Cần giải trình")


class FaultCode(TextChoices):
    """What can be wrong with a cell or a section."""

    MISSING = "missing", _("Còn trống")
    NOT_WHOLE = "not_whole", _("Không phải số nguyên")
    BELOW_ZERO = "below_zero", _("Nhỏ hơn 0")
    LOW = "low", _("Nhỏ hơn mức thấp nhất")
    HIGH = "high", _("Lớn hơn mức cao nhất")
    PAIR = "pair", _("Thiếu tử số hoặc mẫu số")
    OVER_WHOLE = "over_whole", _("Tử số lớn hơn mẫu số")
    PARTS = "parts", _("Cộng không khớp")
    JUMP = "jump", _("Biến động lớn so với kỳ trước")
    NARRATIVE = "narrative", _("Số trong lời văn khác số trong bảng")
    EMPTY = "empty", _("Chưa viết")


class FileState(TextChoices):
    """Of a workbook that came in."""

    WAITING = "waiting", _("Chờ đọc")
    FAULTY = "faulty", _("Có lỗi")
    READY = "ready", _("Chờ ghi")
    CONFLICT = "conflict", _("Vướng số mới hơn")
    UNCHANGED = "unchanged", _("Không có gì mới")
    APPLIED = "applied", _("Đã ghi")
    DROPPED = "dropped", _("Đã bỏ")


WRITABLE = (FileState.READY, FileState.CONFLICT)


class Acts(TextChoices):
    TEMPLATE_KEPT = "return.template_kept", _("Lập, sửa mẫu báo cáo")
    TEMPLATE_ENDED = "return.template_ended", _("Ngừng dùng mẫu báo cáo")
    ROUND_OPENED = "return.round_opened", _("Mở kỳ báo cáo")
    ROUND_CLOSED = "return.round_closed", _("Chốt kỳ báo cáo")
    BEGUN = "return.begun", _("Lập báo cáo")
    SAVED = "return.saved", _("Lưu báo cáo")
    SUBMITTED = "return.submitted", _("Trình báo cáo")
    APPROVED = "return.approved", _("Duyệt và gửi báo cáo")
    SENT_BACK = "return.sent_back", _("Trả lại báo cáo")
    ACCEPTED = "return.accepted", _("Tiếp nhận báo cáo")
    LOCKED = "return.locked", _("Chốt báo cáo")
    REOPENED = "return.reopened", _("Mở lại báo cáo")
    NOTED = "return.noted", _("Nhận xét trên báo cáo")
    WORD_KEPT = "return.word-kept", _("Tải mẫu Word của báo cáo tổng hợp")
    WORD_DROPPED = "return.word-dropped", _("Bỏ mẫu Word của báo cáo tổng hợp")
    CHASED = "return.chased", _("Đôn đốc báo cáo")
    EXTENDED = "return.extended", _("Gia hạn nộp báo cáo")
    NOTE_SETTLED = "return.note_settled", _("Xử lý nhận xét trên báo cáo")
    LINE_TAKEN = "return.line_taken", _("Lập dự thảo nhiệm vụ, kiến nghị từ báo cáo")
    TEMPLATES_LOADED = "return.templates_loaded", _("Nạp mẫu báo cáo dựng sẵn")
    WORKBOOK_DRAWN = "return.workbook_drawn", _("Tải tệp Excel của báo cáo")
    WORKBOOKS_RECEIVED = "return.workbooks_received", _("Nạp tệp Excel báo cáo")
    WORKBOOK_DROPPED = "return.workbook_dropped", _("Bỏ tệp Excel báo cáo")
