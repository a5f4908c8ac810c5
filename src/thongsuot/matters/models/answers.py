from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.retention import Retention
from thongsuot.lawbook.topics import OTHER
from thongsuot.matters.enums import AnswerKind, Response, SuggestionState
from thongsuot.matters.models.matters import Matter
from thongsuot.matters.models.origins import Origin
from thongsuot.matters.models.threads import AS_ACTED
from thongsuot.units.models import Body, Unit
from thongsuot.web.links import link_to


class ProposalGroup(models.Model):
    """Proposals that ask the same thing; they stay as they are, and may leave again."""

    number = models.CharField(_("Số"), max_length=20, unique=True)
    title = models.CharField(_("Nội dung chung"), max_length=300)
    topic = models.CharField(_("Lĩnh vực"), max_length=40, default=OTHER)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Đơn vị lập"))
    # Why they were put together: shared words, likeness, as they were suggested.
    reason = models.JSONField(default=dict)
    formed_at = models.DateTimeField(auto_now_add=True)
    formed_by = models.CharField(_("Người lập"), max_length=300)
    dissolved_at = models.DateTimeField(null=True, blank=True)

    personal_data: ClassVar[dict[str, Retention]] = {"formed_by": AS_ACTED}

    class Meta:
        verbose_name = _("nhóm kiến nghị")
        ordering = ("-formed_at", "-pk")

    def __str__(self) -> str:
        return f"{self.number} · {self.title}"

    def get_absolute_url(self) -> str:
        return link_to("matters:group", self.number)


class Answer(models.Model):
    """A formal answer to one proposal or to many; the documents and tasks that carry it out hang on it."""

    number = models.CharField(_("Số"), max_length=20, unique=True)
    kind = models.CharField(_("Kết quả"), max_length=20, choices=AnswerKind)
    text = models.TextField(_("Nội dung trả lời"))
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Đơn vị trả lời")
    )
    body = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Cơ quan trả lời"),
    )
    level = models.PositiveSmallIntegerField(_("Cấp giải quyết"), default=0)
    answered_on = models.DateField(_("Ngày trả lời"))
    author = models.CharField(_("Người trả lời"), max_length=300)
    author_username = models.CharField(max_length=150)
    # Beyond authority: to whom it went on.
    forwarded_to = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    forwarded_name = models.CharField(_("Chuyển đến"), max_length=300, blank=True)
    # Already answered: where.
    points_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="pointed_from"
    )
    proposals = models.ManyToManyField(Matter, through="Reply", related_name="answers")
    tasks = models.ManyToManyField(Matter, blank=True, related_name="carries_out", verbose_name=_("Nhiệm vụ"))
    documents = models.ManyToManyField(Origin, blank=True, related_name="answers", verbose_name=_("Văn bản"))

    personal_data: ClassVar[dict[str, Retention]] = {
        "text": AS_ACTED,
        "author": AS_ACTED,
        "author_username": AS_ACTED,
    }

    class Meta:
        verbose_name = _("câu trả lời")
        ordering = ("-answered_on", "-pk")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="answer_says_something"),
            models.CheckConstraint(
                condition=~Q(kind=AnswerKind.BEYOND_AUTHORITY) | ~Q(forwarded_name=""),
                name="answer_beyond_authority_says_to_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return link_to("matters:answer", self.number)


class Reply(models.Model):
    """An answer as it reached one proposal, and what those who asked said to it."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="replies")
    proposal = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="replies")
    response = models.CharField(_("Phản hồi"), max_length=10, choices=Response, default=Response.PENDING)
    respond_by = models.DateField(_("Phản hồi trước ngày"), null=True, blank=True)
    responded_on = models.DateField(_("Ngày phản hồi"), null=True, blank=True)
    note = models.TextField(_("Ý kiến"), blank=True)
    responder = models.CharField(_("Người phản hồi"), max_length=300, blank=True)
    # Of a proposal several units made: which of them agree so far; it is settled when all do.
    agreed_units = models.ManyToManyField(Unit, blank=True, related_name="+", verbose_name=_("Đã đồng ý"))

    personal_data: ClassVar[dict[str, Retention]] = {"responder": AS_ACTED, "note": AS_ACTED}

    class Meta:
        verbose_name = _("trả lời một kiến nghị")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["answer", "proposal"], name="answer_once_a_proposal"),
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(response=Response.PENDING), name="one_answer_awaits_response"
            ),
            models.CheckConstraint(
                condition=Q(response__in=[Response.PENDING, Response.FORWARDED])
                | Q(responded_on__isnull=False),
                name="response_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer} · {self.proposal}"


class GroupSuggestion(models.Model):
    """Proposals that look alike, for a person to put together or to leave as they are; the latter is remembered."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+", verbose_name=_("Đơn vị"))
    state = models.CharField(
        _("Trạng thái"), max_length=10, choices=SuggestionState, default=SuggestionState.OPEN
    )
    title = models.CharField(_("Nội dung chung"), max_length=300)
    topic = models.CharField(_("Lĩnh vực"), max_length=40, default=OTHER)
    reason = models.JSONField(default=dict)
    likeness = models.FloatField(_("Mức giống nhau"))
    members = models.ManyToManyField(Matter, related_name="suggestions", verbose_name=_("Kiến nghị"))
    made_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(_("Người quyết định"), max_length=300, blank=True)
    group = models.ForeignKey(
        ProposalGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    personal_data: ClassVar[dict[str, Retention]] = {"decided_by": AS_ACTED}

    class Meta:
        verbose_name = _("gợi ý nhóm")
        ordering = ("-likeness", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=SuggestionState.OPEN) | Q(decided_at__isnull=False),
                name="suggestion_decided_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title
