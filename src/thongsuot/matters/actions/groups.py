"""Putting proposals that ask the same thing together, and taking them apart again.

- form_group(by, proposals, title, reason=None) -> ProposalGroup
- join_group(by, group, proposals), leave_group(by, proposals, reason), dissolve_group(by, group, reason)
- restore_group(by, group): a dissolved group with those members that are still free

A group writes nothing on an original but its own key: words, source, day, holder and clock stay what they were.
"""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.lawbook.topics import OTHER, topic_name
from thongsuot.matters.actions.moving import author, leave_steps
from thongsuot.matters.actions.together import locked_all
from thongsuot.matters.enums import Act, Acts
from thongsuot.matters.models import Matter, ProposalGroup
from thongsuot.matters.numbering import GROUPS, next_in_series
from thongsuot.matters.policies import may_all, may_group
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate

FEWEST = 2


@transaction.atomic
def form_group(
    *, by: Mandate, proposals: Sequence[Matter], title: str, reason: Mapping[str, object] | None = None
) -> ProposalGroup:
    """`reason` as it was suggested or typed: {"shared": [words], "why": "…"}."""
    matters = locked_all(proposals)
    _may_be_grouped(by, matters)
    if len(matters) < FEWEST:
        raise Refused(_("Một nhóm cần ít nhất hai kiến nghị."))
    if not title.strip():
        raise Refused(_("Chưa ghi nội dung chung của nhóm."))
    topic = _common_topic(matters)
    group = ProposalGroup.objects.create(
        number=next_in_series(GROUPS, timezone.localdate().year),
        title=title.strip()[:300],
        topic=topic,
        unit=by.unit,
        reason=dict(reason or {}),
        formed_by=author(by),
    )
    _put(matters, group, by, Act.GROUP, str(group))
    details = {"title": group.title, "proposals": _numbers(matters), "reason": group.reason}
    record(by=by, verb=Acts.GROUP_FORMED, subject=group, details=details)
    return group


@transaction.atomic
def join_group(*, by: Mandate, group: ProposalGroup, proposals: Sequence[Matter]) -> ProposalGroup:
    group = _locked(group)
    require(may_group(by, group))
    _standing(group)
    matters = locked_all(proposals)
    if not matters:
        raise Refused(_("Chưa chọn kiến nghị nào."))
    _may_be_grouped(by, matters)
    _fits(matters, group.topic)
    _put(matters, group, by, Act.GROUP, str(group))
    record(by=by, verb=Acts.GROUP_JOINED, subject=group, details={"proposals": _numbers(matters)})
    return group


@transaction.atomic
def leave_group(*, by: Mandate, proposals: Sequence[Matter], reason: str) -> list[Matter]:
    """Out of whichever group each is in; a group nobody is left in is dissolved."""
    matters = locked_all(proposals)
    require(may_all(by, Verb.GROUP, matters))
    _said(reason)
    if loose := [matter for matter in matters if matter.group_id is None]:
        raise Refused(_("Không ở trong nhóm nào: %(them)s.") % {"them": ", ".join(_numbers(loose))})
    for group in list(ProposalGroup.objects.filter(members__in=matters).distinct().order_by("pk")):
        require(may_group(by, group))
        leaving = [matter for matter in matters if matter.group_id == group.pk]
        _put(leaving, None, by, Act.UNGROUP, f"{group}: {reason.strip()}")
        if not group.members.exists():
            group.dissolved_at = timezone.now()
            group.save(update_fields=["dissolved_at"])
        details = {"proposals": _numbers(leaving), "reason": reason.strip()}
        record(by=by, verb=Acts.GROUP_LEFT, subject=group, details=details)
    return matters


@transaction.atomic
def dissolve_group(*, by: Mandate, group: ProposalGroup, reason: str) -> ProposalGroup:
    group = _locked(group)
    require(may_group(by, group))
    _standing(group)
    _said(reason)
    matters = locked_all(group.members.all())
    _put(matters, None, by, Act.UNGROUP, f"{group}: {reason.strip()}")
    group.dissolved_at = timezone.now()
    group.reason = {**group.reason, "members": _numbers(matters)}
    group.save(update_fields=["dissolved_at", "reason"])
    details = {"proposals": _numbers(matters), "reason": reason.strip()}
    record(by=by, verb=Acts.GROUP_DISSOLVED, subject=group, details=details)
    return group


@transaction.atomic
def restore_group(*, by: Mandate, group: ProposalGroup) -> ProposalGroup:
    group = _locked(group)
    require(may_group(by, group))
    if group.dissolved_at is None:
        raise Refused(_("Nhóm %(number)s chưa bị bỏ.") % {"number": group.number})
    before = Matter.objects.filter(number__in=group.reason.get("members", []))
    matters = locked_all(before.filter(group__isnull=True))
    if len(matters) < FEWEST:
        raise Refused(_("Các kiến nghị của nhóm %(number)s đã vào nhóm khác.") % {"number": group.number})
    require(may_all(by, Verb.GROUP, matters))
    group.dissolved_at = None
    group.reason = {key: value for key, value in group.reason.items() if key != "members"}
    group.save(update_fields=["dissolved_at", "reason"])
    _put(matters, group, by, Act.GROUP, str(group))
    record(by=by, verb=Acts.GROUP_RESTORED, subject=group, details={"proposals": _numbers(matters)})
    return group


def _put(matters: Sequence[Matter], group: ProposalGroup | None, by: Mandate, act: Act, text: str) -> None:
    """The only thing a group ever changes on a proposal; the state and the clock stay."""
    for matter in matters:
        matter.group = group
        matter.version += 1
        matter.save(update_fields=["group", "version"])
    leave_steps(matters, act, by=by, text=text)


def _may_be_grouped(by: Mandate, matters: Sequence[Matter]) -> None:
    require(may_all(by, Verb.GROUP, matters))
    faults = {
        _("không phải là kiến nghị"): [matter for matter in matters if not matter.is_proposal],
        _("đã kết thúc"): [matter for matter in matters if not matter.open],
        _("đã ở trong nhóm khác"): [matter for matter in matters if matter.group_id],
    }
    said = [f"{', '.join(_numbers(wrong))} {why}" for why, wrong in faults.items() if wrong]
    if said:
        raise Refused(_("Không gộp được: %(them)s.") % {"them": "; ".join(said)})


def _common_topic(matters: Sequence[Matter]) -> str:
    """The field most of them are in; what is filed under no field in particular goes with any."""
    fields = sorted(matter.topic for matter in matters if matter.topic != OTHER)
    topic = max(fields, key=fields.count) if fields else OTHER
    _fits(matters, topic)
    return topic


def _fits(matters: Sequence[Matter], topic: str) -> None:
    if others := [matter for matter in matters if matter.topic not in {topic, OTHER}]:
        raise Refused(
            _("Không cùng lĩnh vực “%(topic)s”: %(them)s.")
            % {"topic": topic_name(topic), "them": ", ".join(_numbers(others))}
        )


def _standing(group: ProposalGroup) -> None:
    if group.dissolved_at:
        raise Refused(_("Nhóm %(number)s đã bỏ.") % {"number": group.number})


def _said(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Chưa ghi lý do tách. Nhập lý do, ví dụ: khác nội dung."))


def _locked(group: ProposalGroup) -> ProposalGroup:
    return ProposalGroup.objects.select_for_update().get(pk=group.pk)


def _numbers(matters: Sequence[Matter]) -> list[str]:
    return [matter.number for matter in matters]
