from django.db.models import Model, Q, QuerySet

from thongsuot.audit.models import Event


def history_of(subject: Model) -> QuerySet[Event]:
    """What was done to one record, newest first."""
    return Event.objects.filter(subject_kind=subject._meta.label_lower, subject_key=str(subject.pk)).order_by(
        "-number"
    )


def newest_events(within: Q) -> QuerySet[Event]:
    return Event.objects.filter(within).order_by("-number")
