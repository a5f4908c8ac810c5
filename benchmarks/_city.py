"""A city at work, as large as asked for: units, users, campaigns, and matters with their histories.

Rows are written in bulk past the actions (COPY on PostgreSQL, executemany on SQLite), in the proportions of a register
that has been lived in: a twentieth of the matters is open, every matter has its steps, its leg and its trail.
"""

import hashlib
import json
import os
import random
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

CITY = "79"
SINCE = date(2025, 7, 1)
OPEN_SHARE = 0.05
STEPS_OF_CLOSED = ("issue", "receive", "submit", "verify")
BATCH = 20_000
GROUPS = 19
ASKED = (
    "bổ sung biên chế công chức địa chính", "nâng cấp đường truyền và máy trạm", "hướng dẫn định mức chi thường xuyên",
    "phân cấp quản lý trật tự xây dựng", "sửa chữa trụ sở làm việc", "tập huấn phần mềm một cửa",
    "tháo gỡ vướng mắc dự án kéo dài", "điều chỉnh chế độ người hoạt động không chuyên trách",
)  # fmt: skip
PLACES = ("khu phố", "ấp", "cụm dân cư", "tuyến đường", "trung tâm", "chợ", "trường học", "trạm y tế")


@contextmanager
def own_database() -> Iterator[dict[str, str]]:
    """An empty, migrated database beside the configured one; gives the environment another process needs for it."""
    folder = tempfile.mkdtemp(prefix="thongsuot-bench-")
    configured = os.environ.get("THONGSUOT_DATABASE_URL", "")
    name = f"thongsuot_bench_{os.getpid()}"
    environment = {
        "THONGSUOT_DATA_DIR": folder,
        "THONGSUOT_DEVELOPMENT": "1",
        "DJANGO_SETTINGS_MODULE": "thongsuot.site.settings",
        "THONGSUOT_DATABASE_URL": f"sqlite:///{folder}/thongsuot.sqlite3",
    }
    if configured.startswith("postgres"):
        _on_server(configured, f'CREATE DATABASE "{name}"')
        environment["THONGSUOT_DATABASE_URL"] = f"{configured.rpartition('/')[0]}/{name}"
    os.environ.update(environment)
    try:
        import django
        from django.conf import settings
        from django.core.management import call_command

        settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
        django.setup()
        call_command("migrate", verbosity=0)
        yield environment
    finally:
        from django.db import connections

        connections.close_all()
        if configured.startswith("postgres"):
            _on_server(configured, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        shutil.rmtree(folder, ignore_errors=True)


def _on_server(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)  # the name is our own


class City:
    """Units, an officer, a leader, a clerk and their campaign; then as many users and matters as asked for."""

    def __init__(self, today: date) -> None:
        from thongsuot.audit.actors import SYSTEM
        from thongsuot.indicators.actions import load_catalogue
        from thongsuot.units.dataset import open_dataset
        from thongsuot.units.loading import load_units
        from thongsuot.units.models import Body, Unit

        load_units(by=SYSTEM, dataset=open_dataset())
        load_catalogue(by=SYSTEM)
        self.today = today
        self.dice = random.Random(249)
        self.unit = Unit.objects.get(code=CITY, valid_to__isnull=True)
        self.wards = list(
            Unit.objects.filter(parent=self.unit, valid_to__isnull=True)
            .select_related("parent")
            .order_by("code")
        )
        self.lead = {body.unit_id: body for body in Body.objects.filter(code="peoples_committee")}
        self.leader = self.person("lanhdao", "city_leader", self.unit)
        self.officer = self.person("chuyenvien", "city_officer", self.unit)
        self.clerks = [self.person(f"phuong{ward.code}", "ward_officer", ward) for ward in self.wards]
        self.campaign = self._campaign()
        self.origins: list[int] = []
        self.count = 0

    def person(self, username: str, role: str, unit: Any) -> Any:
        from thongsuot.accounts.models import User
        from thongsuot.audit.actors import SYSTEM
        from thongsuot.units.actions import grant_mandate

        user = User.objects.create(username=username, full_name=username)
        return grant_mandate(by=SYSTEM, user=user, role=role, unit=unit, valid_from=SINCE)

    def _campaign(self) -> Any:
        from thongsuot.oversight.actions import form_group, open_campaign

        campaign = open_campaign(
            by=self.leader, title="Giám sát", unit=self.unit, started_on=self.today - timedelta(days=90)
        )
        for number in range(1, GROUPS + 1):
            wards = self.wards[number - 1 :: GROUPS]
            group = form_group(by=self.leader, campaign=campaign, number=number, units=wards)
            self._plan(group, wards)
        return campaign

    def _plan(self, group: Any, wards: Sequence[Any]) -> None:
        """A leader, and a visit to each ward: those of days gone by were held, but for every fifth."""
        from thongsuot.oversight.enums import SeatPart
        from thongsuot.oversight.models import GroupSeat, Visit

        GroupSeat.objects.create(
            group=group, part=SeatPart.LEADER, name=f"Tổ trưởng {group.number}", valid_from=SINCE
        )
        for number, ward in enumerate(wards):
            day = self.today + timedelta(days=7 * number - 30)
            visit = Visit.objects.create(
                group=group,
                planned_on=day,
                first_planned_on=day,
                notice_on=day - timedelta(days=5) if number % 2 else None,
                held_on=day if day < self.today and (number + group.number) % 5 else None,
            )
            visit.units.add(ward)

    def people_it(self, users: int) -> None:
        """Further accounts with a mandate each, as many as a city has."""
        from thongsuot.accounts.models import User
        from thongsuot.units.models import Mandate

        had = User.objects.count()
        made = User.objects.bulk_create(
            (
                User(username=f"nguoi{n}", full_name=f"Người dùng {n}", password="!")
                for n in range(had, users)
            ),
            batch_size=BATCH,
        )
        Mandate.objects.bulk_create(
            (
                Mandate(
                    user=user, role_code="ward_officer", unit=self.dice.choice(self.wards), valid_from=SINCE
                )
                for user in made
            ),
            batch_size=BATCH,
        )  # fmt: skip

    def grow_to(self, matters: int) -> None:
        """Matters with their histories, up to that many in all."""
        for start in range(self.count, matters, BATCH):
            self._add(range(start, min(start + BATCH, matters)))
        self.count = matters
        _settle_statistics()

    def _add(self, numbers: range) -> None:
        from thongsuot.audit.models import Event
        from thongsuot.matters.models import Leg, Matter, MatterUnit, Origin, Step

        base = _next_key(Matter)
        self._add_origins(len(numbers) // 50 + 1, Origin)
        made = [self._matter(number, base + place) for place, number in enumerate(numbers)]
        write(Matter, made)
        write(MatterUnit, ({"matter_id": m["id"], "unit_id": m["unit_id"], "named": True} for m in made))
        write(Leg, (self._leg(m) for m in made))
        write(Step, (step for m in made for step in self._steps(m)))
        self._index(made)
        self._trail(Event, made)

    def _add_origins(self, count: int, model: Any) -> None:
        base = _next_key(model)
        days = {n: self.today - timedelta(days=n % 600) for n in range(base, base + count)}
        groups = list(self.campaign.groups.order_by("number"))
        write(
            model,
            (
                {
                    "id": n, "kind": "meeting", "key": f"bench:{n}", "title": f"Buổi giám sát {n}", "on": days[n],
                    "path": f"/buoi-lam-viec/{n}/", "group_key": groups[n % 19].key,
                    "group_label": groups[n % 19].label,
                }
                for n in days
            ),
        )  # fmt: skip
        write(
            model.units.through,
            ({"origin_id": n, "unit_id": self.wards[n % len(self.wards)].pk} for n in days),
        )
        self.origins.extend(days)

    def _matter(self, number: int, key: int) -> dict[str, Any]:
        from thongsuot.lawbook.calendar import add_working_days
        from thongsuot.lawbook.topics import topics

        up = number % 5 < 3
        ward = self.wards[number % len(self.wards)]
        is_open = self.dice.random() < OPEN_SHARE
        raised = self.today - timedelta(
            days=self.dice.randrange(0, 40) if is_open else self.dice.randrange(41, 600)
        )
        due = _working(raised + timedelta(days=21))
        holder = self.unit if up else ward
        state = ("recorded" if up else self.dice.choice(("issued", "in_progress"))) if is_open else (
            "settled" if up else "verified"
        )  # fmt: skip
        stopped = None if is_open else raised + timedelta(days=self.dice.choice((9, 14, 18, 20, 25)))
        text = (
            f"Đề nghị {self.dice.choice(ASKED)} tại {self.dice.choice(PLACES)} {number % 997}, hồ sơ số {number}"
            if up else f"Rà soát, báo cáo việc {self.dice.choice(ASKED)} tại {self.dice.choice(PLACES)} {number % 997}"
        )  # fmt: skip
        return {
            "id": key, "number": f"{'KN' if up else 'NV'}-{raised.year}-{900000 + number:08d}",
            "direction": "up" if up else "down", "kind": "request" if up else "direction", "state": state,
            "text": text, "speaker": f"Người nói {number % 97}", "speaker_title": "Chủ tịch", "addressee": "",
            "topic": sorted(topics())[number % len(topics())], "unit_id": ward.pk, "province_id": self.unit.pk,
            "raised_on": raised, "origin_id": self.dice.choice(self.origins[-400:]),
            "recorded_at": _at(raised), "priority": False, "version": 3, "open": is_open, "due_on": due,
            "due_soon_on": add_working_days(due, -3), "extensions": 0, "stopped_on": stopped,
            "closed_on": None if is_open else stopped, "holder_id": holder.pk, "holder_name": str(holder),
            "body_id": None if up else self.lead[ward.pk].pk, "turn_unit_id": holder.pk if is_open else None,
            "turn_due_on": due if is_open else None, "issuer_id": None if up else self.unit.pk,
            "person": "" if up else "Chủ tịch Ủy ban nhân dân", "product": "" if up else "Báo cáo",
            "basis": "" if up else "Kết luận buổi giám sát", "competence": "province" if up else "", "level": 0,
        }  # fmt: skip

    @staticmethod
    def _leg(matter: dict[str, Any]) -> dict[str, Any]:
        return {
            "matter_id": matter["id"], "kind": "holding", "unit_id": matter["holder_id"], "body_id": matter["body_id"],
            "name": matter["holder_name"], "since": matter["raised_on"], "due_on": matter["due_on"],
            "ended_on": matter["closed_on"], "reason": "",
        }  # fmt: skip

    @staticmethod
    def _steps(matter: dict[str, Any]) -> Iterator[dict[str, Any]]:
        acts = ("raise", "answer", "agree") if matter["direction"] == "up" else STEPS_OF_CLOSED
        for place, act in enumerate(acts[:1] if matter["open"] else acts):
            yield {
                "matter_id": matter["id"], "act": act, "state": matter["state"], "text": "Đã thực hiện theo yêu cầu",
                "at": _at(matter["raised_on"] + timedelta(days=4 * place)), "author": "Người dùng, Cán bộ",
                "author_username": f"nguoi{matter['id'] % 19000}",
            }  # fmt: skip

    @staticmethod
    def _index(matters: Sequence[dict[str, Any]]) -> None:
        """What the search over everything reads, as the actions write it."""
        from thongsuot.finding.actions import index_many

        for kind, direction in (("proposal", "up"), ("task", "down")):
            index_many(kind, [matter["id"] for matter in matters if matter["direction"] == direction])

    @staticmethod
    def _trail(model: Any, matters: Sequence[dict[str, Any]]) -> None:
        number = (model.objects.order_by("-number").values_list("number", flat=True).first() or 0) + 1
        rows = []
        for matter in matters:
            acts = ("proposal.recorded", "proposals.answered", "answer.agreed") if matter["direction"] == "up" else (
                "order.issued", "task.submitted", "task.verified")  # fmt: skip
            for act in acts[:1] if matter["open"] else acts:
                rows.append(
                    {
                        "number": number, "at": _at(matter["raised_on"]), "actor_username": "nguoi1",
                        "actor_name": "Người dùng", "actor_role": "Cán bộ", "actor_unit": "", "verb": act,
                        "subject_kind": "matters.matter", "subject_key": str(matter["id"]),
                        "subject_label": matter["number"], "details": "{}", "previous_hash": "0" * 64,
                        "hash": hashlib.sha256(str(number).encode()).hexdigest(),
                    }
                )  # fmt: skip
                number += 1
        write(model, rows)
        _move_chain_head(number - 1)


def _move_chain_head(number: int) -> None:
    """The next event follows the last one written; its hash is what a bulk row carries."""
    from thongsuot.audit.models import ChainHead

    ChainHead.objects.filter(pk=1).update(
        number=number, hash=hashlib.sha256(str(number).encode()).hexdigest()
    )


def _working(on: date) -> date:
    from thongsuot.lawbook.calendar import add_working_days, is_working_day

    return on if is_working_day(on) else add_working_days(on, 1)


def _at(on: date) -> datetime:
    return datetime.combine(on, time(3, 0), tzinfo=UTC)


def _next_key(model: Any) -> int:
    return (model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1


def write(model: Any, rows: Iterable[dict[str, Any]]) -> None:
    """Rows as mappings from column to value; columns that are not named take the defaults of the model."""
    from django.db import connection

    rows = list(rows)
    if not rows:
        return
    defaults = _defaults(model, set(rows[0]))
    columns = [*rows[0], *defaults]
    tuples = ([*row.values(), *defaults.values()] for row in rows)
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _copy(cursor, f"COPY {table} ({quoted}) FROM STDIN", tuples)
            if "id" in rows[0]:
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{model._meta.db_table}', 'id'), {rows[-1]['id']})"
                )
        else:
            marks = ", ".join("?" for _ in columns)
            cursor.cursor.connection.executemany(
                f"INSERT INTO {table} ({quoted}) VALUES ({marks})",
                ([_plain(value) for value in row] for row in tuples),
            )


def _copy(cursor: Any, statement: str, tuples: Iterable[Sequence[Any]]) -> None:
    with cursor.cursor.copy(statement) as copying:
        for row in tuples:
            copying.write_row(row)


def _defaults(model: Any, named: set[str]) -> dict[str, Any]:
    found = {}
    for field in model._meta.concrete_fields:
        if field.column in named or field.primary_key:
            continue
        value = field.get_default()
        if value is None and not field.null:
            value = "" if field.get_internal_type() in {"CharField", "TextField"} else value
        found[field.column] = json.dumps(value) if field.get_internal_type() == "JSONField" else value
    return found


def _plain(value: Any) -> Any:
    """As SQLite keeps it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ")
    return value.isoformat() if isinstance(value, date) else value


def _settle_statistics() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
