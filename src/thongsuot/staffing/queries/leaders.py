"""Who leads which department, and what stands against it: a head already there, relatives at posts that may not go with
it, too many deputies."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from thongsuot.kernel.verdicts import Refused
from thongsuot.lawbook.bodies import body_called
from thongsuot.lawbook.positions import ListedPosition, places_for_leaders, positions
from thongsuot.lawbook.staffing import LeaderMean, leader_means, relatives_rule
from thongsuot.staffing.enums import PositionKind
from thongsuot.staffing.models import Holding, Kinship, Person, Position
from thongsuot.units.enums import Tier
from thongsuot.units.models import Unit
from thongsuot.units.queries import communes_of, holding_on, province_of


def held_from(since: date) -> Q:
    """Held that day or later."""
    return Q(valid_to__isnull=True) | Q(valid_to__gt=since)


# Which department of the unit


def bodies_led(position: Position) -> Sequence[str]:
    """The departments of which a holder leads one; none where the position itself says which it is."""
    several = position.kind == PositionKind.LEADERSHIP and len(position.bodies) > 1
    return tuple(position.bodies) if several else ()


def called_in(unit: Unit, body: str) -> str:
    """What the unit calls that department of its own."""
    return body_called(body, unit.tier, unit.kind) if body else ""


def require_body(unit: Unit, position: Position, body: str) -> str:
    """The department as it is to be written: none for who leads none, and never one the position is not of."""
    among = bodies_led(position)
    if body and body not in among:
        raise Refused(
            _("“%(position)s” không phụ trách “%(body)s”. Bỏ trống, hoặc chọn phòng khác.")
            % {"position": position, "body": called_in(unit, body)}
        )
    return body


def taken(unit: Unit, position: Position, since: date, body: str, *, but_not: int | None = None) -> str:
    """Why nobody else can lead there; empty where somebody can."""
    listed = positions().get(position.code)
    if listed is None or listed.most is None:
        return ""
    held = Holding.objects.filter(held_from(since), unit=unit, position=position)
    if but_not is not None:
        held = held.exclude(pk=but_not)
    if body and held.filter(body=body).count() >= listed.most:
        return _("%(body)s, %(unit)s đã có “%(position)s”. Ghi người trước thôi giữ rồi ghi lại.") % {
            "body": called_in(unit, body),
            "unit": unit.title,
            "position": position,
        }
    most = places_for_leaders(listed) or 0
    if held.count() < most:
        return ""
    return ngettext(
        "%(unit)s đã đủ %(most)d người giữ vị trí “%(position)s”. Ghi người trước thôi giữ rồi ghi lại.",
        "%(unit)s đã đủ %(most)d người giữ vị trí “%(position)s”. Ghi người trước thôi giữ rồi ghi lại.",
        most,
    ) % {"unit": unit.title, "most": most, "position": position}


# Relatives (Regulation 114)


def relatives_in_the_way(
    person: Person, unit: Unit, position: Position, since: date, *, body: str = ""
) -> list[Holding]:
    """Posts of the family in that unit that may not go with this one. Head and deputy of two departments may; where
    it is not known of either which one they lead, it may be the same."""
    rule = relatives_rule()
    there = Holding.objects.filter(held_from(since), unit=unit, person__in=_relatives_of(person))
    return [
        held
        for held in there.select_related("position", "person")
        if rule.forbids(held.position.code, position.code)
        and not (body and held.body and body != held.body and may_be_apart(held.position, position))
    ]


def may_be_apart(one: Position, other: Position) -> bool:
    """Heads and deputies of departments, of which a unit has several."""
    return bool(bodies_led(one) and bodies_led(other))


def _relatives_of(person: Person) -> list[int]:
    pairs = Kinship.objects.filter(Q(person=person) | Q(relative=person)).values_list("person", "relative")
    return [key for pair in pairs for key in pair if key != person.pk]


# Deputies and vice chairs: a mean over all units of an authority


def over_the_mean(unit: Unit, position: Position, since: date, *, but_not: Person) -> str:
    """Why one more there is one too many over all units of the authority; empty where it is not, or where the person
    comes from such a post."""
    for mean in leader_means(since):
        if position.code in mean.positions:
            return _over(mean, unit, since, but_not)
    return ""


@dataclass(frozen=True, slots=True)
class Deputies:
    """Of one mean, over all units of an authority: how many there are, of how many bodies."""

    mean: LeaderMean
    held: int
    bodies: int

    @property
    def most(self) -> int:
        return int(self.mean.average * self.bodies)

    @property
    def names(self) -> str:
        return _names(self.mean)


def deputies_over(unit: Unit, since: date) -> list[Deputies]:
    """Over all units of the authority this one belongs to, by each mean in force."""
    units = communes_of(province_of(unit), since)
    many = units.count()
    return [
        Deputies(mean, _deputies(mean, units, since).count(), _bodies_of(mean, many))
        for mean in leader_means(since)
    ]


def _deputies(mean: LeaderMean, units: QuerySet[Unit], since: date) -> QuerySet[Holding]:
    return Holding.objects.filter(held_from(since), unit__in=units, position__code__in=mean.positions)


def _bodies_of(mean: LeaderMean, units: int) -> int:
    return units * (_bodies(mean.positions) if mean.per == "body" else 1)


def _names(mean: LeaderMean) -> str:
    return ", ".join(positions()[code].short[_language()] for code in sorted(mean.positions))


def _over(mean: LeaderMean, unit: Unit, since: date, but_not: Person) -> str:
    above = province_of(unit)
    units = communes_of(above, since)
    held = _deputies(mean, units, since)
    if held.filter(person=but_not).exists():
        return ""
    bodies = _bodies_of(mean, units.count())
    there = held.count()
    if there + 1 <= mean.average * bodies:
        return ""
    language = get_language() or "vi"
    told = ngettext(
        "%(above)s đã có %(there)d cấp phó trên %(bodies)d cơ quan; thêm là vượt bình quân %(mean)s (%(source)s).",
        "%(above)s đã có %(there)d cấp phó trên %(bodies)d cơ quan; thêm là vượt bình quân %(mean)s (%(source)s).",
        bodies,
    )
    mend = _("Nếu cấp có thẩm quyền đã cho phép thì đánh dấu rồi ghi lại ở trang Thêm vị trí.")
    return f"{told} {mend}" % {
        "above": above.title,
        "there": there,
        "bodies": bodies,
        "mean": f"{mean.average:g}".replace(".", ","),
        "source": mean.source.get(language, mean.source["vi"]),
    }


def _bodies(codes: Sequence[str] | frozenset[str]) -> int:
    """How many bodies of one unit these positions are of."""
    listed = positions()
    return len({body for code in codes if code in listed for body in listed[code].bodies})


# How it stands: in one unit, and over all of an authority


@dataclass(frozen=True, slots=True)
class Led:
    """A body of a unit with those who lead it; `name` empty for those of whom it is not written which one."""

    name: str
    heads: Sequence[Holding]
    deputies: Sequence[Holding]


def led_in(unit: Unit, held: Sequence[Holding]) -> list[Led]:
    """Every body that has a head by the catalogue, also one that has nobody; then whoever leads nobody knows what."""
    leading = [one for one in positions().values() if one.kind == PositionKind.LEADERSHIP]
    codes = dict.fromkeys(body for one in leading for body in one.bodies)
    heads = {one.code for one in leading if one.most is not None}
    there: Mapping[str, tuple[list[Holding], list[Holding]]] = defaultdict(lambda: ([], []))
    listed = {one.code: one for one in leading}
    for holding in held:
        if one := listed.get(holding.position.code):
            sole = one.bodies[0] if len(one.bodies) == 1 else ""
            there[holding.body or sole][one.code not in heads].append(holding)
    if not any(there.values()):
        return []
    named = [Led(called_in(unit, code), *there[code]) for code in codes]
    return [*named, Led("", *there[""])] if "" in there else named


@dataclass(frozen=True, slots=True)
class Limit:
    """Holders of leading positions over some units, beside how many there may be. `parts`: of several departments,
    how many lead each, and of how many it is not written ("")."""

    name: str
    held: int
    most: int
    average: float | None = None  # where the limit is a mean over all of them
    source: Mapping[str, str] | None = None
    parts: Sequence[tuple[str, int]] = ()

    @property
    def told(self) -> str:
        """Where the limit comes from."""
        return (self.source or {}).get(_language(), "")

    @property
    def over(self) -> int:
        return max(self.held - self.most, 0)

    @property
    def lacking(self) -> int:
        """Of heads, whose places are to be filled; a mean is a ceiling and no place."""
        return 0 if self.average is not None else max(self.most - self.held, 0)


def limits_of(units: Sequence[Unit], on: date) -> list[Limit]:
    """One query. Heads by their places, deputies by the mean the law sets for all units together."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    held: Any = Holding.objects.filter(holding_on(on), unit__in=[unit.pk for unit in units])
    led = held.filter(position__field="LD").order_by().values_list("position__code", "body")
    for code, body, many in led.annotate(many=Count("pk")):
        counted[code][body] += many
    if not counted:
        return []
    heads = [one for one in positions().values() if one.field == "LD" and one.most is not None]
    return [
        *(_of_heads(one, counted[one.code], len(units)) for one in heads),
        *(_of_mean(mean, counted, len(units)) for mean in leader_means(on)),
    ]


def _of_heads(listed: ListedPosition, counted: Counter[str], units: int) -> Limit:
    several = len(listed.bodies) > 1
    parts = [(body_called(code, Tier.COMMUNE, ""), counted[code]) for code in listed.bodies if several]
    if several and counted[""]:
        parts.append(("", counted[""]))
    name = listed.name[_language()]
    return Limit(name, counted.total(), units * (places_for_leaders(listed) or 0), parts=parts)


def _of_mean(mean: LeaderMean, counted: Mapping[str, Counter[str]], units: int) -> Limit:
    many = sum(counted[code].total() for code in mean.positions if code in counted)
    return Limit(_names(mean), many, int(mean.average * _bodies_of(mean, units)), mean.average, mean.source)


def _language() -> str:
    return "en" if (get_language() or "vi") == "en" else "vi"
