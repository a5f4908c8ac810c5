"""Places, ceilings, workload of a unit; positions and their standards."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thongsuot.staffing.enums import Block, Degree
from thongsuot.staffing.forms.people import PositionField, positions
from thongsuot.staffing.models import Position, PositionStandard, Workload
from thongsuot.web.editing import EditForm
from thongsuot.web.numbers import WholeField


def _today() -> Any:
    return timezone.localdate()


class FrameForm(forms.Form):
    position = PositionField()
    places = WholeField(
        label=_("Số chỗ"), min_value=0, max_value=200, help_text=_("0 nếu đơn vị không có vị trí này.")
    )
    on = forms.DateField(label=_("Từ ngày"), initial=_today)
    basis = forms.CharField(label=_("Căn cứ"), max_length=300, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["position"].queryset = positions()  # type: ignore[attr-defined]


class QuotaForm(forms.Form):
    block = forms.ChoiceField(label=_("Khối"), choices=Block.choices)
    posts = WholeField(label=_("Biên chế"), min_value=0, max_value=2000)
    on = forms.DateField(label=_("Từ ngày"), initial=_today)
    basis = forms.CharField(label=_("Căn cứ"), max_length=300, required=False)


class WorkloadForm(forms.Form):
    on = forms.DateField(label=_("Số liệu ngày"), initial=_today)
    population = WholeField(label=_("Dân số"), min_value=0)
    dossiers = WholeField(label=_("Hồ sơ tiếp nhận trong năm"), min_value=0, required=False)
    upland = forms.BooleanField(label=_("Miền núi, vùng cao"), required=False)
    source = forms.CharField(label=_("Nguồn"), max_length=300, required=False)

    def __init__(self, workload: Workload | None, data: Any = None) -> None:
        names = ("population", "dossiers", "upland", "source")
        names = ("population", "dossiers", "upland", "source")
        initial = {name: getattr(workload, name) for name in names} if workload else {}
        super().__init__(data, initial=initial)


class PositionForm(EditForm):
    name = forms.CharField(label=_("Tên vị trí"), max_length=200)
    short = forms.CharField(label=_("Tên gọn"), max_length=40, required=False, help_text=_("Dùng ở đầu cột."))
    weight = WholeField(
        label=_("Mức ưu tiên"),
        min_value=1,
        max_value=100,
        help_text=_("Lấp một chỗ của vị trí này được tính bấy nhiêu khi lập phương án."),
    )
    standard = forms.CharField(label=_("Tiêu chuẩn theo văn bản"), max_length=300, required=False)
    counted = forms.BooleanField(label=_("Tính thừa, thiếu"), required=False)
    combinable = forms.BooleanField(label=_("Được kiêm nhiệm"), required=False)
    rotates = forms.BooleanField(label=_("Phải định kỳ chuyển đổi"), required=False)

    def values_of(self, row: Position) -> Mapping[str, Any]:
        return {name: getattr(row, name) for name in self.base_fields if name != "seen"}


class StandardForm(forms.Form):
    """What is required from a day on; majors one a line."""

    degree = forms.ChoiceField(label=_("Trình độ từ"), choices=Degree.choices)
    majors = forms.CharField(
        label=_("Ngành đào tạo phù hợp"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Mỗi dòng một ngành; để trống: ngành nào cũng được."),
    )
    on = forms.DateField(label=_("Từ ngày"), initial=_today)
    basis = forms.CharField(label=_("Căn cứ"), max_length=300, required=False)

    def __init__(self, standard: PositionStandard | None, data: Any = None) -> None:
        initial = {"degree": Degree.BACHELOR, "majors": ""}
        if standard:
            initial = {"degree": standard.degree, "majors": "\n".join(standard.majors)}
        super().__init__(data, initial=initial)

    @property
    def listed(self) -> list[str]:
        return [line for line in self.cleaned_data["majors"].splitlines() if line.strip()]


class BatchForm(forms.Form):
    on = forms.DateField(
        label=_("Số liệu ngày"), initial=_today, help_text=_("Cho các tệp không tự ghi ngày.")
    )
