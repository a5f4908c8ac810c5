"""The six clears of an order in one form, and whom it goes to: all, a group, or names as they are pasted from Excel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from thongsuot.lawbook.bodies import body_kinds
from thongsuot.lawbook.calendar import add_working_days
from thongsuot.lawbook.topics import OTHER
from thongsuot.matters.actions import Clears
from thongsuot.matters.audiences import Audience, audiences
from thongsuot.matters.models import Order, Origin
from thongsuot.matters.queries import addressable_units
from thongsuot.matters.tables.matters import topic_choices
from thongsuot.units.enums import Reach, Tier
from thongsuot.units.models import Body, Mandate, Unit
from thongsuot.units.policies import works_in
from thongsuot.units.queries import holding_on, units_by_names
from thongsuot.web.editing import EditForm

ALL_COMMUNES, NAMED, OWN = "all", "named", "own"
MOST_SHOWN = 12  # faults told one by one; of a longer paste the rest are counted


def whom_choices(by: Mandate, groups: Sequence[Audience]) -> list[Any]:
    choices: list[Any] = [(NAMED, _("Các đơn vị nhập tên ở ô dưới"))]
    if by.role.reach in (Reach.SUBTREE, Reach.COVERED):
        choices.insert(0, (ALL_COMMUNES, _("Tất cả phường, xã, đặc khu thuộc phạm vi")))
    if by.role.reach != Reach.COVERED:
        choices.append((OWN, _("Cơ quan trong %(unit)s") % {"unit": by.unit}))
    if groups:
        choices.append((_("Theo tổ công tác"), [(group.key, group.label) for group in groups]))
    return choices


def lead_choices(by: Mandate) -> list[tuple[str, Any]]:
    kinds = body_kinds()
    if by.role.reach == Reach.BODY and by.body:
        return [(by.body.code, by.body.name)]
    return [
        ("", _("Chọn cơ quan chủ trì")),
        *sorted(kinds.items(), key=lambda one: list(kinds).index(one[0])),
    ]


@dataclass(frozen=True, slots=True)
class Addressed:
    """Units an order goes to, and lines that name none, or more than one."""

    units: list[Unit]
    faults: list[str]


def named_units(typed: str, among: Any) -> Addressed:
    """One name a line, or separated by semicolons or tabs as copied from a sheet; each said by its line when wrong."""
    lines = [
        (number, name.strip())
        for number, line in enumerate(typed.splitlines(), 1)
        for name in line.replace("\t", ";").split(";")
        if name.strip()
    ]
    units: dict[int, Unit] = {}
    faults = []
    for (number, name), found in zip(
        lines, units_by_names((name for _line, name in lines), among), strict=True
    ):
        if found.unit:
            units[found.unit.pk] = found.unit
        else:
            faults.append(_fault(number, name, found.bearing or found.alike))
    return Addressed(list(units.values()), faults)


def _fault(line: int, name: str, near: Sequence[Unit]) -> str:
    if near:
        meant = ", ".join(str(unit) for unit in near[:3])
        return _now(
            "Dòng %(line)s: “%(name)s” chưa rõ là đơn vị nào (%(meant)s). Ghi đủ phường, xã và tên có dấu."
        ) % {
            "line": line,
            "name": name,
            "meant": meant,
        }
    return _now("Dòng %(line)s: không có đơn vị “%(name)s” trong phạm vi của bạn.") % {
        "line": line,
        "name": name,
    }


class _Texts:
    """Fields an order has wherever it is written."""

    @staticmethod
    def words(label: Any, rows: int, **more: Any) -> forms.CharField:
        return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)


class OrderForm(EditForm):
    text = _Texts.words(_("Việc phải làm"), 3, max_length=5000)
    whom = forms.ChoiceField(label=_("Đơn vị thực hiện"), required=False)
    names = _Texts.words(
        _("Tên các đơn vị"),
        4,
        required=False,
        help_text=_("Mỗi dòng một tên; dán được cả cột từ Excel. Ví dụ: phường Tân Khánh."),
    )
    lead_code = forms.ChoiceField(label=_("Cơ quan chủ trì tại đơn vị"), required=False)
    person = forms.CharField(
        label=_("Người chịu trách nhiệm"),
        max_length=200,
        required=False,
        help_text=_("Họ tên hoặc chức danh, ví dụ: Chủ tịch Ủy ban nhân dân."),
    )
    due_on = forms.DateField(label=_("Thời hạn"), required=False)
    basis = forms.CharField(
        label=_("Căn cứ (thẩm quyền)"),
        max_length=300,
        required=False,
        help_text=_("Văn bản, kết luận mà việc này dựa vào."),
    )
    product = _Texts.words(_("Sản phẩm phải nộp"), 2, required=False, max_length=2000)
    topic = forms.ChoiceField(label=_("Lĩnh vực"), required=False)
    priority = forms.BooleanField(label=_("Ưu tiên: phải kèm tệp minh chứng khi nộp"), required=False)
    supporters = forms.ModelMultipleChoiceField(
        Body.objects.none(),
        label=_("Cơ quan phối hợp"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, by: Mandate, row: Order, *args: Any, origin: Origin | None = None, **more: Any
    ) -> None:
        self.by, self.origin = by, row.origin or origin
        self.today = timezone.localdate()
        self.groups = audiences(by)
        self.addressed = Addressed([], [])
        super().__init__(row, *args, **more)
        self.fields["whom"].choices = whom_choices(by, self.groups)  # type: ignore[attr-defined]
        self.fields["lead_code"].choices = lead_choices(by)  # type: ignore[attr-defined]
        allowed = [(code, name) for code, name in topic_choices() if works_in(by, code)]
        self.fields["topic"].choices = allowed  # type: ignore[attr-defined]
        self.fields["supporters"].queryset = _supporters(by, self.today)  # type: ignore[attr-defined]

    def values_of(self, row: Order) -> Mapping[str, Any]:
        if row.pk is None:
            return {
                "basis": self.origin.title if self.origin else "",
                "due_on": add_working_days(self.today, 15),
                "topic": self.by.fields[0] if self.by.fields else OTHER,
                "lead_code": self.by.body.code if self.by.body else "peoples_committee",
                "whom": whom_choices(self.by, ())[0][0],
            }
        units = list(row.units.order_by("name", "pk"))
        everyone = {unit.pk for unit in self._communes()}
        whom = ALL_COMMUNES if units and {unit.pk for unit in units} == everyone else NAMED
        return {
            **{
                name: getattr(row, name)
                for name in ("text", "lead_code", "person", "due_on", "basis", "product", "topic", "priority")
            },
            "supporters": list(row.supporters.all()),
            "whom": whom,
            "names": "" if whom == ALL_COMMUNES else "\n".join(map(str, units)),
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "whom" in self.fields:
            self.addressed = self._whom(said)
            for fault in self.addressed.faults[:MOST_SHOWN]:
                self.add_error("names", fault)
            rest = len(self.addressed.faults) - MOST_SHOWN
            if rest > 0:
                self.add_error("names", _now("và %(count)s dòng khác.") % {"count": rest})
        return said

    def _whom(self, said: Mapping[str, Any]) -> Addressed:
        whom = said.get("whom")
        if whom == ALL_COMMUNES:
            return Addressed(self._communes(), [])
        if whom == OWN:
            return Addressed([self.by.unit], [])
        everyone = addressable_units(self.by, self.today)
        if group := next((group for group in self.groups if group.key == whom), None):
            return Addressed(list(everyone.filter(pk__in=group.units)), [])
        return named_units(said.get("names") or "", everyone)

    def _communes(self) -> list[Unit]:
        return list(addressable_units(self.by, self.today).filter(tier=Tier.COMMUNE))

    def clears(self) -> Clears:
        said = self.cleaned_data
        return Clears(
            text=said.get("text", ""),
            units=self.addressed.units,
            person=said["person"],
            product=said["product"],
            basis=said["basis"],
            due_on=said["due_on"],
            lead_code=said["lead_code"],
            supporters=list(said["supporters"]),
            topic=said.get("topic") or OTHER,
            priority=said["priority"],
            origin=self.origin,
        )


class AmendForm(OrderForm):
    """An order that units have already: whom it goes to is added to elsewhere."""

    reason = _Texts.words(
        _("Lý do sửa"), 2, max_length=500, help_text=_("Các đơn vị thấy lý do này cùng chỗ sửa.")
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("whom", "names"):
            del self.fields[name]

    def values_of(self, row: Order) -> Mapping[str, Any]:
        return {
            name: value for name, value in super().values_of(row).items() if name not in ("whom", "names")
        }


class RecordedForm(OrderForm):
    """What was recorded is the work and its topic; it goes to the units named in it unless others are."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("text", "topic"):
            del self.fields[name]

    def values_of(self, row: Order) -> Mapping[str, Any]:
        return {
            name: value for name, value in super().values_of(row).items() if name not in ("text", "topic")
        }


class MoreUnitsForm(forms.Form):
    names = _Texts.words(_("Giao thêm cho"), 3, help_text=_("Mỗi dòng một tên; dán được cả cột từ Excel."))

    def __init__(self, by: Mandate, *args: Any, **more: Any) -> None:
        self.by = by
        self.addressed = Addressed([], [])
        super().__init__(*args, **more)

    def clean_names(self) -> str:
        typed: str = self.cleaned_data["names"]
        self.addressed = named_units(typed, addressable_units(self.by, timezone.localdate()))
        for fault in self.addressed.faults[:MOST_SHOWN]:
            self.add_error("names", fault)
        return typed


class ReasonForm(forms.Form):
    reason = _Texts.words(_("Lý do"), 2, max_length=500)


def _supporters(by: Mandate, on: Any) -> Any:
    """Bodies of the mandate's own unit and of the one above it."""
    units = [by.unit_id, by.unit.parent_id or by.unit_id]
    return (
        Body.objects.filter(holding_on(on), unit__in=units).select_related("unit").order_by("unit_id", "pk")
    )
