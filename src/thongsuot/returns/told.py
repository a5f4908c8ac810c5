"""Who hears of a return: by what they may do at its unit."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils import timezone

from thongsuot.notices.actions import TOLD, Message, keep, settle, silent
from thongsuot.notices.enums import Kind
from thongsuot.returns.models import Return
from thongsuot.units.enums import Verb
from thongsuot.units.queries import users_with


def key_of(row: Return) -> str:
    return f"return-{row.pk}"


def tell_units(
    rows: Iterable[Return], verb: Verb, kind: Kind, text: str, occasion: str, *, chased: bool = False
) -> None:
    """One message to each who may do that at the unit, of all the returns at once."""
    if silent():
        return
    rows = list(rows)
    holders = users_with(verb, {row.unit_id for row in rows}, timezone.localdate())
    keep(_messages(rows, holders, kind, text, occasion, chased))


def _messages(
    rows: Iterable[Return],
    holders: Mapping[int, list[int]],
    kind: Kind,
    text: str,
    occasion: str,
    chased: bool,
) -> Iterator[Message]:
    for row in rows:
        suffix = f"{occasion}-{row.times_chased}" if chased else f"{occasion}-{row.number}"
        for user in holders.get(row.unit_id, ()):
            yield Message(
                user=user,
                kind=kind,
                key=f"{key_of(row)}:{suffix}",
                rung=TOLD,
                title=str(row.round),
                text=text,
                url=row.get_absolute_url(),
                due_on=row.due,
            )


def settle_all(row: Return) -> None:
    """Everything that was told of it rests, now that it was dealt with."""
    if silent():
        return
    key = key_of(row)
    chased = [f"{key}:chased-{time}" for time in range(1, row.times_chased + 1)]
    occasions = [
        f"{key}:{occasion}-{number}"
        for occasion in ("opened", "extended", "submitted", "returned", "reopened")
        for number in range(row.number + 1)
    ]
    settle(keys=[key, *chased, *occasions])
