"""Opening transfer files: one, or a whole chain in one act; every fault at once, nothing by halves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from thongsuot.kernel.verdicts import require
from thongsuot.lawbook.locks import lock_name, lock_source
from thongsuot.lawbook.staffing import months_after
from thongsuot.lawbook.transfers import chain_of, transfer_rules
from thongsuot.matters.numbering import next_in_series
from thongsuot.staffing.actions.people import look_at_locks
from thongsuot.staffing.actions.transfers.stepping import Faults, called, trace
from thongsuot.staffing.enums import (
    OPEN_TRANSFERS,
    Acts,
    Block,
    Category,
    Means,
    MoveKind,
    MoveStanding,
    PositionKind,
    TransferKind,
)
from thongsuot.staffing.models import Holding, Person, PlanMove, Position, Transfer
from thongsuot.staffing.policies import may, may_open_transfer
from thongsuot.staffing.queries.leaders import bodies_led, over_the_mean, relatives_in_the_way
from thongsuot.staffing.queries.transfers.people import (
    locks_on,
    name_of,
    training_need,
)
from thongsuot.staffing.queries.transfers.places import full_posts
from thongsuot.units.enums import Tier, Verb
from thongsuot.units.models import Mandate, Unit

SERIES = "DD"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One move somebody wants made."""

    person: Person
    to_unit: Unit
    to_position: Position
    means: Means
    reason: str
    move: PlanMove | None = None
    training_need: str = ""
    to_body: str = ""


def open_transfer(
    *,
    by: Mandate,
    person: Person,
    to_unit: Unit,
    to_position: Position,
    means: Means,
    reason: str,
    move: PlanMove | None = None,
    training_need: str = "",
    to_body: str = "",
) -> Transfer:
    """The kind follows from the two ends, and with it the way the file goes."""
    one = Wanted(person, to_unit, to_position, means, reason, move, training_need, to_body)
    return _open_all(by, [one])[0]


def open_chain(*, by: Mandate, moves: Sequence[PlanMove], reason: str = "") -> list[Transfer]:
    """A file for each of the moves, all of them or none; each move then stands as accepted."""
    asked = [move.pk for move in moves]
    rows = PlanMove.objects.select_related("plan", "person", "to_unit__parent", "to_position")
    moves = sorted(rows.filter(pk__in=asked), key=lambda move: asked.index(move.pk))
    if not moves:
        raise Faults([_("Chưa chọn đề xuất nào. Chọn ít nhất một đề xuất của phương án.")])
    settled = [move for move in moves if move.standing != MoveStanding.PROPOSED]
    if settled:
        raise Faults(
            _("%(person)s: đề xuất này đã xử lý (%(standing)s).")
            % {"person": name_of(move.person, by), "standing": move.get_standing_display()}
            for move in settled
        )
    return _open_all(by, [_wanted(move, reason) for move in moves])


def _open_all(by: Mandate, wanted: Sequence[Wanted]) -> list[Transfer]:
    """A refusal that names somebody's case is a look at it, and leaves its trace though nothing else is written."""
    try:
        with transaction.atomic():
            return _open(by, wanted)
    except Faults as faults:
        for person in faults.cases_of:
            look_at_locks(by=by, person=person)
        raise


def _wanted(move: PlanMove, reason: str) -> Wanted:
    means = Means.REASSIGNMENT if move.kind == MoveKind.REASSIGNMENT else Means.TRANSFER
    with override(settings.LANGUAGE_CODE):
        reason = reason.strip() or _("Theo phương án “%(plan)s”") % {"plan": move.plan}
    return Wanted(move.person, move.to_unit, move.to_position, means, reason, move)


def kind_of(from_unit: Unit, from_position: Position, to_unit: Unit, to_position: Position) -> TransferKind:
    blocks = {from_position.block, to_position.block}
    if Block.DEPARTMENT in blocks or Tier.PROVINCE in (from_unit.tier, to_unit.tier):
        return TransferKind.DEPARTMENT
    if len(blocks) > 1:
        return TransferKind.BLOCKS
    return TransferKind.INSIDE if from_unit.pk == to_unit.pk else TransferKind.BETWEEN


def _open(by: Mandate, wanted: Sequence[Wanted]) -> list[Transfer]:
    today = timezone.localdate()
    people = [one.person.pk for one in wanted]
    # Two people opening a file for the same person come one after the other.
    list(Person.objects.select_for_update().filter(pk__in=people).order_by("pk").values_list("pk"))
    posts = full_posts(people, today)
    for one in wanted:
        post = posts.get(one.person.pk)
        require(may_open_transfer(by, *([post.unit] if post else []), one.to_unit))
    against = _Against(by, wanted, posts, today)
    if faults := [fault for one in wanted for fault in against.faults(one)]:
        raise Faults(faults, against.cases_told)
    moves = [one.move.pk for one in wanted if one.move]
    taken = PlanMove.objects.filter(pk__in=moves, standing=MoveStanding.PROPOSED)
    if taken.update(standing=MoveStanding.ACCEPTED) != len(moves):
        raise Faults([_("Có đề xuất vừa được người khác xử lý. Tải lại trang để xem.")])
    opened = [_write(by, one, posts[one.person.pk], today) for one in wanted]
    for file in opened:
        details = {"kind": file.kind, "means": file.means, "person": file.person.number, "plan": _plan(file)}
        trace(by, Acts.TRANSFER_OPENED, file, details)
    return opened


def _plan(transfer: Transfer) -> int | None:
    return transfer.move.plan_id if transfer.move else None


def _write(by: Mandate, one: Wanted, post: Holding, today: date) -> Transfer:
    kind = kind_of(post.unit, post.position, one.to_unit, one.to_position)
    with override(settings.LANGUAGE_CODE):
        need = one.training_need or training_need(one.person, one.to_unit, one.to_position, today)
    return Transfer.objects.create(
        number=next_in_series(SERIES, today.year),
        person=one.person,
        kind=kind,
        means=one.means,
        from_unit=post.unit,
        from_position=post.position,
        to_unit=one.to_unit,
        to_position=one.to_position,
        to_body=one.to_body,
        move=one.move,
        opened_on=today,
        opened_by=called(by),
        reason=one.reason.strip()[:500],
        training_need=need[:300],
    )


class _Against:
    """What stands against each of the moves; what is asked of the database is asked once for all of them."""

    def __init__(
        self, by: Mandate, wanted: Sequence[Wanted], posts: Mapping[int, Holding], today: date
    ) -> None:
        people = [one.person.pk for one in wanted]
        self.by, self.posts, self.today, self.people = by, posts, today, people
        self.locks = locks_on(people, today)
        open_files = Transfer.objects.filter(person__in=people, state__in=OPEN_TRANSFERS)
        self.open = dict(open_files.values_list("person", "number"))
        self.cases_told: list[Person] = []

    def faults(self, one: Wanted) -> list[str]:
        name = name_of(one.person, self.by)
        return [f"{name}: {fault}" for fault in (*self._of_person(one), *self._of_place(one))]

    def _of_person(self, one: Wanted) -> list[str]:
        found, key = [], one.person.pk
        if self.people.count(key) > 1:
            found.append(_("có trong danh sách nhiều lần; mỗi người chỉ lập một hồ sơ."))
        if key in self.open:
            found.append(_("đã có hồ sơ %(number)s chưa xong.") % {"number": self.open[key]})
        if one.person.left_on and one.person.left_on <= self.today:
            found.append(_("đã thôi việc từ %(day)s.") % {"day": f"{one.person.left_on:%d-%m-%Y}"})
        elif key not in self.posts:
            found.append(_("hiện không giữ vị trí chính thức nào trong sổ; ghi vị trí đang giữ trước."))
        if key in self.locks:
            post = self.posts.get(key)
            found.append(locked_words(self.by, post, self.locks[key]))
            self.cases_told += [one.person] if tells_case(self.by, post) else []
        found += self._of_category(one.person)
        if not one.reason.strip():
            found.append(_("chưa nêu lý do điều động."))
        return found

    def _of_category(self, person: Person) -> list[str]:
        if person.category in (Category.CONTRACT, Category.PART_TIME):
            return [
                _("thuộc diện “%(category)s”, không bố trí vào vị trí công chức.")
                % {"category": person.get_category_display()}
            ]
        return []

    def _of_place(self, one: Wanted) -> list[str]:
        post = self.posts.get(one.person.pk)
        if post is None:
            return []
        found = []
        if (post.unit_id, post.position_id) == (one.to_unit.pk, one.to_position.pk):
            found.append(_("đang giữ đúng vị trí này, không có gì thay đổi."))
        if not one.to_unit.holds_on(self.today):
            found.append(_("“%(unit)s” không còn hoặc chưa có hiệu lực.") % {"unit": one.to_unit})
        if not one.to_position.holds_on(self.today):
            found.append(_("vị trí “%(position)s” không còn hiệu lực.") % {"position": one.to_position})
        if one.to_position.kind == PositionKind.ELECTED:
            found.append(
                _("“%(position)s” do bầu cử, phê chuẩn, không bố trí bằng hồ sơ điều động.")
                % {"position": one.to_position}
            )
        found += self._of_means(one, post)
        if why := over_the_mean(one.to_unit, one.to_position, self.today, but_not=one.person):
            found.append(why)
        found += self._of_body(one)
        if relatives_in_the_way(one.person, one.to_unit, one.to_position, self.today, body=one.to_body):
            found.append(
                _("vướng quy định về người có quan hệ gia đình ở “%(unit)s” (Quy định 114-QĐ/TW).")
                % {"unit": one.to_unit}
            )
        return found

    def _of_body(self, one: Wanted) -> list[str]:
        """Of a head or a deputy the file says of which department, and of nobody else."""
        among = bodies_led(one.to_position)
        if among and not one.to_body:
            return [
                _("chưa ghi sẽ phụ trách phòng nào ở vị trí “%(position)s”.") % {"position": one.to_position}
            ]
        if one.to_body and one.to_body not in among:
            return [_("vị trí “%(position)s” không phụ trách phòng.") % {"position": one.to_position}]
        return []

    def _of_means(self, one: Wanted, post: Holding) -> list[str]:
        kind = kind_of(post.unit, post.position, one.to_unit, one.to_position)
        allowed = chain_of(kind, self.today).means
        found = []
        if one.means not in allowed:
            found.append(
                _("“%(kind)s” không dùng hình thức “%(means)s”. Chọn: %(allowed)s.")
                % {
                    "kind": kind.label,
                    "means": Means(one.means).label,
                    "allowed": ", ".join(str(Means(code).label) for code in allowed),
                }
            )
        if one.means == Means.SECONDMENT and post.unit_id == one.to_unit.pk:
            found.append(_("biệt phái là sang đơn vị khác; trong một đơn vị thì bố trí vị trí khác."))
        if one.means == Means.COMBINED and not one.to_position.combinable:
            found.append(
                _("vị trí “%(position)s” không thuộc diện kiêm nhiệm.") % {"position": one.to_position}
            )
        if one.means == Means.TRANSFER and self._too_short_in_service(one.person):
            found.append(
                _(
                    "viên chức chưa đủ %(years)d năm công tác, chỉ biệt phái được (Nghị định 170/2025/NĐ-CP, Điều 13)."
                )
                % {"years": transfer_rules(self.today).years_of_public_employee}
            )
        return found

    def _too_short_in_service(self, person: Person) -> bool:
        if person.category != Category.PUBLIC_EMPLOYEE:
            return False
        years = transfer_rules(self.today).years_of_public_employee
        return person.joined_on is None or months_after(person.joined_on, years * 12) > self.today


def tells_case(by: Mandate, post: Holding | None) -> bool:
    """The case only to those who may read it."""
    return post is not None and bool(may(by, Verb.READ_LOCKS, post.unit))


def locked_words(by: Mandate, post: Holding | None, case: str) -> str:
    if not tells_case(by, post):
        return _("chưa điều động được theo quy định.")
    language = get_language() or "vi"
    return _("chưa điều động được: %(case)s (%(source)s).") % {
        "case": lock_name(case, language),
        "source": lock_source().get(language, lock_source()["vi"]),
    }
