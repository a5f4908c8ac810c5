"""News of a file to those it concerns. Titles bear numbers and units, never names."""

from collections.abc import Callable, Iterable
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from thongsuot.audit.actors import HasActor
from thongsuot.notices.actions import tell
from thongsuot.notices.enums import Kind
from thongsuot.staffing.models import Transfer
from thongsuot.units.enums import Verb
from thongsuot.units.models import Unit
from thongsuot.units.queries import users_with


def title_of(transfer: Transfer) -> str:
    return _("%(number)s: %(from)s → %(to)s") % {
        "number": transfer.number,
        "from": transfer.from_unit,
        "to": transfer.to_unit,
    }


def tell_of(
    transfer: Transfer,
    what: str,
    *,
    kind: Kind,
    text: Callable[[], str],
    verb: Verb,
    units: Iterable[Unit | int],
    by: HasActor | None = None,
    due_on: date | None = None,
) -> None:
    """`what` tells this news from others of the file: the same is told once to each. Who acts is not told."""
    keys = {unit if isinstance(unit, int) else unit.pk for unit in units}
    found = users_with(verb, keys, timezone.localdate())
    users = {user for at_unit in found.values() for user in at_unit} - {getattr(by, "user_id", None)}
    with override(settings.LANGUAGE_CODE):  # kept in one language, like the records they speak of
        title, words = title_of(transfer), text()
    tell(
        users=sorted(users),
        kind=kind,
        key=f"transfer:{transfer.pk}:{what}",
        title=title,
        text=words,
        url=transfer.get_absolute_url(),
        due_on=due_on,
    )


def keepers(transfer: Transfer) -> set[int]:
    """Where those sit who keep the file: the authority over both ends, and for a move inside a unit the unit too."""
    above = {unit.parent_id or unit.pk for unit in (transfer.from_unit, transfer.to_unit)}
    return above | {transfer.from_unit_id} if transfer.from_unit_id == transfer.to_unit_id else above
