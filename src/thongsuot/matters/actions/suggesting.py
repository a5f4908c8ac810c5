"""Groups as the machine would form them, for a person to accept, wholly or in part, or to pass over.

- suggest_groups(province) -> how many wait to be looked at: as often as you like, what was passed over stays so
- accept_suggestion(by, suggestion, proposals, title) -> ProposalGroup
- dismiss_suggestion(by, suggestion); reopen_suggestion(by, suggestion)
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.audit.actions import record
from thongsuot.audit.actors import SYSTEM
from thongsuot.kernel.verdicts import Refused, require
from thongsuot.lawbook.topics import OTHER
from thongsuot.likeness import Statement, Weights, groups
from thongsuot.matters.actions.groups import FEWEST, form_group
from thongsuot.matters.actions.moving import author
from thongsuot.matters.enums import AWAITED, Acts, Direction, SuggestionState
from thongsuot.matters.models import GroupSuggestion, Matter, ProposalGroup
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.policies import holds

COMPARED = 20_000  # the newest of a province
LONGEST_TITLE = 160


@transaction.atomic
def suggest_groups(province: Unit) -> int:
    """What is still suggested keeps its place; what no longer holds goes."""
    waiting = Matter.objects.filter(
        province=province, direction=Direction.UP, state__in=AWAITED, group__isnull=True
    )
    matters = {matter.pk: matter for matter in waiting.order_by("-pk")[:COMPARED]}
    passed_over = [_keys(one) for one in _of(province, SuggestionState.DISMISSED)]
    standing = {_keys(one): one for one in _of(province, SuggestionState.OPEN)}
    found = {
        frozenset(matter.pk for matter in made.members): made
        for made in _candidates(matters)
        if not any(2 * len(old & {one.pk for one in made.members}) > len(made.members) for old in passed_over)
    }
    gone = [one.pk for keys, one in standing.items() if keys not in found]
    fresh = [made for keys, made in found.items() if keys not in standing]
    GroupSuggestion.objects.filter(pk__in=gone).delete()
    for made in fresh:
        made.suggestion.unit = province
        made.suggestion.save()
        made.suggestion.members.set(made.members)
    if gone or fresh:
        details = {"new": len(fresh), "gone": len(gone), "compared": len(matters)}
        record(by=SYSTEM, verb=Acts.GROUPS_SUGGESTED, subject=province, details=details)
    return len(found)


class _Made:
    def __init__(self, suggestion: GroupSuggestion, members: Sequence[Matter]) -> None:
        self.suggestion, self.members = suggestion, members


def _candidates(matters: dict[int, Matter]) -> Iterator[_Made]:
    """A group has one field of work: where likeness reaches over several, each field is a group of its own."""
    statements = [
        Statement(matter.pk, matter.text, "" if matter.topic == OTHER else matter.topic, matter.competence)
        for matter in matters.values()
    ]
    for grouping in groups(statements, Weights.usual()):
        members = [matters[int(key)] for key in grouping.members]
        topics = Counter(matter.topic for matter in members)
        main = max(topics, key=lambda topic: (topic != OTHER, topics[topic], topic))
        for topic in topics:
            fitting = {topic, OTHER} if topic == main else {topic}
            together = [matter for matter in members if matter.topic in fitting]
            if len(together) < FEWEST or (topic == OTHER and main != OTHER):
                continue
            same = len({matter.competence for matter in together}) == 1
            reason = {
                "shared": list(grouping.shared_terms[:6]),
                "same_topic": True,
                "same_competence": same and bool(together[0].competence),
                "likeness": grouping.score,
            }
            title = together[0].text
            if len(title) > LONGEST_TITLE:
                title = f"{title[:LONGEST_TITLE].rsplit(' ', 1)[0]}…"
            yield _Made(
                GroupSuggestion(title=title, topic=topic, reason=reason, likeness=grouping.score), together
            )


def _of(province: Unit, state: SuggestionState) -> list[GroupSuggestion]:
    return list(GroupSuggestion.objects.filter(unit=province, state=state).prefetch_related("members"))


def _keys(suggestion: GroupSuggestion) -> frozenset[int]:
    return frozenset(matter.pk for matter in suggestion.members.all())


@transaction.atomic
def accept_suggestion(
    *, by: Mandate, suggestion: GroupSuggestion, proposals: Sequence[Matter], title: str
) -> ProposalGroup:
    """The members chosen; the others stay free and may be suggested again."""
    suggestion = _open(by, suggestion)
    members = {matter.pk for matter in suggestion.members.all()}
    if foreign := [matter.number for matter in proposals if matter.pk not in members]:
        raise Refused(_("Không có trong gợi ý này: %(them)s.") % {"them": ", ".join(foreign)})
    group = form_group(by=by, proposals=proposals, title=title, reason=suggestion.reason)
    _decide(by, suggestion, SuggestionState.ACCEPTED)
    suggestion.group = group
    suggestion.save()
    return group


@transaction.atomic
def dismiss_suggestion(*, by: Mandate, suggestion: GroupSuggestion) -> GroupSuggestion:
    suggestion = _open(by, suggestion)
    _decide(by, suggestion, SuggestionState.DISMISSED)
    suggestion.save()
    numbers = [matter.number for matter in suggestion.members.order_by("number")]
    record(by=by, verb=Acts.SUGGESTION_DISMISSED, subject=suggestion, details={"proposals": numbers})
    return suggestion


@transaction.atomic
def reopen_suggestion(*, by: Mandate, suggestion: GroupSuggestion) -> GroupSuggestion:
    """It was passed over by mistake."""
    suggestion = _locked(by, suggestion)
    if suggestion.state != SuggestionState.DISMISSED:
        raise Refused(_("Gợi ý này chưa bị bỏ qua."))
    suggestion.state, suggestion.decided_at, suggestion.decided_by = SuggestionState.OPEN, None, ""
    suggestion.save()
    record(by=by, verb=Acts.SUGGESTION_REOPENED, subject=suggestion)
    return suggestion


def _decide(by: Mandate, suggestion: GroupSuggestion, state: SuggestionState) -> None:
    suggestion.state, suggestion.decided_at, suggestion.decided_by = state, timezone.now(), author(by)


def _open(by: Mandate, suggestion: GroupSuggestion) -> GroupSuggestion:
    suggestion = _locked(by, suggestion)
    if suggestion.state != SuggestionState.OPEN:
        raise Refused(_("Gợi ý này đã được xem: %(state)s.") % {"state": suggestion.get_state_display()})
    return suggestion


def _locked(by: Mandate, suggestion: GroupSuggestion) -> GroupSuggestion:
    require(holds(by, Verb.GROUP))
    current = GroupSuggestion.objects.select_for_update().filter(pk=suggestion.pk).first()
    if current is None:
        raise Refused(_("Gợi ý này không còn; danh sách vừa được tính lại."))
    if current.unit_id != by.unit_id:
        raise Refused(_("Gợi ý này thuộc đơn vị khác."))
    return current
