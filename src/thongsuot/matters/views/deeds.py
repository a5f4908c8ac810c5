"""The acts on a task as buttons: which a mandate is offered, the small form of each, and what follows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from thongsuot.kernel.verdicts import Refused, Verdict
from thongsuot.matters import actions
from thongsuot.matters.actions.moving import led_to
from thongsuot.matters.enums import Act
from thongsuot.matters.forms import deeds as forms
from thongsuot.matters.models import Matter
from thongsuot.matters.policies import may, may_comment, may_end_wait, may_extend, may_verify
from thongsuot.matters.queries import pending_wish
from thongsuot.matters.views.matters import found
from thongsuot.sources.actions import receive_evidence
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate
from thongsuot.web.editing import tried
from thongsuot.web.toasts import done


@dataclass(frozen=True, slots=True)
class Deed:
    """`verdict` says whether this mandate may; `offered` whether there is anything to do it to just now."""

    name: str
    act: Act
    label: str | Promise
    form: type[forms.DeedForm]
    run: Callable[..., object]
    said: str | Promise
    verb: Verb
    verdict: Callable[[Mandate, Matter], Verdict]
    offered: Callable[[Matter], bool] = lambda _task: True
    kind: str = "plain"
    icon: str = ""
    word: str = "task"

    @property
    def plain(self) -> bool:
        return self.form is forms.NoWordsForm


def _by(verb: Verb) -> Callable[[Mandate, Matter], Verdict]:
    return lambda by, task: may(by, verb, task)


def _waiting(task: Matter) -> bool:
    return task.waiting_since is not None


def _running(task: Matter) -> bool:
    return task.waiting_since is None


def _wished(task: Matter) -> bool:
    return pending_wish(task) is not None


def _unwished(task: Matter) -> bool:
    return _running(task) and not _wished(task)


_PERFORM, _VERIFY, _ISSUE = _by(Verb.PERFORM), _by(Verb.VERIFY), _by(Verb.ISSUE)

DEEDS = (
    Deed("nhan", Act.RECEIVE, _("Nhận"), forms.NoWordsForm, actions.receive_task, _("Đã nhận nhiệm vụ."),
         Verb.PERFORM, _PERFORM, kind="primary", icon="inbox"),
    Deed("nop", Act.SUBMIT, _("Nộp kết quả"), forms.SubmitForm, actions.submit_task,
         _("Đã nộp kết quả, chờ bên giao xác nhận."), Verb.PERFORM, _PERFORM, kind="primary", icon="file-check"),
    Deed("xac-nhan", Act.VERIFY, _("Xác nhận hoàn thành"), forms.VerifyForm, actions.verify_task,
         _("Đã xác nhận hoàn thành."), Verb.VERIFY, may_verify, kind="primary", icon="check"),
    Deed("tra-lai", Act.RETURN, _("Trả lại"), forms.ReturnForm, actions.return_task,
         _("Đã trả lại để bổ sung."), Verb.VERIFY, _VERIFY, icon="arrow-back-up"),
    Deed("het-cho", Act.RESUME, _("Trả lời, hết chờ"), forms.EndWaitForm, actions.end_wait,
         _("Đã ghi trả lời; thời gian của đơn vị thực hiện chạy tiếp."), Verb.PERFORM, may_end_wait, _waiting,
         kind="primary", icon="message-check"),
    Deed("duyet-gia-han", Act.EXTEND, _("Duyệt gia hạn"), forms.GrantForm, actions.grant_extension,
         _("Đã gia hạn."), Verb.EXTEND, may_extend, _wished, kind="primary", icon="clock-plus"),
    Deed("khong-gia-han", Act.REFUSE_EXTENSION, _("Không gia hạn"), forms.RefuseExtensionForm,
         actions.refuse_extension, _("Đã trả lời không gia hạn."), Verb.EXTEND, may_extend, _wished),
    Deed("tien-do", Act.PROGRESS, _("Cập nhật tiến độ"), forms.ProgressForm, actions.report_progress,
         _("Đã ghi tiến độ."), Verb.PERFORM, _PERFORM, icon="progress"),
    Deed("phan-cong", Act.ASSIGN, _("Phân công"), forms.AssignForm, actions.assign_task,
         _("Đã phân công."), Verb.PERFORM, _PERFORM, icon="user-check"),
    Deed("xin-gia-han", Act.ASK_EXTENSION, _("Xin gia hạn"), forms.AskExtensionForm, actions.ask_extension,
         _("Đã gửi xin gia hạn."), Verb.PERFORM, _PERFORM, _unwished, icon="clock-plus"),
    Deed("cho", Act.WAIT, _("Chờ cơ quan khác"), forms.WaitForm, actions.wait_for,
         _("Đã ghi chờ; thời gian tính cho cơ quan được chờ."), Verb.PERFORM, _PERFORM, _running, icon="hourglass"),
    Deed("nhac", Act.REMIND, _("Nhắc"), forms.RemindForm, actions.remind_task,
         _("Đã nhắc."), Verb.ISSUE, _ISSUE, icon="bell"),
    Deed("mo-lai", Act.REOPEN, _("Mở lại"), forms.ReopenForm, actions.reopen_task,
         _("Đã mở lại nhiệm vụ."), Verb.VERIFY, _VERIFY, icon="rotate"),
    Deed("rut", Act.WITHDRAW, _("Rút nhiệm vụ"), forms.WithdrawForm, actions.withdraw_task,
         _("Đã rút nhiệm vụ."), Verb.ISSUE, _ISSUE, kind="danger", icon="ban"),
    Deed("trao-doi", Act.COMMENT, _("Trao đổi"), forms.CommentForm, actions.comment,
         _("Đã ghi."), Verb.READ, may_comment, icon="message", word="matter"),
)  # fmt: skip
BY_NAME = {deed.name: deed for deed in DEEDS}
SEEN = Deed(
    "da-xem",
    Act.SEE,
    _("Đã xem"),
    forms.NoWordsForm,
    actions.acknowledge_amendment,
    _("Đã ghi là đã xem nội dung sửa."),
    Verb.PERFORM,
    _PERFORM,
)


def deeds_for(by: Mandate, task: Matter) -> list[Deed]:
    """What this mandate may do with the task as it stands now."""
    return [
        deed
        for deed in DEEDS
        if led_to(task, deed.act) is not None and deed.offered(task) and deed.verdict(by, task)
    ]


def act_on(
    request: MandatedRequest,
    number: str,
    name: str,
    show: Callable[[Matter, Deed, forms.DeedForm], HttpResponse],
) -> HttpResponse:
    """The form of one act, or the act itself; `show` draws the page of the task with the form open."""
    deed = {**BY_NAME, SEEN.name: SEEN}.get(name)
    task = found(request, number)
    if deed is None or task.is_proposal or not deed.verdict(request.mandate, task):
        raise Http404
    if request.method != "POST":
        return redirect(task) if deed.plain else show(task, deed, deed.form(task))
    form = deed.form(task, request.POST, request.FILES)
    if tried(form, lambda: _run(request, deed, task, form)) is None:
        return show(task, deed, form)
    undo = reverse("matters:undo-verify", args=[task.number]) if deed.act == Act.VERIFY else ""
    done(request, str(deed.said), undo_url=undo)
    return redirect(task)


def _run(request: MandatedRequest, deed: Deed, task: Matter, form: forms.DeedForm) -> object:
    said: dict[str, Any] = {**form.said(), deed.word: task}
    with transaction.atomic():
        if "evidence" in said:
            said["sources"] = keep_files(request, deed.verb, said.pop("evidence"))
        return deed.run(by=request.mandate, **said)


def keep_files(request: MandatedRequest, verb: Verb, files: Any) -> list[Any]:
    return [
        receive_evidence(by=request.mandate, verb=verb, data=file.read(), name=file.name or "tep")
        for file in files
    ]


@needs(Verb.VERIFY)
@require_POST
def undo_verify(request: MandatedRequest, number: str) -> HttpResponse:
    task = found(request, number)
    try:
        actions.take_back_verification(by=request.mandate, task=task)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        done(request, str(_("Đã hoàn tác, nhiệm vụ lại chờ xác nhận.")))
    return redirect(task)
