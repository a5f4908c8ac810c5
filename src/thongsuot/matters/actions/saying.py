"""What an answer says, and what each kind of answer must say: every fault at once, by field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from thongsuot.kernel.verdicts import Refused
from thongsuot.matters.enums import AnswerKind
from thongsuot.matters.models import Answer, Matter, Origin
from thongsuot.units.models import Body

CARRIED_OUT = (AnswerKind.ACCEPTED, AnswerKind.PARTLY)


class Incomplete(Refused):
    """What is missing, all at once: by field, one sentence each."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task made by the answer itself: the six clears, of which the answer is the basis and `body` leads."""

    text: str
    person: str
    product: str
    due_on: date | None
    body: Body | None = None


@dataclass(frozen=True, slots=True)
class Saying:
    """What an answer says, before it is given."""

    kind: AnswerKind
    text: str = ""
    documents: Sequence[Origin] = ()
    tasks: Sequence[Matter] = ()
    new_task: NewTask | None = None
    forward_to: Body | str | None = None
    points_to: Answer | None = None

    def faults(self, today: date) -> dict[str, str]:
        found = {}
        if self.kind in CARRIED_OUT and not (self.documents or self.tasks or self.new_task):
            found["tasks"] = _(
                "Chấp thuận thì phải nêu văn bản hoặc nhiệm vụ thực hiện, hoặc giao nhiệm vụ mới."
            )
        if self.kind == AnswerKind.BEYOND_AUTHORITY and not self.forwarded_name:
            found["forward_to"] = _(
                "Chưa nêu cơ quan có thẩm quyền. Chọn cơ quan hoặc nhập tên, ví dụ: Bộ Nội vụ."
            )
        if self.kind == AnswerKind.ALREADY_ANSWERED and self.points_to is None:
            found["points_to"] = _("Chưa chỉ ra câu trả lời đã có. Nhập số, ví dụ: TL-2025-000012.")
        if self.points_to and self.points_to.kind == AnswerKind.BEYOND_AUTHORITY:
            found["points_to"] = _("%(answer)s mới chuyển kiến nghị đi, chưa trả lời.") % {
                "answer": self.points_to.number
            }
        if self.kind == AnswerKind.REJECTED and not self.text.strip():
            found["text"] = _("Không chấp thuận thì phải nêu lý do.")
        elif not self.words:
            found["text"] = _("Nội dung trả lời để trống.")
        if self.new_task:
            found |= _faults_of_task(self.new_task, today)
        return found

    @property
    def forwarded_name(self) -> str:
        return str(self.forward_to or "").strip()

    @property
    def words(self) -> str:
        """What was written; where nothing more need be said, the plain sentence."""
        if self.text.strip():
            return self.text.strip()
        if self.kind == AnswerKind.BEYOND_AUTHORITY and self.forwarded_name:
            return f"Vượt thẩm quyền; đã chuyển đến {self.forwarded_name}."
        if self.kind == AnswerKind.ALREADY_ANSWERED and self.points_to:
            return f"Đã được trả lời tại {self.points_to.number}."
        return ""


def _faults_of_task(task: NewTask, today: date) -> dict[str, str]:
    said = {
        "task_text": (task.text.strip(), _("Nhiệm vụ mới chưa có nội dung.")),
        "task_person": (task.person.strip(), _("Nhiệm vụ mới chưa có người chịu trách nhiệm.")),
        "task_body": (task.body, _("Nhiệm vụ mới chưa có cơ quan chủ trì.")),
        "task_product": (task.product.strip(), _("Nhiệm vụ mới chưa có sản phẩm.")),
        "task_due_on": (task.due_on, _("Nhiệm vụ mới chưa có hạn.")),
    }
    found = {name: words for name, (value, words) in said.items() if not value}
    if task.due_on and task.due_on < today:
        found["task_due_on"] = _("Hạn của nhiệm vụ mới đã qua.")
    return found
