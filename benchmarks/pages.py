"""How long the main pages take, and how many queries they make, as the registers grow tenfold.

    thongsuot bench pages [--meetings N] [--json]

Fills a database of its own (the configured server, another name; SQLite by default) with meetings, proposals, tasks and
figures, asks every page twenty times as a city officer and as a ward officer, then grows the load ten times and asks
again. The limit beside each figure is a page over an empty register in the same run.
"""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

ROUNDS = 20
PROPOSALS, TASKS, FIGURES = 5, 3, 4  # of one meeting


@dataclass(frozen=True, slots=True)
class Timing:
    p50_ms: float
    p95_ms: float
    queries: int


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="thongsuot bench pages", description=__doc__)
    parser.add_argument(
        "--meetings",
        type=int,
        default=200,
        help="meetings in the small load; the large one has ten times as many",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    options = parser.parse_args(arguments)
    with _own_database():
        result = _measure(options.meetings)
    if options.json:
        print(json.dumps(result))
    else:
        _print_table(result)
    return 0


@contextmanager
def _own_database() -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["THONGSUOT_DATA_DIR"] = folder
        os.environ.setdefault("THONGSUOT_DEVELOPMENT", "1")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thongsuot.site.settings")
        import django
        from django.conf import settings

        settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
        django.setup()
        from django.db import connection

        creation = connection.creation
        before = creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield
        finally:
            creation.destroy_test_db(before, verbosity=0)


def _measure(meetings: int) -> dict[str, Any]:
    from django.db import connection

    load = _Load()
    empty = load.ask()
    load.grow_to(meetings)
    small = load.ask()
    load.grow_to(meetings * 10)
    large = load.ask()
    pages = {
        name: {
            "empty_p50_ms": empty[name].p50_ms,
            "small": _as_json(small[name]),
            "large": _as_json(large[name]),
            "growth": round(large[name].p95_ms / small[name].p95_ms, 2),
        }
        for name in small
    }
    return {
        "database": connection.vendor,
        "meetings": {"small": meetings, "large": meetings * 10},
        "matters": {"small": meetings * (PROPOSALS + TASKS), "large": meetings * 10 * (PROPOSALS + TASKS)},
        "pages": pages,
    }


def _as_json(timing: Timing) -> dict[str, float]:
    return {"p50_ms": timing.p50_ms, "p95_ms": timing.p95_ms, "queries": timing.queries}


class _Load:
    """One city with all its communes, an officer, a ward officer, and as many meetings as asked for."""

    def __init__(self) -> None:
        from thongsuot.accounts.models import User
        from thongsuot.audit.actors import SYSTEM
        from thongsuot.indicators.actions import load_catalogue
        from thongsuot.units.actions import grant_mandate
        from thongsuot.units.dataset import open_dataset
        from thongsuot.units.loading import load_units
        from thongsuot.units.models import Unit

        load_units(by=SYSTEM, dataset=open_dataset())
        load_catalogue(by=SYSTEM)
        self.dice = random.Random(249)
        self.city = Unit.objects.get(code="79", valid_to__isnull=True)
        self.wards = list(Unit.objects.filter(parent=self.city, valid_to__isnull=True))
        self.held = 0
        self.clients = {}
        for username, role, unit in (
            ("officer", "city_officer", self.city),
            ("clerk", "ward_officer", self.wards[0]),
        ):
            user = User.objects.create_user(username=username, full_name=username)
            grant_mandate(by=SYSTEM, user=user, role=role, unit=unit, valid_from=date(2025, 7, 1))
            self.clients[username] = self._client(user)
        self.source = self._source()

    @staticmethod
    def _client(user: Any) -> Any:
        from django.test import Client

        client = Client(headers={"host": "localhost"})
        client.force_login(user)
        return client

    def _source(self) -> Any:
        from thongsuot.sources.models import Source

        return Source.objects.create(
            sha256="0" * 64, name="tai-lieu.txt", media_type="text/plain", size=1, text="Nội dung. " * 250,
            received_by="bench", received_at_unit=self.city,
        )  # fmt: skip

    def grow_to(self, meetings: int) -> None:
        from thongsuot.finding.actions import reindex

        for start in range(self.held, meetings, 500):
            self._add(range(start, min(start + 500, meetings)))
        self.held = meetings
        list(reindex())

    def _add(self, numbers: range) -> None:
        from thongsuot.matters.models import Matter, MatterUnit, Origin
        from thongsuot.oversight.models import Meeting, MeetingMatter

        days = {number: date(2025, 7, 1) + timedelta(days=number % 500) for number in numbers}
        ward = {number: self.dice.choice(self.wards) for number in numbers}
        origins = Origin.objects.bulk_create(
            Origin(kind="meeting", key=f"bench:{n}", title=f"Buổi giám sát {n}", on=days[n], path=f"/{n}")
            for n in numbers
        )
        meetings = Meeting.objects.bulk_create(
            Meeting(
                kind="supervision", date=days[n], title=f"Buổi giám sát {n}", origin=origin, source=self.source,
            )
            for n, origin in zip(numbers, origins, strict=True)
        )  # fmt: skip
        Meeting.units.through.objects.bulk_create(
            Meeting.units.through(meeting=meeting, unit=ward[n])
            for n, meeting in zip(numbers, meetings, strict=True)
        )
        Origin.units.through.objects.bulk_create(
            Origin.units.through(origin=origin, unit=ward[n])
            for n, origin in zip(numbers, origins, strict=True)
        )
        said = [
            matter
            for n, origin in zip(numbers, origins, strict=True)
            for matter in self._matters(n, days[n], origin, ward[n])
        ]
        Matter.objects.bulk_create(said)
        MatterUnit.objects.bulk_create(MatterUnit(matter=matter, unit=matter.unit) for matter in said)
        meeting_of = {origin.pk: meeting for origin, meeting in zip(origins, meetings, strict=True)}
        MeetingMatter.objects.bulk_create(
            MeetingMatter(meeting=meeting_of[matter.origin_id], matter=matter) for matter in said
        )
        self._add_figures(numbers, days, ward)

    def _matters(self, number: int, on: date, origin: Any, unit: Any) -> Iterator[Any]:
        from thongsuot.lawbook.topics import topics
        from thongsuot.matters.models import Matter

        for place in range(PROPOSALS + TASKS):
            up = place < PROPOSALS
            serial = number * (PROPOSALS + TASKS) + place
            matter = Matter(
                number=f"{'KN' if up else 'NV'}-2025-{serial:08d}",
                direction="up" if up else "down",
                kind="request" if up else "direction",
                text=f"Bổ sung máy quét và biên chế cho bộ phận số {serial}",
                speaker=f"Người nói {serial % 97}",
                topic=self.dice.choice(sorted(topics())),
                unit=unit,
                raised_on=on,
                origin=origin,
            )
            yield matter

    def _add_figures(self, numbers: range, days: dict[int, date], ward: dict[int, Any]) -> None:
        from thongsuot.indicators.models import Figure, Indicator
        from thongsuot.sources.models import Citation

        citations = Citation.objects.bulk_create(
            Citation(source=self.source, start=number, end=number + 1) for number in numbers
        )
        indicators = list(Indicator.objects.all()[:FIGURES])
        Figure.objects.bulk_create(
            Figure(
                indicator=indicator, unit=ward[n], on=days[n], value=self.dice.randrange(1, 200_000), qualifier=">",
                unit_of_measure="dân", as_printed="hơn", citation=citation, confirmed_by="bench",
            )
            for n, citation in zip(numbers, citations, strict=True)
            for indicator in indicators
        )  # fmt: skip

    def ask(self) -> dict[str, Timing]:
        """Every page, as the officer who sees the whole city and as the ward officer who sees one ward."""
        from thongsuot.oversight.models import Meeting

        unit = self.wards[0].pk
        pages = {
            "home": "/",
            "meetings": "/buoi-lam-viec/",
            "proposals": "/kien-nghi/",
            "proposals, filtered": f"/kien-nghi/?unit={unit}&text=may+quet",
            "tasks": "/nhiem-vu/",
            "figures": "/so-lieu/",
            "unit": f"/don-vi/{unit}/",
            "map": "/don-vi/ban-do/",
            "search": "/tra-cuu/?q=may+quet",
        }
        if meeting := Meeting.objects.first():
            pages["meeting"] = f"/buoi-lam-viec/{meeting.pk}/"
        return {
            f"{who}: {name}": _time(client, address)
            for who, client in self.clients.items()
            for name, address in pages.items()
        } | ({} if meeting else {f"{who}: meeting": Timing(0.0, 0.0, 0) for who in self.clients})


def _time(client: Any, address: str) -> Timing:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address, secure=True)
    asked = len(queries)  # the log is emptied by the next request
    if answer.status_code not in {200, 404}:
        raise SystemExit(f"{address} answered {answer.status_code}")
    took = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        client.get(address, secure=True)
        took.append(1000 * (time.perf_counter() - began))
    return Timing(round(statistics.median(took), 1), round(sorted(took)[int(ROUNDS * 0.95) - 1], 1), asked)


def _print_table(result: dict[str, Any]) -> None:
    sizes = result["matters"]
    print(f"{result['database']}; {sizes['small']:,} and {sizes['large']:,} matters")
    print(f"{'page':30} {'empty p50':>10} {'small p95':>10} {'large p95':>10} {'growth':>7} {'queries':>9}")
    for name, page in result["pages"].items():
        queries = f"{page['small']['queries']}/{page['large']['queries']}"
        print(
            f"{name:30} {page['empty_p50_ms']:10.1f} {page['small']['p95_ms']:10.1f} {page['large']['p95_ms']:10.1f} "
            f"{page['growth']:7.2f} {queries:>9}"
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
