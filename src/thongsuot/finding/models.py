"""What can be found. The tokens themselves lie in the full-text table of each database (engines)."""

from typing import ClassVar

from django.db import models

from thongsuot.audit.retention import Retention

A_COPY = Retention(
    reason="A copy of words of the record, so that it can be found by them.",
    until="As long as the record itself: the action that removes the record removes the copy.",
)


class Entry(models.Model):
    """One record of a register. Its place puts it among those of its kind, the newest highest (kinds.place_of)."""

    place = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=20)
    key = models.BigIntegerField()
    code = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=400, blank=True)
    note = models.CharField(max_length=400, blank=True)
    # The beginning of the record's text, to show the words found; all of it is searched.
    text = models.TextField(blank=True)
    digest = models.CharField(max_length=32)

    personal_data: ClassVar[dict[str, Retention]] = {"title": A_COPY, "note": A_COPY, "text": A_COPY}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="finding_entry_once")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class Word(models.Model):
    """A token and in about how many entries it occurs: what a beginning may become, and how rare it is."""

    word = models.CharField(max_length=80, primary_key=True)
    entries = models.PositiveBigIntegerField(default=1)

    personal_data: ClassVar[dict[str, Retention]] = {}

    def __str__(self) -> str:
        return self.word


class Indexed(models.Model):
    """A kind whose records have all been indexed, and by which rules texts were cut then."""

    kind = models.CharField(max_length=20, primary_key=True)
    rules = models.CharField(max_length=16)

    personal_data: ClassVar[dict[str, Retention]] = {}

    def __str__(self) -> str:
        return self.kind
