"""What a plan is asked for: its first conditions, changes of them, one wish about one person."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.staffing.enums import Stage
from thongsuot.staffing.models import Plan, Position
from thongsuot.staffing.planning.conditions import ALL_STAGES, DISTANCE, Bound, Conditions
from thongsuot.web.numbers import NumberField, WholeField

MOST_WEIGHT = 100


class RulesForm(forms.Form):
    """Rules that hold for the whole plan, each with what it is by default and why."""

    on = forms.DateField(
        label=_("Số liệu ngày"), help_text=_("Lấy người, vị trí, khung và biên chế có hiệu lực vào ngày này.")
    )
    max_km = NumberField(
        label=_("Chuyển xa nhất (km, đường chim bay)"),
        required=False,
        min_value=0,
        max_value=2000,
        initial=DISTANCE,
        help_text=_(
            "Không văn bản nào quy định; 30 km là mức đi về trong ngày. Để trống: không giới hạn. "
            "Về đơn vị gốc, địa bàn cũ thì không tính khoảng cách."
        ),
    )
    most_leave = WholeField(
        label=_("Mỗi đơn vị cho đi nhiều nhất (người)"),
        required=False,
        min_value=0,
        help_text=_("Để trống: không giới hạn. Dùng khi đơn vị “thừa” vẫn nhiều việc, cần giảm từng bước."),
    )
    keep_cover = forms.BooleanField(
        label=_("Không để trống chỗ đang có người"),
        required=False,
        initial=True,
        help_text=_("Người duy nhất đang phụ trách một vị trí chỉ chuyển đi khi có người khác vào thay."),
    )
    spare_retiring = forms.BooleanField(
        label=_("Không xếp lại người còn dưới 18 tháng là nghỉ hưu"),
        required=False,
        initial=True,
        help_text=_("Theo tinh thần Nghị định 59/2019/NĐ-CP về định kỳ chuyển đổi vị trí công tác."),
    )
    stages = forms.MultipleChoiceField(
        label=_("Giải pháp được dùng"),
        choices=Stage.choices,
        initial=list(ALL_STAGES),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Bỏ chọn một giải pháp để xem khi không dùng nó; mặc định dùng cả năm."),
    )

    def __init__(self, positions: Sequence[Position], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.positions = positions
        for one in positions:
            self.fields[f"weight-{one.code}"] = WholeField(
                label=str(one), min_value=1, max_value=MOST_WEIGHT, initial=one.weight, required=False
            )

    @property
    def weights(self) -> Iterable[tuple[Position, forms.BoundField]]:
        return [(one, self[f"weight-{one.code}"]) for one in self.positions]

    def rules(self) -> dict[str, Any]:
        said = self.cleaned_data
        weights = {
            one.code: said[f"weight-{one.code}"] for one in self.positions if said[f"weight-{one.code}"]
        }
        return {
            "on": said["on"],
            "max_km": None if said["max_km"] is None else float(said["max_km"]),
            "keep_cover": said["keep_cover"],
            "most_leave": said["most_leave"],
            "spare_retiring": said["spare_retiring"],
            "stages": [stage for stage in ALL_STAGES if stage in said["stages"]],
            "weights": {
                one.code: weights[one.code]
                for one in self.positions
                if weights.get(one.code, one.weight) != one.weight
            },
        }


class PlanForm(RulesForm):
    title = forms.CharField(
        label=_("Tên phương án"),
        max_length=200,
        help_text=_("Các bản sau của cùng phương án giữ tên này và được đánh số."),
    )
    field_order = ("title",)

    def conditions(self) -> Conditions:
        return Conditions(**self.rules())


class ChangeForm(RulesForm):
    """The next version: rules, a cap for one unit, wishes that fall away, and why."""

    change = forms.CharField(
        label=_("Đổi gì, vì sao"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ghi lại cùng phương án để người xem sau hiểu."),
    )
    cap_unit = forms.ModelChoiceField(  # type: ignore[var-annotated]
        label=_("Giới hạn riêng cho đơn vị"),
        queryset=None,
        required=False,
        empty_label=_("Không đặt giới hạn riêng"),
    )
    cap = WholeField(label=_("Cho đi nhiều nhất (người)"), required=False, min_value=0)
    drop = forms.MultipleChoiceField(
        label=_("Bỏ các điều kiện"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reread = forms.BooleanField(
        label=_("Đọc lại sổ nhân sự"),
        required=False,
        help_text=_("Không chọn: tính trên đúng số liệu của bản trước, để hai bản so được với nhau."),
    )
    field_order = ("change",)

    def __init__(
        self,
        plan: Plan,
        before: Conditions,
        positions: Sequence[Position],
        units: Any,
        words: Callable[[str, Bound], str],
        data: Any = None,
    ) -> None:
        initial: dict[str, Any] = {**before.rules, "on": before.on, "stages": list(before.stages)}
        initial |= {f"weight-{code}": weight for code, weight in before.weights.items()}
        super().__init__(positions, data, initial=initial)
        self.plan, self.before = plan, before
        self.bounds = [*(("pin", one) for one in before.pins), *(("forbid", one) for one in before.forbids)]
        self.bounds += [("cap", Bound("", unit, str(most))) for unit, most in sorted(before.caps.items())]
        self.fields["drop"].choices = [  # type: ignore[attr-defined]
            (str(at), words(kind, one)) for at, (kind, one) in enumerate(self.bounds)
        ]
        self.fields["cap_unit"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> None:
        said = self.cleaned_data
        if bool(said.get("cap_unit")) != (said.get("cap") is not None):
            self.add_error("cap", gettext("Giới hạn riêng cần cả đơn vị và số người."))

    def conditions(self) -> Conditions:
        said = self.cleaned_data
        dropped = [self.bounds[int(at)] for at in said["drop"]]
        gone = {one.unit for kind, one in dropped if kind == "cap"}
        caps = {unit: most for unit, most in self.before.caps.items() if unit not in gone}
        if said["cap_unit"]:
            caps[said["cap_unit"].code] = said["cap"]
        changed = replace(self.before, caps=caps, **self.rules())
        return changed.without(*(one.place for kind, one in dropped if kind != "cap"))


class WishForm(forms.Form):
    """One wish about one person: put them somewhere, or keep them from it. The form behind drag and drop."""

    kind = forms.ChoiceField(
        label=_("Điều kiện"),
        choices=[
            ("pin", _("Xếp người này vào đây")),
            ("forbid", _("Không xếp người này vào vị trí này")),
            ("forbid-unit", _("Không xếp người này về đơn vị này")),
        ],
    )
    person = forms.CharField(label=_("Số hồ sơ của người"), max_length=20)
    unit = forms.ModelChoiceField(  # type: ignore[var-annotated]
        label=_("Đơn vị"), queryset=None, empty_label=_("Chọn đơn vị")
    )
    position = forms.ModelChoiceField(  # type: ignore[var-annotated]
        label=_("Vị trí"), queryset=None, required=False, empty_label=_("Chọn vị trí")
    )
    why = forms.CharField(label=_("Lý do"), max_length=300)

    def __init__(self, units: Any, positions: Any, people: frozenset[str], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["position"].queryset = positions  # type: ignore[attr-defined]
        self.people = people

    def clean_person(self) -> str:
        number: str = self.cleaned_data["person"].strip().split(" ")[0]
        if number not in self.people:
            raise forms.ValidationError(gettext("Không có người mang số hồ sơ này trong phương án."))
        return number

    def clean(self) -> None:
        said = self.cleaned_data
        if said.get("kind") in ("pin", "forbid") and not said.get("position"):
            self.add_error("position", gettext("Chọn vị trí, hoặc chọn “Không xếp người này về đơn vị này”."))

    def bound(self, by: str) -> Bound:
        said = self.cleaned_data
        position = "" if said["kind"] == "forbid-unit" else said["position"].code
        return Bound(said["person"], said["unit"].code, position, by, said["why"])
