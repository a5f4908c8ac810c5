from django import forms
from django.utils.translation import gettext_lazy as _

MAX_PASTED = 1_000_000


class PastedTextForm(forms.Form):
    """A report pasted as text, with the name it should bear among the sources."""

    name = forms.CharField(label=_("Tên văn bản"), max_length=200, required=False)
    text = forms.CharField(
        label=_("Nội dung"),
        max_length=MAX_PASTED,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Chưa có nội dung. Dán văn bản vào ô rồi bấm Tiếp nhận.")},
    )
