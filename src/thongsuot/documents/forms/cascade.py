"""Giving a document to be put into effect, and answering that."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from thongsuot.documents.actions import Facts
from thongsuot.documents.enums import UptakeKind
from thongsuot.documents.forms.fields import type_choices
from thongsuot.documents.models import Directive, Document, Point, TakenPoint, Wording
from thongsuot.matters.forms.orders import OrderForm
from thongsuot.matters.models import Order
from thongsuot.units.models import Body, Mandate
from thongsuot.units.queries import holding_on


class DirectiveForm(OrderForm):
    """An order that is filled in already: the unit's own document is what it has to hand in."""

    def __init__(self, by: Mandate, document: Document, *args: Any, **more: Any) -> None:
        self.document = document
        super().__init__(by, Order(issuer=by.unit), *args, **more)
        del self.fields["supporters"]

    def values_of(self, row: Order) -> Mapping[str, Any]:
        party = "/" in self.document.symbol and not self.document.symbol[:4].isdigit()
        return {
            **super().values_of(row),
            "text": _now("Cụ thể hóa và tổ chức thực hiện %(document)s") % {"document": self.document},
            "basis": str(self.document)[:300],
            "product": _now("Văn bản cụ thể hóa hoặc kế hoạch thực hiện của đơn vị, gắn với từng điểm"),
            "person": _now("Bí thư Đảng ủy") if party else _now("Chủ tịch Ủy ban nhân dân"),
            "lead_code": "party_committee" if party else "peoples_committee",
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        said["supporters"] = []
        return said


class AnswerForm(forms.Form):
    """The unit's own document, taken from the register or entered here; or why it does not apply."""

    kind = forms.ChoiceField(
        label=_("Hình thức"), choices=UptakeKind.choices, widget=forms.RadioSelect, initial=UptakeKind.PLAN
    )
    document = forms.ModelChoiceField(
        Document.objects.none(),
        label=_("Văn bản đã có trong sổ"),
        required=False,
        empty_label=_("Nhập văn bản mới ở dưới"),
    )
    symbol = forms.CharField(
        label=_("Số, ký hiệu"), max_length=80, required=False, help_text=_("Ví dụ 15-KH/ĐU hoặc 15/KH-UBND.")
    )
    date = forms.DateField(label=_("Ngày ban hành"), required=False)
    issuer = forms.ChoiceField(label=_("Cơ quan ban hành"), required=False)
    type = forms.ChoiceField(label=_("Loại văn bản"), choices=type_choices, required=False)
    abstract = forms.CharField(
        label=_("Trích yếu"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    signer = forms.CharField(label=_("Người ký"), max_length=200, required=False)
    file = forms.FileField(label=_("Tệp văn bản"), required=False)
    lines = forms.CharField(
        label=_("Các điểm của văn bản đơn vị"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Không bắt buộc. Mỗi điểm một dòng, để sau đó gắn điểm với điểm."),
    )
    points = forms.MultipleChoiceField(
        label=_("Cụ thể hóa các điểm"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Những điểm của văn bản cấp trên mà văn bản đơn vị thực hiện."),
    )
    reason = forms.CharField(
        label=_("Lý do không áp dụng"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    hand_in = forms.BooleanField(
        label=_("Nộp luôn kết quả nhiệm vụ"),
        required=False,
        initial=True,
        help_text=_("Bỏ chọn nếu đơn vị còn ban hành thêm văn bản."),
    )

    def __init__(
        self, by: Mandate, directive: Directive, leaves: Sequence[Wording], on: Any, *args: Any, **more: Any
    ) -> None:
        self.by = by
        super().__init__(*args, **more)
        own = Document.objects.filter(unit__in=by.places).exclude(takes_up__directive=directive)
        self.fields["document"].queryset = own.order_by("-date", "-pk")  # type: ignore[attr-defined]
        bodies = Body.objects.filter(holding_on(on), unit=by.unit).order_by("pk")
        self.fields["issuer"].choices = [(body.name, body.name) for body in bodies]  # type: ignore[attr-defined]
        self.leaves = {str(one.point_id): one.point for one in leaves}
        self.fields["points"].choices = [  # type: ignore[attr-defined]
            (str(one.point_id), f"{one.label}: {one.brief}") for one in leaves
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("kind") == UptakeKind.NOT_APPLICABLE:
            if not said.get("reason"):
                self.add_error(
                    "reason", _now("Chưa nêu lý do không áp dụng. Nhập lý do để bên giao xem xét.")
                )
        elif not said.get("document"):
            for name in ("symbol", "date"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, _now("Cần có để ghi văn bản vào sổ."))
        return said

    def facts(self) -> Facts:
        names = ("symbol", "date", "issuer", "type", "abstract", "signer")
        return Facts(**{name: self.cleaned_data[name] for name in names})

    def chosen(self) -> list[Point]:
        return [self.leaves[key] for key in self.cleaned_data["points"]]


WHOLE = "whole"


class LinkForm(forms.Form):
    """For each point of the directive: not taken up, by the whole document, or in one of its points."""

    def __init__(
        self,
        leaves: Sequence[Wording],
        theirs: Sequence[Wording],
        taken: Sequence[TakenPoint],
        *args: Any,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.leaves, self.theirs = list(leaves), {str(one.point_id): one.point for one in theirs}
        choices = [
            ("", _now("Chưa cụ thể hóa")),
            (WHOLE, _now("Cả văn bản")),
            *((str(one.point_id), f"{one.label}: {one.brief}") for one in theirs),
        ]
        known = {one.point_id: str(one.by_point_id) if one.by_point_id else WHOLE for one in taken}
        for one in self.leaves:
            self.fields[f"p{one.point_id}"] = forms.ChoiceField(
                label=f"{one.label}: {one.brief}",
                choices=choices,
                required=False,
                initial=known.get(one.point_id, ""),
            )

    def links(self) -> dict[Point, Point | None]:
        said = {one.point: self.cleaned_data[f"p{one.point_id}"] for one in self.leaves}
        return {point: self.theirs.get(value) for point, value in said.items() if value}
