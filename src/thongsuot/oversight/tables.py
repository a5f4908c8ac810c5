import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.forms import SearchInput
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from thongsuot.documents.models import Document
from thongsuot.finding.queries import matching
from thongsuot.matters.tables import ALL, unit_names, units_in_reach
from thongsuot.oversight.enums import ConferenceState, MeetingKind
from thongsuot.oversight.found import MEETING
from thongsuot.oversight.models import Conference, Meeting, MeetingDocument
from thongsuot.oversight.queries import documents_met_under, visible_groups
from thongsuot.units.models import UNIT_NAMED_BY, Mandate, Unit
from thongsuot.web.columns import BadgeColumn, DayColumn, ListTable, NumberColumn, QuoteColumn
from thongsuot.web.filters import AnyOfFilter, DayRangeFilter, OneOfFilter

KIND_TONES = {
    "supervision": ("calm", "eye-check"),
    "conference": ("plain", "users-group"),
    "working-session": ("plain", "messages"),
    "voter-meeting": ("plain", "speakerphone"),
    "directive": ("plain", "file-text"),
    "other": ("plain", "calendar-event"),
}


def documents_in_reach(request: HttpRequest | None) -> QuerySet[Document]:
    mandate: Mandate | None = getattr(request, "mandate", None)
    return documents_met_under(mandate) if mandate else Document.objects.none()


class MeetingFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="containing", label=_("Chứa chữ"), widget=SearchInput)
    unit = OneOfFilter(
        method="with_unit",
        label=_("Đơn vị"),
        queryset=units_in_reach,
        named_by=UNIT_NAMED_BY,
        empty_label=ALL,
    )
    group = AnyOfFilter(field_name="working_group", label=_("Tổ công tác"), empty_label=ALL)
    kind = AnyOfFilter(choices=MeetingKind.choices, label=_("Loại"), empty_label=ALL)
    date = DayRangeFilter(label=_("Ngày"))
    document = OneOfFilter(
        method="under_document", label=_("Văn bản"), queryset=documents_in_reach, empty_label=ALL
    )

    class Meta:
        model = Meeting
        fields: list[str] = []

    def __init__(self, *args: object, request: HttpRequest, **kwargs: object) -> None:
        super().__init__(*args, request=request, **kwargs)
        groups = visible_groups(request.mandate).order_by("-campaign__started_on", "number")  # type: ignore[attr-defined]
        self.filters["group"].extra["choices"] = [(group.pk, group.label) for group in groups]

    def containing(self, meetings: QuerySet[Meeting], name: str, value: str) -> QuerySet[Meeting]:
        return meetings.filter(pk__in=matching(MEETING, value, self.request.mandate))

    def with_unit(self, meetings: QuerySet[Meeting], name: str, value: Unit) -> QuerySet[Meeting]:
        return meetings.filter(pk__in=Meeting.units.through.objects.filter(unit=value).values("meeting_id"))

    def under_document(self, meetings: QuerySet[Meeting], name: str, value: Document) -> QuerySet[Meeting]:
        return meetings.filter(pk__in=MeetingDocument.objects.filter(document=value).values("meeting"))


class MeetingTable(ListTable):
    title = tables.Column(
        _("Buổi làm việc"), linkify=True, order_by=("title", "pk"), attrs={"td": {"class": "wide"}}
    )
    date = DayColumn(verbose_name=_("Ngày"))
    kind = BadgeColumn(tones=KIND_TONES, verbose_name=_("Loại"))
    units = tables.Column(_("Đơn vị"), orderable=False, empty_values=())
    group = tables.Column(_("Tổ công tác"), accessor="working_group__label", order_by=("working_group", "pk"))
    chair = tables.Column(_("Chủ trì"))
    proposals = NumberColumn(verbose_name=_("Kiến nghị"))
    tasks = NumberColumn(verbose_name=_("Nhiệm vụ"))
    quote = QuoteColumn(accessor="source_url")
    hidden = ("kind",)
    empty_title = _("Chưa có buổi làm việc nào")
    empty_says = _(
        "Buổi giám sát, hội nghị hiện ở đây khi người tiếp nhận xác nhận từ một báo cáo, biên bản."
    )

    class Meta(ListTable.Meta):
        order_by = ("-date", "-pk")

    def render_units(self, record: Meeting) -> str:
        return unit_names(record.units.all())

    def value_units(self, record: Meeting) -> str:
        return ", ".join(str(unit) for unit in record.units.all())

    def render_group(self, record: Meeting) -> str:
        return str(record.working_group)

    def value_group(self, value: str) -> str:
        return value


class ConferenceFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="containing", label=_("Chứa chữ"), widget=SearchInput)
    state = AnyOfFilter(
        method="in_state", choices=ConferenceState.choices, label=_("Trạng thái"), empty_label=ALL
    )
    planned_on = DayRangeFilter(label=_("Ngày dự kiến"))

    class Meta:
        model = Conference
        fields: list[str] = []

    def containing(self, rows: QuerySet[Conference], name: str, value: str) -> QuerySet[Conference]:
        typed = value.strip()
        return rows.filter(Q(organisation__icontains=typed) | Q(term__icontains=typed))

    def in_state(self, rows: QuerySet[Conference], name: str, value: list[str]) -> QuerySet[Conference]:
        states = {
            ConferenceState.PREPARED: Q(meeting=None),
            ConferenceState.HELD: Q(meeting__isnull=False, closed_on=None),
            ConferenceState.CLOSED: Q(closed_on__isnull=False),
        }
        wanted = Q()
        for state in value:
            wanted |= states[ConferenceState(state)]
        return rows.filter(wanted)


STATE_TONES = {
    "prepared": ("due", "clipboard-list"),
    "held": ("calm", "users-group"),
    "closed": ("plain", "circle-check"),
}


class ConferenceTable(ListTable):
    title = tables.Column(
        _("Hội nghị"),
        linkify=True,
        order_by=("organisation", "ordinal", "pk"),
        attrs={"td": {"class": "wide"}},
    )
    planned_on = DayColumn(verbose_name=_("Ngày dự kiến"))
    held_on = DayColumn(verbose_name=_("Diễn ra"), accessor="meeting__date")
    state = BadgeColumn(tones=STATE_TONES, verbose_name=_("Trạng thái"), orderable=False)
    closes = tables.Column(_("Sơ kết kỳ"), order_by=("closes__last_day", "pk"))
    opens = tables.Column(_("Nhiệm vụ của kỳ"), order_by=("opens__last_day", "pk"))
    points = NumberColumn(verbose_name=_("Kết luận"))
    waiting = NumberColumn(verbose_name=_("Chưa giao"))
    empty_title = _("Chưa có hội nghị nào")
    empty_says = _("Hội nghị hiện ở đây khi có người ghi phần chuẩn bị.")

    class Meta(ListTable.Meta):
        order_by = ("-planned_on", "-pk")
