"""Messages after an action, with the way back beside them."""

from django.contrib import messages
from django.http import HttpRequest

UNDO = "undo="


def done(request: HttpRequest, text: str, *, undo_url: str = "") -> None:
    """`undo_url` receives a POST when the reader takes the action back."""
    messages.success(request, text, extra_tags=f"{UNDO}{undo_url}" if undo_url else "")
