"""Texts that come in with a form: a file, or words pasted; both are kept as a source, classified ones refused."""

from typing import Any

from thongsuot.sources.actions import receive_evidence
from thongsuot.sources.models import Source
from thongsuot.units.access import MandatedRequest
from thongsuot.units.enums import Verb


def verb_of(request: MandatedRequest) -> Verb:
    """Under which right this person writes in the register."""
    return Verb.KEEP_DOCUMENTS if request.mandate.allows(Verb.KEEP_DOCUMENTS) else Verb.IMPLEMENT


def kept_text(request: MandatedRequest, file: Any, text: str, name: str) -> Source | None:
    """Inside the transaction of the act that rests on it."""
    verb = verb_of(request)
    if file:
        return receive_evidence(by=request.mandate, verb=verb, data=file.read(), name=file.name or "van-ban")
    if text.strip():
        named = f"{name.replace('/', '-')}.txt"
        return receive_evidence(by=request.mandate, verb=verb, data=text.encode(), name=named)
    return None
