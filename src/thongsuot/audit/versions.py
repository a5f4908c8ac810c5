"""Rows that two people may edit at once: nobody writes over a change they have not seen."""

from typing import TypeVar

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thongsuot.audit.queries import history_of
from thongsuot.kernel.verdicts import Stale


class Versioned(models.Model):
    """Counts the changes of a row; a form carries the number it was filled from."""

    version = models.PositiveIntegerField(gettext_lazy("Lần sửa"), default=1, db_default=1, editable=False)

    class Meta:
        abstract = True


Row = TypeVar("Row", bound=Versioned)


def take_turn(row: Row, seen: int | None) -> Row:
    """One more change of the row, unless somebody changed it after version `seen` was shown.

    Call it inside the transaction of the act, before reading what the act builds on: whoever comes second waits
    here until the first is done. None: nobody was shown the row, the act itself decides on what is there now.
    """
    rows = type(row)._base_manager.filter(pk=row.pk)
    if seen is not None:
        rows = rows.filter(version=seen)
    if not rows.update(version=F("version") + 1):
        raise Stale(_overtaken(row))
    row.refresh_from_db(fields=["version"])
    return row


def _overtaken(row: Versioned) -> str:
    last = history_of(row).first()
    if last is None:
        return _(
            "“%(row)s” đã được sửa sau khi bạn mở trang này. Chưa ghi gì: xem chỗ khác nhau rồi gửi lại."
        ) % {"row": row}
    return _(
        "“%(row)s” đã được %(who)s sửa lúc %(at)s, sau khi bạn mở trang này. Chưa ghi gì: xem chỗ khác nhau rồi "
        "gửi lại."
    ) % {"row": row, "who": last.who, "at": f"{timezone.localtime(last.at):%H:%M %d-%m-%Y}"}
