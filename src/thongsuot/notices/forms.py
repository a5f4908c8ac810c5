from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from thongsuot.notices.enums import Kind, Way

_DIGEST_WAYS = [(Way.MAIL.value, Way.MAIL.label), (Way.PAGE.value, _("Không gửi"))]


class WishForm(forms.Form):
    """How a person wants to be told of each kind, and in which language."""

    language = forms.ChoiceField(label=_("Ngôn ngữ của thư"), choices=settings.LANGUAGES)

    def __init__(self, ways: Mapping[Kind, Way], language: str, *args: Any) -> None:
        super().__init__(*args)
        self.initial = {"language": language, **{kind.value: ways[kind] for kind in Kind}}
        for kind in Kind:
            choices = _DIGEST_WAYS if kind is Kind.DIGEST else Way.choices
            self.fields[kind.value] = forms.ChoiceField(label=kind.label, choices=choices, required=False)
        self.order_fields([*Kind.values, "language"])

    def ways(self) -> Mapping[str, str]:
        """What was said; a kind that was left out stays as it is."""
        return {kind: way for kind in Kind.values if (way := self.cleaned_data[kind])}
