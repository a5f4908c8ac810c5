"""The entry of a document in the register, and its texts."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thongsuot.documents.actions import Facts
from thongsuot.documents.enums import Audience, Ending, Level, Secrecy
from thongsuot.documents.forms.fields import DocumentField, type_choices
from thongsuot.documents.models import Document, DocumentVersion, Wording
from thongsuot.documents.outlining import PointRecord, located, outline, typed_lines
from thongsuot.web.editing import EditForm

_KEPT = (
    "date",
    "issuer",
    "type",
    "abstract",
    "signer",
    "level",
    "in_force_from",
    "in_force_until",
    "ending",
    "ended_on",
    "ended_by",
)


class DocumentForm(EditForm):
    symbol = forms.CharField(
        label=_("Số, ký hiệu"),
        max_length=80,
        help_text=_("Văn bản của Đảng: 249-KH/UBKTTW; của Nhà nước: 593/TB-VPCP; quy phạm: 30/2020/NĐ-CP."),
    )
    date = forms.DateField(label=_("Ngày ban hành"))
    issuer = forms.CharField(
        label=_("Cơ quan ban hành"),
        max_length=200,
        required=False,
        help_text=_("Để trống nếu ký hiệu đã nói rõ, ví dụ NĐ-CP là Chính phủ."),
    )
    type = forms.ChoiceField(label=_("Loại văn bản"), choices=type_choices, required=False)
    abstract = forms.CharField(
        label=_("Trích yếu"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    signer = forms.CharField(label=_("Người ký"), max_length=200, required=False)
    level = forms.ChoiceField(
        label=_("Cấp ban hành"), choices=[("", _("Chưa rõ")), *Level.choices], required=False
    )
    secrecy = forms.ChoiceField(label=_("Độ mật"), choices=Secrecy.choices, initial=Secrecy.NONE)
    in_force_from = forms.DateField(label=_("Có hiệu lực từ"), required=False)
    in_force_until = forms.DateField(label=_("Có hiệu lực đến hết"), required=False)
    ending = forms.ChoiceField(
        label=_("Chấm dứt trước thời hạn"), choices=[("", _("Không")), *Ending.choices], required=False
    )
    ended_on = forms.DateField(label=_("Chấm dứt từ ngày"), required=False)
    ended_by = DocumentField(
        label=_("Chấm dứt theo văn bản"),
        required=False,
        help_text=_("Số, ký hiệu của văn bản thay thế, bãi bỏ; văn bản đó đã có trong sổ."),
    )

    def values_of(self, row: Document) -> Mapping[str, Any]:
        if row.pk is None:
            return {"secrecy": Secrecy.NONE, "date": timezone.localdate()}
        values = {name: getattr(row, name) for name in _KEPT}
        return {**values, "symbol": row.printed, "secrecy": Secrecy.NONE}

    def facts(self) -> Facts:
        said = self.cleaned_data
        return Facts(symbol=said["symbol"], secrecy=said["secrecy"], **{name: said[name] for name in _KEPT})


TEXT_HELP = _("Dán toàn văn nếu không có tệp. Tệp và chữ dán đều được giữ làm văn bản nguồn.")


class NewDocumentForm(DocumentForm):
    file = forms.FileField(
        label=_("Tệp văn bản"), required=False, help_text=_("Word, PDF hoặc ảnh; văn bản mật không nhận.")
    )
    text = forms.CharField(
        label=_("Toàn văn"), required=False, help_text=TEXT_HELP, widget=forms.Textarea(attrs={"rows": 6})
    )


class VersionForm(forms.Form):
    """A further text of a document, or its first one."""

    effective_on = forms.DateField(label=_("Áp dụng từ"))
    amended_by = DocumentField(
        label=_("Sửa đổi theo văn bản"), help_text=_("Số, ký hiệu của văn bản sửa đổi đã có trong sổ.")
    )
    note = forms.CharField(label=_("Ghi chú"), max_length=500, required=False)
    file = forms.FileField(label=_("Tệp văn bản hợp nhất"), required=False)
    text = forms.CharField(
        label=_("Toàn văn"), required=False, help_text=TEXT_HELP, widget=forms.Textarea(attrs={"rows": 8})
    )

    def __init__(self, document: Document, first: bool, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if first:
            del self.fields["amended_by"]
        self.fields["effective_on"].initial = (
            document.in_force_from or document.date if first else timezone.localdate()
        )


class PointsForm(forms.Form):
    """Every point a line; where the version has a source, each is looked up there for its citation."""

    lines = forms.CharField(
        label=_("Các điểm"),
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text=_(
            "Mỗi điểm một dòng, bắt đầu bằng “Chương I”, “Điều 3.”, “II.”, “2.” hoặc “b)”. Dòng không có số nối vào "
            "điểm đứng trước. Đoạn trước điểm đầu tiên không được giữ."
        ),
    )

    def __init__(self, version: DocumentVersion, kept: list[Wording], *args: Any, **more: Any) -> None:
        self.version = version
        super().__init__(*args, **more)
        if kept:
            self.fields["lines"].initial = typed_lines([(one.kind, one.label, one.text) for one in kept])
        elif version.source:
            self.fields["lines"].initial = version.source.text

    def points(self) -> list[PointRecord]:
        found = outline(self.cleaned_data["lines"])
        return located(found, self.version.source.text if self.version.source else "")


class AudiencesForm(forms.Form):
    audiences = forms.MultipleChoiceField(
        label=_("Đối tượng phải học"),
        choices=Audience.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Khi điểm này được sửa, chỉ các đối tượng đã chọn phải học lại. Không chọn ai là tất cả."
        ),
    )
