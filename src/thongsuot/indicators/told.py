"""A figure as somebody types it, and what is wrong with it: all faults at once, each with its indicator."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thongsuot.indicators.display import plain
from thongsuot.indicators.enums import PAIRED, Entry, Kind, Qualifier
from thongsuot.indicators.models import Indicator, Period
from thongsuot.kernel.verdicts import Refused

_LIMIT = Decimal(10) ** 18
_PLACES = 6
_WORDS = 500


@dataclass(frozen=True, slots=True)
class Told:
    """With nothing in it, it takes away what was stated; `applicable=False` states that there is none to count."""

    indicator: Indicator
    value: Decimal | None = None
    second: Decimal | None = None
    qualifier: str = ""  # left out: as the kind of indicator has it
    words: str = ""
    applicable: bool = True
    entry: str = Entry.FORM
    locator: str = ""

    @property
    def is_blank(self) -> bool:
        return self.applicable and self.value is None and self.second is None and not self.words

    @property
    def sure(self) -> str:
        """How sure it is of its number; a ratio has two and is one."""
        if self.indicator.kind == Kind.RATIO and self.second is not None:
            return Qualifier.RATIO
        return self.qualifier or Qualifier.EXACT


@dataclass(frozen=True, slots=True)
class Fault:
    indicator: Indicator
    says: str


class Unsound(Refused):
    """Figures that cannot be stated so; nothing was written."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(" ".join(fault.says for fault in faults))
        self.faults = list(faults)


def faults_in(told: Sequence[Told], period: Period) -> list[Fault]:
    seen: set[int] = set()
    found = []
    for one in told:
        if one.indicator.pk in seen:
            found.append(Fault(one.indicator, _("“%(name)s” được nêu hai lần.") % {"name": one.indicator}))
        seen.add(one.indicator.pk)
        if not one.is_blank:
            found += [Fault(one.indicator, says) for says in _faults(one, period)]
    return found


def _faults(told: Told, period: Period) -> Iterator[str]:
    name = {"name": told.indicator}
    yield from _of_the_catalogue(told, period)
    if len(told.words) > _WORDS:
        yield _("“%(name)s”: lời ghi dài quá %(most)s chữ cái.") % {**name, "most": _WORDS}
    if not told.applicable:
        if told.value is not None or told.second is not None or told.words:
            yield (
                _("“%(name)s” đã ghi không phát sinh thì không có số. Bỏ số, hoặc bỏ dấu không phát sinh.")
                % name
            )
    elif told.indicator.kind == Kind.TEXT:
        if told.value is not None or not told.words:
            yield _("“%(name)s” là nội dung bằng lời, không phải số.") % name
    elif told.value is None:
        yield _("“%(name)s” còn thiếu số.") % name
    else:
        yield from _of_the_number(told)


def _of_the_catalogue(told: Told, period: Period) -> Iterator[str]:
    indicator = told.indicator
    name = {"name": indicator}
    if indicator.proposed:
        yield _("“%(name)s” mới đề xuất, chưa có trong danh mục.") % name
    if indicator.valid_from > period.last_day or (
        indicator.valid_to is not None and indicator.valid_to <= period.last_day
    ):
        yield _("“%(name)s” không dùng cho %(period)s.") % {**name, "period": period}


def _of_the_number(told: Told) -> Iterator[str]:
    kind, name = told.indicator.kind, {"name": told.indicator}
    numbers = [number for number in (told.value, told.second) if number is not None]
    if not all(number.is_finite() and abs(number) < _LIMIT for number in numbers):
        yield _("“%(name)s”: số quá lớn hoặc không phải là số.") % name
        return
    places = 0 if kind in (Kind.COUNT, Kind.RATING) else _PLACES
    for number in numbers:
        if _decimals(number) > places:
            says = (
                ngettext(
                    "“%(name)s”: %(number)s có quá %(places)s chữ số thập phân.",
                    "“%(name)s”: %(number)s có quá %(places)s chữ số thập phân.",
                    places,
                )
                if places
                else _("“%(name)s”: %(number)s không phải số nguyên.")
            )
            yield says % {**name, "number": plain(number), "places": places}
        if number < 0 and kind in (Kind.COUNT, Kind.RATIO, Kind.RATING):
            yield _("“%(name)s”: %(number)s nhỏ hơn 0.") % {**name, "number": plain(number)}
    yield from _of_the_pair(told)


def _of_the_pair(told: Told) -> Iterator[str]:
    name = {"name": told.indicator}
    if told.indicator.kind == Kind.RATIO:
        if told.second is None:
            yield _("“%(name)s” cần cả tử số và mẫu số.") % name
        elif told.second == 0 and told.value != 0:
            yield _("“%(name)s”: mẫu số là 0 thì tử số cũng phải là 0.") % name
    elif (told.sure in PAIRED) != (told.second is not None) or told.sure == Qualifier.RATIO:
        yield _("“%(name)s” chỉ có một số.") % name
    elif told.second is not None and told.value is not None and told.second < told.value:
        yield _("“%(name)s”: số cuối của khoảng nhỏ hơn số đầu.") % name


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
