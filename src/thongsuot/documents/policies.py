"""Documents are public: all who may read see them; where they are cited, only those who reach the source.

An entry is changed by those who keep the register above it, or by the unit that issued the document. What a unit
answers to a directive is seen from the unit and from above it.
"""

from django.db.models import Q
from django.utils.translation import gettext as _

from thongsuot.documents.models import Directive, Document, DocumentCitation, StudySession, Uptake
from thongsuot.kernel.verdicts import ALLOWED, Verdict, refused
from thongsuot.sources.models import Source
from thongsuot.sources.policies import may as may_source
from thongsuot.sources.policies import scope as source_scope
from thongsuot.units.enums import Tier, Verb
from thongsuot.units.models import Mandate
from thongsuot.units.policies import holds, reach, reaches

NOTHING = Q(pk__in=[])
Subject = Document | DocumentCitation | Directive | Uptake | StudySession


def scope(mandate: Mandate) -> Q:
    return Q() if mandate.allows(Verb.READ) else NOTHING


def citation_scope(mandate: Mandate) -> Q:
    return Q(citation__source__in=Source.objects.filter(source_scope(mandate)).values("pk"))


def directive_scope(mandate: Mandate) -> Q:
    """Those given by one's own unit, or by the one above it."""
    if not mandate.allows(Verb.READ):
        return NOTHING
    above = [mandate.unit.parent_id] if mandate.unit.parent_id else []
    return Q(issuer__in=[*mandate.places, *above])


def answer_scope(mandate: Mandate) -> Q:
    """Uptakes and study sessions: of the units within reach."""
    return reach(mandate) if mandate.allows(Verb.READ) else NOTHING


def may(mandate: Mandate, verb: Verb, subject: Subject | None = None) -> Verdict:
    if not (held := holds(mandate, verb)) or subject is None:
        return held
    match subject:
        case DocumentCitation():
            return may_source(mandate, verb, subject.citation.source)
        case Directive():
            seen = Directive.objects.filter(directive_scope(mandate), pk=subject.pk).exists()
            return ALLOWED if seen else _beyond(str(subject))
        case Uptake() | StudySession():
            within = (
                subject.unit_id in mandate.places
                if verb == Verb.IMPLEMENT
                else reaches(mandate, subject.unit)
            )
            return ALLOWED if within else _beyond(str(subject))
    return _on_document(mandate, verb, subject)


def may_edit(mandate: Mandate, document: Document) -> Verdict:
    """Keepers of the register above, or the unit whose document it is."""
    if mandate.allows(Verb.KEEP_DOCUMENTS):
        return may(mandate, Verb.KEEP_DOCUMENTS, document)
    return may(mandate, Verb.IMPLEMENT, document)


def may_enter(mandate: Mandate) -> Verdict:
    if mandate.allows(Verb.KEEP_DOCUMENTS):
        return ALLOWED
    return holds(mandate, Verb.IMPLEMENT)


def may_study(mandate: Mandate) -> Verdict:
    """Sessions are written down by the units that hold them; the city holds its own."""
    if mandate.allows(Verb.KEEP_DOCUMENTS) and mandate.unit.tier == Tier.PROVINCE:
        return ALLOWED
    return holds(mandate, Verb.IMPLEMENT)


def _on_document(mandate: Mandate, verb: Verb, document: Document) -> Verdict:
    if verb == Verb.KEEP_DOCUMENTS and document.keeper and not reaches(mandate, document.keeper):
        return refused(
            _("“%(document)s” do %(unit)s giữ trong sổ; chỉ nơi đó được sửa.")
            % {"document": document, "unit": document.keeper}
        )
    if verb == Verb.IMPLEMENT and document.unit_id not in mandate.places:
        return refused(
            _("“%(document)s” không phải văn bản của %(unit)s.")
            % {"document": document, "unit": mandate.unit}
        )
    return ALLOWED


def _beyond(what: str) -> Verdict:
    return refused(_("“%(what)s” không thuộc phạm vi của vai trò đang dùng.") % {"what": what})
