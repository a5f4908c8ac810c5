"""Which documents and tasks carry an answer out; many answers may hang on one document, and one answer on many.

link_document, unlink_document(by, answer, document); link_task, unlink_task(by, answer, task)
"""

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.matters.actions.saying import CARRIED_OUT
from thongsuot.matters.enums import Acts, OriginKind
from thongsuot.matters.models import Answer, Matter, Origin
from thongsuot.matters.policies import may, may_link
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate


@transaction.atomic
def link_document(*, by: Mandate, answer: Answer, document: Origin) -> None:
    require(may_link(by, answer))
    if document.kind != OriginKind.DOCUMENT:
        raise Refused(_("“%(what)s” không phải là văn bản.") % {"what": document})
    answer.documents.add(document)
    _linked(by, Acts.ANSWER_LINKED, answer, document.title)


@transaction.atomic
def link_task(*, by: Mandate, answer: Answer, task: Matter) -> None:
    require(may_link(by, answer))
    require(may(by, Verb.READ, task))
    if task.is_proposal:
        raise Refused(_("%(number)s là kiến nghị, không phải nhiệm vụ.") % {"number": task.number})
    answer.tasks.add(task)
    _linked(by, Acts.ANSWER_LINKED, answer, task.number)


@transaction.atomic
def unlink_document(*, by: Mandate, answer: Answer, document: Origin) -> None:
    require(may_link(by, answer))
    answer.documents.remove(document)
    _unlinked(by, answer, document.title)


@transaction.atomic
def unlink_task(*, by: Mandate, answer: Answer, task: Matter) -> None:
    require(may_link(by, answer))
    answer.tasks.remove(task)
    _unlinked(by, answer, task.number)


def _unlinked(by: Mandate, answer: Answer, what: str) -> None:
    """What was accepted is never left without what does it."""
    if answer.kind in CARRIED_OUT and not (answer.documents.exists() or answer.tasks.exists()):
        raise Refused(
            _("%(answer)s chấp thuận kiến nghị nên phải còn ít nhất một văn bản hoặc nhiệm vụ thực hiện.")
            % {"answer": answer.number}
        )
    _linked(by, Acts.ANSWER_UNLINKED, answer, what)


def _linked(by: Mandate, verb: Acts, answer: Answer, what: str) -> None:
    record(by=by, verb=verb, subject=answer, details={"what": what})
