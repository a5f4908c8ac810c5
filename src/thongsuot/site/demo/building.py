"""Building the demonstration once: accounts, a campaign with its groups, papers taken in and partly confirmed."""

from datetime import date
from importlib.resources import files
from pathlib import Path

import yaml
from django.conf import settings
from django.db import transaction

from thongsuot.accounts.actions import open_account
from thongsuot.accounts.models import User
from thongsuot.audit.actors import SYSTEM
from thongsuot.documents.actions import register_document
from thongsuot.intake.confirming import confirm_draft
from thongsuot.intake.receiving import receive_report
from thongsuot.kernel.vietnamese import fold
from thongsuot.oversight.actions import assign_group_units, form_group, open_campaign, seat_member
from thongsuot.oversight.models import WorkingGroup
from thongsuot.site.demo.people import PASSWORD, SIGN_INS
from thongsuot.units.actions import grant_mandate
from thongsuot.units.models import Mandate, Unit
from thongsuot.units.queries import communes_of, provinces_on

_CITY = "79"  # Thành phố Hồ Chí Minh
_SINCE = date(2025, 7, 1)
_TODAY = date(2025, 11, 22)

CONFIRMED = ("giam-sat-tan-khanh-tan-hiep", "hoi-nghi-binh-tan", "bien-ban-giam-sat-to-3")
WAITING = ("giam-sat-to-7-hanh-thong", "cong-van-so-hoa-ho-so")


def marker() -> Path:
    """Its presence tells every page to say that the data are for demonstration."""
    return Path(settings.DATA_DIR) / "demonstration"


def is_built() -> bool:
    return User.objects.filter(username=SIGN_INS[0].username).exists()


@transaction.atomic
def build() -> None:
    city = provinces_on(_TODAY).get(code=_CITY)
    units = {fold(str(unit)): unit for unit in communes_of(city, _TODAY)}
    mandates = _open_accounts(city, units)
    officer = mandates["chuyenvien"]
    groups = _open_campaign(officer, city, units)
    for sign_in in SIGN_INS:
        if sign_in.group:
            seat_member(by=officer, group=groups[sign_in.group], mandate=mandates[sign_in.username])
    for name in (*CONFIRMED, *WAITING):
        draft = receive_report(
            by=officer, data=_paper(name), name=f"{name}.txt", max_bytes=settings.SOURCE_MAX_BYTES
        ).draft
        if name in CONFIRMED:
            confirm_draft(by=officer, draft=draft)
    marker().touch()


def _paper(name: str) -> bytes:
    return files("thongsuot.site.demo").joinpath("texts", f"{name}.txt").read_bytes()


def _open_accounts(city: Unit, units: dict[str, Unit]) -> dict[str, Mandate]:
    mandates = {}
    for sign_in in SIGN_INS:
        user = open_account(
            by=SYSTEM, username=sign_in.username, full_name=sign_in.full_name, password=PASSWORD
        )
        unit = units[fold(sign_in.unit)] if sign_in.unit else city
        mandates[sign_in.username] = grant_mandate(
            by=SYSTEM, user=user, role=sign_in.role, unit=unit, valid_from=_SINCE
        )
    return mandates


def _open_campaign(officer: Mandate, city: Unit, units: dict[str, Unit]) -> dict[int, WorkingGroup]:
    plan, _new = register_document(
        by=officer,
        number="249",
        symbol="KH/UBKTTW",
        date=date(2025, 7, 24),
        issuer="Ủy ban Kiểm tra Trung ương",
        type="kế hoạch",
    )
    campaign = open_campaign(
        by=officer,
        title="Giám sát thực hiện Kế hoạch 249-KH/UBKTTW",
        unit=city,
        started_on=date(2025, 10, 16),
        plan=plan,
    )
    listed = yaml.safe_load(files("thongsuot.site.demo").joinpath("campaign.yaml").read_text("utf-8"))[
        "groups"
    ]
    groups = {}
    for number, names in listed.items():
        groups[number] = form_group(by=officer, campaign=campaign, number=number)
        assign_group_units(by=officer, group=groups[number], units=[units[fold(name)] for name in names])
    return groups
