import json
from collections.abc import Mapping

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import override

from thongsuot.audit.actors import HasActor
from thongsuot.audit.chain import GENESIS, digest
from thongsuot.audit.models import ChainHead, Event

_HEAD = 1


# Part of every act there is, so its statements are written out: composing them anew took longer than running them.
@transaction.atomic(savepoint=False)
def record(
    *, by: HasActor, verb: str, subject: models.Model, details: Mapping[str, object] | None = None
) -> Event:
    """Append one event about `subject`; call it last in an action, for the chain waits until that commits."""
    number, previous = _take_head()
    actor = by.actor
    with override(settings.LANGUAGE_CODE):  # records are kept in one language, whatever the page is read in
        label = str(subject)[:300]
    event = Event(
        number=number + 1,
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
        previous_hash=previous,
    )
    event.hash = digest(event)
    _write(event)
    return event


def _take_head() -> tuple[int, str]:
    """Where the chain ends; nobody else adds to it until this act is over."""
    waits = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number, hash FROM audit_chainhead WHERE id = %s{waits}", [_HEAD])  # noqa: S608
        found: tuple[int, str] | None = cursor.fetchone()
    if found is None:
        ChainHead.objects.get_or_create(pk=_HEAD, defaults={"hash": GENESIS})
        return _take_head()
    return found


def _write(event: Event) -> None:
    fields = [field for field in event._meta.concrete_fields if not field.primary_key]
    columns, places = ", ".join(f'"{field.column}"' for field in fields), ", ".join(["%s"] * len(fields))
    values = [field.get_db_prep_save(getattr(event, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO audit_event ({columns}) VALUES ({places}) RETURNING id",  # noqa: S608
            values,
        )
        (event.pk,) = cursor.fetchone()
        cursor.execute(
            "UPDATE audit_chainhead SET number = %s, hash = %s WHERE id = %s",
            [event.number, event.hash, _HEAD],
        )
    event._state.adding, event._state.db = False, connection.alias


def _fitting(column: str, text: str) -> str:
    return text[: getattr(Event._meta.get_field(column), "max_length", None)]


def _as_stored(details: Mapping[str, object]) -> object:
    """What the database will give back, so that the hash is taken of that: keys as text, dates as ISO."""
    return json.loads(json.dumps(details, cls=DjangoJSONEncoder))
