import json
from collections.abc import Mapping

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import override

from thongsuot.audit.actors import HasActor
from thongsuot.audit.chain import GENESIS, digest
from thongsuot.audit.models import ChainHead, Event

_HEAD = 1


@transaction.atomic
def record(
    *, by: HasActor, verb: str, subject: models.Model, details: Mapping[str, object] | None = None
) -> Event:
    """Append one event about `subject`; call it last in an action, for the chain waits until that commits."""
    head, _ = ChainHead.objects.select_for_update().get_or_create(pk=_HEAD, defaults={"hash": GENESIS})
    actor = by.actor
    with override(settings.LANGUAGE_CODE):  # records are kept in one language, whatever the page is read in
        label = str(subject)[:300]
    event = Event(
        number=head.number + 1,
        at=timezone.now(),
        actor_username=actor.username,
        actor_name=_fitting("actor_name", actor.name),
        actor_role=_fitting("actor_role", actor.role),
        actor_unit=_fitting("actor_unit", actor.unit),
        actor_unit_key=actor.unit_key,
        verb=verb,
        subject_kind=subject._meta.label_lower,
        subject_key=str(subject.pk),
        subject_label=label,
        details=_as_stored(details or {}),
        previous_hash=head.hash,
    )
    event.hash = digest(event)
    event.save(force_insert=True)
    head.number, head.hash = event.number, event.hash
    head.save(update_fields=["number", "hash"])
    return event


def _fitting(column: str, text: str) -> str:
    return text[: getattr(Event._meta.get_field(column), "max_length", None)]


def _as_stored(details: Mapping[str, object]) -> object:
    """What the database will give back, so that the hash is taken of that: keys as text, dates as ISO."""
    return json.loads(json.dumps(details, cls=DjangoJSONEncoder))
