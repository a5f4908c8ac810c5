"""Forms over a row that somebody else may be editing too.

The form carries, in its hidden field `seen`, the version it was filled from and the values it showed. The action gets
the version and refuses when it is no longer the present one (kernel.verdicts.Stale); then the form says what changed,
takes over what the person did not touch, keeps every word they typed, and may be sent again on top.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Protocol, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from thongsuot.kernel.verdicts import Refused, Stale

SEEN = "seen"
Done = TypeVar("Done")


class Editable(Protocol):
    version: Any

    def refresh_from_db(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that somebody else changed: what stands there now, and what this person typed."""

    label: str
    theirs: str
    yours: str
    taken: bool  # the person had not touched it, so the form now shows theirs


class EditForm(forms.Form):
    """`values_of` says what each field shows of the row; `cleaned_data["seen"]` is the version for the action."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, row: Any, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.row: Editable = row
        self.differences: list[Difference] = []
        self.order_fields([SEEN, *self.fields])

    def values_of(self, row: Any) -> Mapping[str, Any]:
        raise NotImplementedError

    @cached_property
    def _values(self) -> Mapping[str, Any]:
        return self.values_of(self.row)

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        if field_name == SEEN:
            return self._shown()
        if field_name in self._values:
            return self._values[field_name]
        return super().get_initial_for_field(field, field_name)

    def clean_seen(self) -> int | None:
        return _said(self.cleaned_data[SEEN])[0]

    def meet(self, refusal: Refused) -> None:
        """Say why the act was refused; after somebody else's change also what changed."""
        self.add_error(None, str(refusal))
        if isinstance(refusal, Stale):
            self._compare()

    def _compare(self) -> None:
        _version, shown = _said(self.data.get(self.add_prefix(SEEN), ""))
        self.row.refresh_from_db()
        self.__dict__.pop("_values", None)
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        for name, theirs in self._values.items():
            field, typed = self.fields[name], self[name].data
            if _plain(field, theirs) == shown.get(name) or not field.has_changed(theirs, typed):
                continue
            untouched = name in shown and not field.has_changed(_as_before(field, shown[name]), typed)
            self.differences.append(
                Difference(
                    str(self[name].label), _in_words(field, theirs), _in_words(field, typed), untouched
                )
            )
            if untouched:
                _put(data, self.add_prefix(name), field.prepare_value(theirs))
        data[self.add_prefix(SEEN)] = self._shown()
        self.data = data

    def _shown(self) -> str:
        values = {name: _plain(self.fields[name], value) for name, value in self._values.items()}
        return json.dumps([self.row.version, values], ensure_ascii=False)


def seen_in(data: Mapping[str, Any]) -> int | None:
    """The version a form without fields to compare was drawn from: its hidden field is the bare number."""
    said = data.get(SEEN, "")
    return int(said) if said.isdigit() else None


def tried(form: forms.BaseForm, act: Callable[[], Done]) -> Done | None:
    """What the act gave; None where the form or the act refuses, and then the form says why."""
    if not form.is_valid():
        return None
    try:
        return act()
    except Refused as refusal:
        if isinstance(form, EditForm):
            form.meet(refusal)
        else:
            form.add_error(None, str(refusal))
    except ValidationError as wrong:
        form.add_error(None, wrong.messages)
    return None


def show_form(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, only_asked: bool = False
) -> HttpResponse:
    """A page with a form: 422 where what was posted could not be taken (an act that is done leads elsewhere), else 200.

    `only_asked`: the POST acts on nothing yet, it asks for the form: for rows chosen in a list, or with more lines.
    """
    refused = request.method == "POST" and not only_asked
    return render(request, template, context, status=422 if refused else 200)


def _said(text: str) -> tuple[int | None, dict[str, Any]]:
    try:
        version, shown = json.loads(text)
        return int(version), dict(shown)
    except (TypeError, ValueError):
        return None, {}


def _plain(field: forms.Field, value: Any) -> Any:
    """As it travels in the page: text, number, truth or a list of these in a fixed order."""
    prepared = field.prepare_value(value)
    plain = json.loads(json.dumps(prepared, cls=_Lists))
    return sorted(plain, key=str) if isinstance(plain, list) else plain


class _Lists(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        return list(o) if hasattr(o, "__iter__") else super().default(o)


def _as_before(field: forms.Field, plain: Any) -> Any:
    try:
        return field.to_python(plain)
    except ValidationError:
        return plain


def _put(data: Any, name: str, value: Any) -> None:
    """As if the person had typed it."""
    if isinstance(value, list | tuple | set):
        data.setlist(name, [str(one) for one in value])
    elif isinstance(value, date):
        data[name] = f"{value:%d-%m-%Y}"
    else:
        data[name] = "" if value in (None, False) else str(value)


def _in_words(field: forms.Field, value: Any) -> str:
    prepared = field.prepare_value(value)
    if isinstance(prepared, bool):
        return _("Có") if prepared else _("Không")
    if isinstance(prepared, date):
        return f"{prepared:%d-%m-%Y}"
    named = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    several = prepared if isinstance(prepared, list | tuple | set) else [prepared]
    return ", ".join(named.get(str(one), str(one)) for one in several if one not in (None, "")) or "—"
