"""Minutes typed by hand: who was there, what was asked, what was directed, as rows."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.lawbook.topics import OTHER, topic_name, topics
from thongsuot.matters.enums import KINDS_DOWN, KINDS_UP, Kind
from thongsuot.oversight.actions import Attendance, Minutes, Said
from thongsuot.oversight.enums import Part
from thongsuot.oversight.models import Visit
from thongsuot.units.models import Unit

BLANK_ROWS = 3
MOST_ROWS = 200


def _topics() -> list[tuple[str, str]]:
    language = get_language() or "vi"
    return [(code, topic_name(code, language)) for code in topics()]


class HeadForm(forms.Form):
    date = forms.DateField(label=_("Ngày làm việc"))
    chair = forms.CharField(label=_("Chủ trì"), max_length=200, required=False)


class Row(forms.Form):
    """A row in which nothing was typed is blank, whatever its menus say."""

    typed: tuple[str, ...] = ()

    def has_changed(self) -> bool:
        return not self.is_bound or any(
            str(self.data.get(self.add_prefix(name), "")).strip() for name in self.typed
        )


class AttendanceForm(Row):
    typed = ("name", "title", "organisation")
    name = forms.CharField(label=_("Họ và tên"), max_length=150)
    title = forms.CharField(label=_("Chức vụ"), max_length=300, required=False)
    organisation = forms.CharField(label=_("Cơ quan"), max_length=300, required=False)
    part = forms.ChoiceField(label=_("Vai trò"), choices=Part.choices, initial=Part.ATTENDS)


class SaidForm(Row):
    """A proposal or a direction; the unit is one of the visit's, or all of them."""

    typed = ("text", "speaker")

    text = forms.CharField(label=_("Nội dung"), widget=forms.Textarea(attrs={"rows": 2}))
    kind = forms.ChoiceField(label=_("Loại"))
    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)
    topic = forms.ChoiceField(label=_("Lĩnh vực"), choices=_topics, initial=OTHER)
    speaker = forms.CharField(label=_("Người nêu"), max_length=200, required=False)

    def __init__(self, *args: Any, units: list[Unit], kinds: tuple[Kind, ...], **more: Any) -> None:
        super().__init__(*args, **more)
        self.units = units
        everyone = [("", gettext("Chung các đơn vị"))] if len(units) > 1 else []
        choices = [*everyone, *((str(unit.pk), str(unit)) for unit in units)]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["kind"].initial = kinds[0]
        self.fields["unit"].initial = choices[0][0]

    def said(self) -> Said:
        typed = self.cleaned_data
        chosen = [unit for unit in self.units if str(unit.pk) == typed["unit"]]
        return Said(
            text=typed["text"],
            kind=Kind(typed["kind"]),
            units=chosen or self.units,
            topic=typed["topic"],
            speaker=typed["speaker"],
        )


Attendances: Any = formset_factory(AttendanceForm, extra=BLANK_ROWS, max_num=MOST_ROWS)
Sayings: Any = formset_factory(SaidForm, extra=BLANK_ROWS, max_num=MOST_ROWS)


class MinutesForm:
    """The head and the three lists; `more` in what was posted asks for further blank rows of that list."""

    def __init__(self, visit: Visit, data: Any = None) -> None:
        units = list(visit.units.all())
        if data and (more := data.get("more")) in {"people", "proposals", "directions"}:
            data = data.copy()
            key = f"{more}-TOTAL_FORMS"
            data[key] = str(min(MOST_ROWS, _number(data.get(key)) + BLANK_ROWS))
        leader = visit.group.led_by(visit.day)
        head = {"date": visit.day, "chair": leader.name if leader else ""}
        self.visit = visit
        self.head = HeadForm(data, initial=head)
        self.people: BaseFormSet[AttendanceForm] = Attendances(data, prefix="people")
        self.proposals: BaseFormSet[SaidForm] = Sayings(
            data, prefix="proposals", form_kwargs={"units": units, "kinds": KINDS_UP}
        )
        self.directions: BaseFormSet[SaidForm] = Sayings(
            data, prefix="directions", form_kwargs={"units": units, "kinds": KINDS_DOWN}
        )

    def is_valid(self) -> bool:
        parts = (self.head, self.people, self.proposals, self.directions)
        return all([part.is_valid() for part in parts])  # noqa: C419  all of them say their errors

    def add_error(self, _field: None, refusal: Any) -> None:
        self.head.add_error(None, refusal)

    def minutes(self) -> Minutes:
        return Minutes(
            date=self.head.cleaned_data["date"],
            chair=self.head.cleaned_data["chair"],
            people=[
                Attendance(
                    name=row["name"],
                    part=Part(row["part"]),
                    title=row["title"],
                    organisation=row["organisation"],
                )
                for row in (form.cleaned_data for form in self.people)
                if row
            ],
            proposals=[form.said() for form in self.proposals if form.cleaned_data],
            directions=[form.said() for form in self.directions if form.cleaned_data],
        )


def _number(typed: Any) -> int:
    return int(typed) if str(typed).isdigit() else 0
