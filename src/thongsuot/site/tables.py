import django_tables2 as tables
from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.labels import act_label
from thongsuot.audit.models import Event
from thongsuot.units.models import Mandate
from thongsuot.web.columns import DayColumn, ListTable, NumberColumn


def kind_label(kind: str) -> str:
    """What a kind of record is called; one that no longer exists keeps its technical name."""
    try:
        name = str(apps.get_model(kind)._meta.verbose_name)
    except LookupError:
        return kind
    return name[:1].upper() + name[1:]


class EventTable(ListTable):
    number = NumberColumn(verbose_name=_("Số"))
    at = DayColumn(verbose_name=_("Thời điểm"))
    actor_name = tables.Column(_("Người thực hiện"))
    actor_role = tables.Column(_("Vai trò"))
    actor_unit = tables.Column(_("Đơn vị"))
    verb = tables.Column(_("Việc"))
    subject_label = tables.Column(_("Đối tượng"), attrs={"td": {"class": "wide"}})
    subject_kind = tables.Column(_("Loại"))
    details = tables.Column(_("Chi tiết"), orderable=False)

    empty_title = _("Nhật ký chưa có sự kiện nào")
    empty_says = _("Mỗi việc ghi vào sổ để lại một sự kiện ở đây, ghi rõ ai làm, với vai trò nào.")
    hidden = ("actor_unit", "details")

    class Meta(ListTable.Meta):
        model = Event
        fields = (
            "number",
            "at",
            "actor_name",
            "actor_role",
            "actor_unit",
            "verb",
            "subject_label",
            "subject_kind",
            "details",
        )

    def render_verb(self, value: str) -> str:
        return act_label(value)

    def value_verb(self, value: str) -> str:
        return act_label(value)

    def render_subject_kind(self, value: str) -> str:
        return kind_label(value)

    def value_subject_kind(self, value: str) -> str:
        return kind_label(value)

    def render_details(self, value: dict[str, object]) -> str:
        return "; ".join(f"{name}: {said}" for name, said in value.items())

    def value_details(self, value: dict[str, object]) -> str:
        return self.render_details(value)


class MandateTable(ListTable):
    user = tables.Column(
        _("Họ và tên"), order_by="user__full_name", linkify=lambda record: _mandate_page(record)
    )
    username = tables.Column(_("Tài khoản"), accessor="user__username")
    called = tables.Column(_("Vai trò"), order_by="role_code")
    place = tables.Column(_("Đơn vị"), order_by="unit__name")
    covered = NumberColumn(verbose_name=_("Phụ trách"), orderable=False)
    valid_from = DayColumn(verbose_name=_("Từ ngày"))
    valid_to = DayColumn(verbose_name=_("Đến trước ngày"))

    empty_title = _("Chưa có vai trò nào")
    empty_says = _(
        "Mở tài khoản kèm vai trò cho người đầu tiên; mỗi vai trò gắn với một đơn vị và một thời gian."
    )

    class Meta(ListTable.Meta):
        model = Mandate
        fields = ("user", "username", "called", "place", "covered", "valid_from", "valid_to")


def _mandate_page(record: Mandate) -> str:
    return reverse("administration:mandate", args=[record.pk])
