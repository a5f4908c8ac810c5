from typing import ClassVar

from django.db import models


class Submission(models.Model):
    """A form that was sent, by the digest of all it said; where the answer led once it was done."""

    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    led_to = models.CharField(max_length=500, blank=True)

    personal_data: ClassVar[dict[str, object]] = {}  # the digest tells nothing of who or what

    class Meta:
        verbose_name = "biểu mẫu đã gửi"

    def __str__(self) -> str:
        return self.digest
