from django.db.models import Model, QuerySet

from thongsuot.audit.models import Event


def history_of(subject: Model) -> QuerySet[Event]:
    """What was done to one record, newest first."""
    return Event.objects.filter(subject_kind=subject._meta.label_lower, subject_key=str(subject.pk)).order_by(
        "-number"
    )


def newest_events() -> QuerySet[Event]:
    return Event.objects.order_by("-number")
