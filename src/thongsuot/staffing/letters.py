"""Papers of a transfer file as Word, in the layout of state papers: drafts for the pen, to be completed by hand.

The registers say who, from where, to where and by which rule; what they do not know stays open (number, day, signer).
"""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from thongsuot.lawbook.paper_layouts import STATE, layouts
from thongsuot.lawbook.transfers import chain_of, consulted, transfer_rules
from thongsuot.staffing.enums import Means, Party
from thongsuot.staffing.models import Transfer
from thongsuot.units.models import Unit
from thongsuot.units.queries import province_of
from thongsuot.web.papers import Head, Paper, Signature

_OPEN = "……"
COMMUNE = "commune"


@override(settings.LANGUAGE_CODE)
def hearing_minutes(transfer: Transfer, on: date) -> bytes:
    """What was said when the person was met; before that, a form to write it on."""
    paper = Paper(layouts()[STATE], on, _("Biên bản nghe ý kiến"))
    paper.head(_head([transfer], transfer.heard_on or on, "BB"))
    paper.title(_("Biên bản"), _("gặp, nghe ý kiến về việc %(means)s") % {"means": _lower(transfer)})
    person = transfer.person
    paper.text(
        _("Hôm nay, %(day)s, tại %(place)s, thực hiện %(rule)s, đã gặp và nghe ý kiến:")
        % {
            "day": _in_words(transfer.heard_on),
            "place": transfer.from_unit,
            "rule": transfer_rules(transfer.opened_on).hearing_source["vi"],
        }
    )
    paper.item(_("Người gặp: %(who)s") % {"who": transfer.heard_by or _OPEN})
    paper.item(
        _("Người được gặp: %(name)s, số hồ sơ %(number)s, đang giữ vị trí %(position)s, %(unit)s")
        % {
            "name": person.full_name,
            "number": person.number,
            "position": transfer.from_position,
            "unit": transfer.from_unit,
        }
    )
    paper.heading(_("1. Mục đích, sự cần thiết"))
    paper.text(transfer.reason)
    paper.item(_whereto(transfer))
    paper.heading(_("2. Ý kiến của người được gặp"))
    paper.text(transfer.view or _OPEN)
    agrees = {True: _("Đồng ý"), False: _("Chưa đồng ý"), None: _OPEN}[transfer.person_agrees]
    paper.text(_("Kết luận của người được gặp: %(said)s.") % {"said": agrees})
    paper.text(_("Biên bản đã đọc lại cho người được gặp nghe, thống nhất và ký tên."))
    paper.close(
        Signature(
            _("Người gặp"), "", [_("Như trên"), _("Lưu hồ sơ %(number)s") % {"number": transfer.number}]
        )
    )
    return paper.data()


@override(settings.LANGUAGE_CODE)
def decision_draft(transfers: Sequence[Transfer], on: date) -> bytes:
    """One decision for one file or for all of a chain."""
    first = transfers[0]
    chain = chain_of(first.kind, first.opened_on)
    paper = Paper(layouts()[STATE], first.decision_on or on, _("Quyết định điều động"))
    paper.head(_head(transfers, first.decision_on or on, "QĐ", first.decision_number))
    means = ", ".join(dict.fromkeys(_lower(one) for one in transfers))
    paper.title(_("Quyết định"), _("về việc %(means)s công chức") % {"means": means})
    for basis in _bases(transfers):
        paper.text(_("Căn cứ %(basis)s;") % {"basis": basis}, italic=True)
    paper.heading(_("QUYẾT ĐỊNH:"))
    paper.heading(_("Điều 1."))
    for one in transfers:
        paper.text(_article(one))
    paper.heading(_("Điều 2."))
    paper.text(_orders(transfers))
    paper.heading(_("Điều 3."))
    units = dict.fromkeys(str(unit) for one in transfers for unit in (one.from_unit, one.to_unit))
    paper.text(
        _("%(units)s và những người có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này.")
        % {"units": ", ".join(units)}
    )
    recipients = [
        _("Như Điều 3"),
        _("Lưu: VT, hồ sơ %(numbers)s") % {"numbers": ", ".join(one.number for one in transfers)},
    ]
    paper.close(Signature(first.decided_by or chain.signer["vi"], "", recipients))
    return paper.data()


def _head(transfers: Sequence[Transfer], on: date, kind: str, number: str = "") -> Head:
    first = transfers[0]
    city = province_of(first.to_unit)
    inside = chain_of(first.kind, first.opened_on).decides == COMMUNE
    return Head(
        superior="" if inside else _committee(city),
        issuer=_committee(first.to_unit) if inside else str(Party.HOME_AFFAIRS.label),
        place=(first.to_unit if inside else city).name,
        on=on,
        number=number.split("/")[0].split("-")[0],
        code="UBND" if inside else "SNV",
        kind=kind,
    )


def _committee(unit: Unit) -> str:
    return _("Ủy ban nhân dân %(unit)s") % {"unit": unit}


def _lower(transfer: Transfer) -> str:
    return str(transfer.get_means_display()).lower()


def _in_words(day: date | None) -> str:
    if day is None:
        return _("ngày %(open)s tháng %(open)s năm %(open)s") % {"open": _OPEN}
    return _("ngày %(day)02d tháng %(month)02d năm %(year)d") % {
        "day": day.day,
        "month": day.month,
        "year": day.year,
    }


def _whereto(transfer: Transfer) -> str:
    return _("%(means)s đến %(unit)s, vị trí %(position)s") % {
        "means": transfer.get_means_display(),
        "unit": transfer.to_unit,
        "position": transfer.to_position,
    }


def _bases(transfers: Sequence[Transfer]) -> list[str]:
    found: dict[str, None] = {}
    for one in transfers:
        chain = chain_of(one.kind, one.opened_on)
        found[transfer_rules(one.opened_on).hearing_source["vi"]] = None
        if one.means == Means.SECONDMENT:
            found[_("Nghị định 170/2025/NĐ-CP, Điều 26")] = None
        found[chain.source["vi"]] = None
        for code in chain.consult:
            found[_("ý kiến của %(body)s") % {"body": consulted(code)}] = None
        if one.heard_on:
            found[_("biên bản nghe ý kiến ngày %(day)s") % {"day": f"{one.heard_on:%d-%m-%Y}"}] = None
        for consent in one.consents.filter(answered_on__isnull=False).select_related("unit"):
            found[
                _("ý kiến của %(unit)s ngày %(day)s")
                % {"unit": consent.unit, "day": f"{consent.answered_on:%d-%m-%Y}"}
            ] = None
    return list(found)


def _article(transfer: Transfer) -> str:
    told = _(
        "%(means)s ông (bà) %(name)s, số hồ sơ %(number)s, từ vị trí %(from_position)s, %(from_unit)s, "
        "đến nhận nhiệm vụ ở vị trí %(to_position)s, %(to_unit)s"
    ) % {
        "means": transfer.get_means_display(),
        "name": transfer.person.full_name,
        "number": transfer.person.number,
        "from_position": transfer.from_position,
        "from_unit": transfer.from_unit,
        "to_position": transfer.to_position,
        "to_unit": transfer.to_unit,
    }
    told += _(", kể từ %(day)s") % {"day": _in_words(transfer.effective_on)}
    if transfer.means == Means.SECONDMENT:
        told += _(", đến hết %(day)s") % {"day": _in_words(transfer.ends_on)}
    return f"{told}."


def _orders(transfers: Sequence[Transfer]) -> str:
    if all(one.means == Means.SECONDMENT for one in transfers):
        return _(
            "Trong thời gian biệt phái, người được biệt phái do nơi đến phân công, đánh giá; nơi đi trả lương và các "
            "chế độ."
        )
    return _("Người có tên tại Điều 1 bàn giao công việc, hồ sơ, tài sản theo danh mục kèm hồ sơ điều động.")
