"""What all parts of the demonstration share: the days, the places, the people, and chance."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from random import Random

from django.contrib.auth.hashers import make_password

from thongsuot.accounts.actions import open_account
from thongsuot.audit.actors import SYSTEM
from thongsuot.documents.actions import origin_of, register_document
from thongsuot.kernel.vietnamese import fold
from thongsuot.matters.models import Origin
from thongsuot.site.demo.days import Diary
from thongsuot.site.demo.people import PASSWORD, SIGN_INS, SignIn, invented
from thongsuot.site.demo.words import written
from thongsuot.units.actions import deputise, grant_mandate
from thongsuot.units.models import Body, Mandate, Unit
from thongsuot.units.queries import communes_of, holding_on, provinces_on

CITY = "79"  # Thành phố Hồ Chí Minh
OPENED = 44  # working days before today
GROUPS = 19


@dataclass
class Story:
    """`most_units` tells it of a part of the city only, those with a sign-in or a paper of their own first."""

    today: date
    seed: int = 1
    most_units: int | None = None
    diary: Diary = field(init=False)
    city: Unit = field(init=False)
    units: list[Unit] = field(init=False)
    signed: dict[str, Mandate] = field(init=False, default_factory=dict)
    wards: dict[int, Mandate] = field(init=False, default_factory=dict)
    offices: dict[str, tuple[Mandate, Mandate]] = field(init=False, default_factory=dict)
    bodies: dict[str, Body] = field(init=False, default_factory=dict)
    _papers: dict[str, Origin] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.diary = Diary(self.today)
        names = written("names")
        self.names = invented(names["families"], names["given"], self.chance("names"))
        self.city = provinces_on(self.today).get(code=CITY)
        self.units = self._told_of()
        self.by_name = {fold(str(unit)): unit for unit in self.units}

    def chance(self, part: str) -> Random:
        """Each part its own, so that a change in one leaves the others as they were."""
        return Random(f"{self.seed}:{part}")  # noqa: S311  a story, no secret

    @property
    def officer(self) -> Mandate:
        return self.signed["chuyenvien"]

    @property
    def leader(self) -> Mandate:
        return self.signed["lanhdao"]

    def named(self, name: str) -> Unit | None:
        return self.by_name.get(fold(name))

    def share(self, of: int) -> int:
        """As many of these as there would be in a story of fewer units."""
        return max(1, round(of * len(self.units) / 168))

    def people_come(self) -> None:
        """Accounts and roles, on the first day."""
        for sign_in in SIGN_INS:
            if not sign_in.stands_in_for:
                self.signed[sign_in.username] = self._signing_in(sign_in)
        for unit in self.units:
            self.wards[unit.pk] = self._ward_officer(unit)
        for body in Body.objects.filter(holding_on(self.today), unit=self.city):
            self.bodies[body.code] = body
        for code in sorted(written_bodies()):
            self.offices[code] = (
                self._office(code, "department_leader", "gd"),
                self._office(code, "department_officer", "cv"),
            )

    def somebody_stands_in(self) -> None:
        """From now on, for a while: a leader is away."""
        for sign_in in SIGN_INS:
            if sign_in.stands_in_for:
                deputy = self._signing_in(sign_in)
                deputise(
                    by=self.signed[sign_in.stands_in_for],
                    to=deputy.user,
                    valid_from=self.diary.day,
                    valid_to=self.diary.ahead(8),
                    reason="Đi công tác",
                )

    def rests_on(self, paper: dict[str, str], issuer: str) -> Origin:
        """The document as the register of matters knows it, entered the first time it is spoken of."""
        key = f"{paper['number']}/{paper['symbol']}"
        if key not in self._papers:
            document, _new = register_document(
                by=self.officer,
                number=paper["number"],
                symbol=paper["symbol"],
                date=self.diary.day,
                issuer=paper.get("issuer", issuer),
                abstract=paper["abstract"],
            )
            self._papers[key] = origin_of(document)
        return self._papers[key]

    def _told_of(self) -> list[Unit]:
        every = list(communes_of(self.city, self.today).select_related("parent").order_by("code"))
        if self.most_units is None:
            return every
        listed = {fold(name) for names in written("campaign")["groups"].values() for name in names}
        told = {fold(name) for visit in written("papers")["visits"] for name in visit["units"]}
        signing = told | {fold(sign_in.unit) for sign_in in SIGN_INS if sign_in.unit}
        first = sorted(every, key=lambda unit: (_rank(fold(str(unit)), signing, listed), unit.code))
        return sorted(first[: self.most_units], key=lambda unit: unit.code)

    def _signing_in(self, sign_in: SignIn) -> Mandate:
        """They share one password, printed for all to read, and so its hash: each takes as long as a sign-in."""
        mandate = self._holder(sign_in)
        mandate.user.password = self._hashed
        mandate.user.save(update_fields=["password"])
        return mandate

    @cached_property
    def _hashed(self) -> str:
        return make_password(PASSWORD)

    def _holder(self, sign_in: SignIn) -> Mandate:
        """An account and its role. Without a password it cannot be signed in to: a figure in the story."""
        user = open_account(by=SYSTEM, username=sign_in.username, full_name=sign_in.full_name, password=None)
        unit = self.by_name[fold(sign_in.unit)] if sign_in.unit else self.city
        body = (
            Body.objects.get(holding_on(self.today), unit=unit, code=sign_in.body) if sign_in.body else None
        )
        return grant_mandate(
            by=SYSTEM,
            user=user,
            role=sign_in.role,
            unit=unit,
            body=body,
            fields=sign_in.fields,
            valid_from=self.diary.day,
        )

    def figure(self, username: str, role: str, unit: str = "", body: str = "", name: str = "") -> Mandate:
        return self._holder(SignIn(username, name or next(self.names), role, unit, body))

    def _ward_officer(self, unit: Unit) -> Mandate:
        for mandate in self.signed.values():
            if mandate.unit_id == unit.pk and mandate.role_code == "ward_officer":
                return mandate
        return self.figure(f"cb.{unit.code}", "ward_officer", str(unit))

    def _office(self, code: str, role: str, short: str) -> Mandate:
        for mandate in self.signed.values():
            if mandate.role_code == role and mandate.body and mandate.body.code == code:
                return mandate
        return self.figure(f"{short}.{code}", role, body=code)


def written_bodies() -> set[str]:
    """Departments that answer or are given something."""
    orders = written("orders")
    return {theme["body"] for theme in written("proposals")["themes"]} | {
        order["lead"] for order in orders["departments"]
    }


def _rank(name: str, signing: set[str], listed: set[str]) -> int:
    if name in signing:
        return 0
    return 1 if name in listed else 2
