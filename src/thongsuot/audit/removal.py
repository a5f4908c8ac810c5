"""Taking a row out of a register: refused, in words, while other rows stand on it."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext as _

from thongsuot.kernel.verdicts import Refused

_NAMED = 5


def remove_or_refuse(row: models.Model) -> None:
    """Delete it from the database; `row` itself keeps its key, for the trail."""
    stored = type(row)._base_manager.get(pk=row.pk)
    try:
        stored.delete()
    except models.ProtectedError as error:
        raise Refused(still_used(str(row), error.protected_objects)) from error


def still_used(label: str, users: Iterable[models.Model]) -> str:
    """One sentence naming what depends on the row."""
    names = sorted({f"{user._meta.verbose_name} “{user}”" for user in users})
    listed = "; ".join(names[:_NAMED])
    if len(names) > _NAMED:
        listed = _("%(listed)s và %(more)d mục khác") % {"listed": listed, "more": len(names) - _NAMED}
    return _("Chưa xóa được “%(row)s” vì đang được dùng ở: %(listed)s.") % {"row": label, "listed": listed}
