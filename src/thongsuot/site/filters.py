"""Filters of the trail and of mandates."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.labels import act_label, registered_verbs
from thongsuot.audit.models import Event
from thongsuot.lawbook.roles import roles
from thongsuot.site.tables import kind_label
from thongsuot.units.models import Mandate
from thongsuot.units.queries import holding_on
from thongsuot.web.filters import AnyOfFilter, DayRangeFilter, TextFilter

IN_FORCE, ENDED = "in-force", "ended"


def role_choices() -> list[tuple[str, str]]:
    language = get_language() or "vi"
    return [(role.code, role.name.get(language, role.name["vi"])) for role in roles().values()]


def _verb_choices() -> list[tuple[str, str]]:
    return sorted(((verb, act_label(verb)) for verb in registered_verbs()), key=lambda choice: choice[1])


def _kind_choices() -> list[tuple[str, str]]:
    kinds = Event.objects.order_by().values_list("subject_kind", flat=True).distinct()
    return sorted(((kind, kind_label(kind)) for kind in kinds), key=lambda choice: choice[1])


class EventFilter(django_filters.FilterSet):
    who = TextFilter(label=_("Người thực hiện"), method="by_person")
    verb = AnyOfFilter(label=_("Việc"), choices=_verb_choices)
    subject_kind = AnyOfFilter(label=_("Loại đối tượng"), choices=_kind_choices)
    at = DayRangeFilter(label=_("Thời gian"))

    class Meta:
        model = Event
        fields: list[str] = []

    def by_person(self, events: QuerySet[Event], name: str, value: str) -> QuerySet[Event]:
        return events.filter(Q(actor_name__icontains=value) | Q(actor_username__icontains=value))


class MandateFilter(django_filters.FilterSet):
    who = TextFilter(label=_("Họ tên, tài khoản"), method="by_person")
    role = AnyOfFilter(label=_("Vai trò"), field_name="role_code", choices=role_choices)
    state = AnyOfFilter(
        label=_("Hiệu lực"), method="by_state", choices=[(IN_FORCE, _("Đang giữ")), (ENDED, _("Đã kết thúc"))]
    )

    class Meta:
        model = Mandate
        fields: list[str] = []

    def by_person(self, mandates: QuerySet[Mandate], name: str, value: str) -> QuerySet[Mandate]:
        return mandates.filter(Q(user__full_name__icontains=value) | Q(user__username__icontains=value))

    def by_state(self, mandates: QuerySet[Mandate], name: str, value: str) -> QuerySet[Mandate]:
        today = holding_on(timezone.localdate())
        return mandates.filter(today) if value == IN_FORCE else mandates.exclude(today)
