"""How long the first page of a search takes over very many entries, by kind of question.

    thongsuot bench search [--entries N] [--rounds N] [--json]

Fills a database of its own (the configured server, another name; SQLite by default) with matters of the 168 communes of
one city, and documents and meetings beside the units of the whole country; then asks as a city officer, who sees all of
it, and as a ward officer, who sees one part in 168. A few words stand in nearly every text, most in few.
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
from datetime import date, timedelta
from typing import Any

BATCH = 2000
BASE = 50_000
FIRST_DAY = date(2025, 7, 1)
FREQUENT = "đề nghị thành phố quan tâm bổ sung cho phường"
MEDIUM = "biên chế kinh phí máy tính đường dây một cửa hộ tịch đất đai trụ sở phần mềm cán bộ"
ONSETS = "b c ch d đ g gi h kh l m n ng nh ph r s t th tr v x"
RIMES = (
    "a à á ạ an àn án ang àng áng anh ành ánh ao ào áo au ay ày áy ăn ằn ắn ăng ằng ắng âm ầm ấm ân ần ấn"
    " e è é en èn én êm ềm ếm ên ền ến i ì í im ìm ím in ìn ín o ò ó om òm óm on òn ón ong òng óng ô ồ ố ôi ồi ối"
    " ôn ồn ốn ông ồng ống ơ ờ ớ ơi ời ới ơn ờn ớn u ù ú ung ùng úng ư ừ ứ ưng ừng ứng ươi ười ưới ương ường ướng"
)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="thongsuot bench search", description=__doc__)
    parser.add_argument("--entries", type=int, default=20_000, help="entries to search")
    parser.add_argument("--rounds", type=int, default=20, help="how often each question is asked")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    options = parser.parse_args(arguments)
    with _own_database():
        result = _measure(options.entries, options.rounds)
    if options.json:
        print(json.dumps(result, ensure_ascii=False))
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

        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = (
            f"{folder}/search.sqlite3"
            if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
            else None
        )
        django.setup()
        from django.db import connection

        creation = connection.creation
        before = creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield
        finally:
            creation.destroy_test_db(before, verbosity=0)


def _measure(entries: int, rounds: int) -> dict[str, Any]:
    from django.db import connection

    from thongsuot.finding.models import Entry
    from thongsuot.finding.queries import search

    load = _Load()
    began = time.perf_counter()
    load.fill(entries)
    filled = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    questions = {}
    for who, mandate in (("city", load.officer), ("ward", load.clerk)):
        for name, typed in load.questions().items():
            questions[f"{who}: {name}"] = _time(
                lambda mandate=mandate, typed=typed: search(mandate, typed), rounds
            )
    written = _time(load.record_one, rounds)
    return {
        "database": connection.vendor,
        "entries": Entry.objects.count(),
        "fill_s": round(filled, 1),
        "record_and_index_ms": written["p50_ms"],
        "questions": questions,
    }


def _time(ask: Any, rounds: int) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        found = ask()
    took = []
    for _round in range(rounds):
        began = time.perf_counter()
        ask()
        took.append(1000 * (time.perf_counter() - began))
    hits = sum(len(group.hits) for group in found) if isinstance(found, list) else 1
    return {
        "p50_ms": round(statistics.median(took), 1),
        "p95_ms": round(sorted(took)[max(0, int(rounds * 0.95) - 1)], 1),
        "queries": len(captured),
        "hits": hits,
    }


class _Load:
    def __init__(self) -> None:
        from thongsuot.accounts.models import User
        from thongsuot.audit.actors import SYSTEM
        from thongsuot.finding.actions import reindex
        from thongsuot.matters.models import Origin
        from thongsuot.units.actions import grant_mandate
        from thongsuot.units.dataset import open_dataset
        from thongsuot.units.loading import load_units
        from thongsuot.units.models import Unit

        load_units(by=SYSTEM, dataset=open_dataset())
        list(reindex(["unit"]))
        self.dice = random.Random(168)
        self.city = Unit.objects.get(code="79", valid_to__isnull=True)
        self.wards = list(Unit.objects.filter(parent=self.city, valid_to__isnull=True).order_by("pk"))
        self.officer, self.clerk = (
            grant_mandate(
                by=SYSTEM,
                user=User.objects.create_user(username=role, full_name=role),
                role=role,
                unit=unit,
                valid_from=FIRST_DAY,
            )
            for role, unit in (("city_officer", self.city), ("ward_officer", self.wards[0]))
        )
        self.origin = Origin.objects.create(kind="meeting", key="bench", title="Buổi giám sát", on=FIRST_DAY)
        self.origin.units.set([self.wards[0]])
        self.rare = _syllables(self.dice)
        self.template: dict[str, Any] = {}
        self.columns: set[str] = set()

    def questions(self) -> dict[str, str]:
        rare, rarer = self.rare[-1], self.rare[-40]
        return {
            "in nearly every text": "phường",
            "two such words": "đề nghị",
            "without marks": "de nghi phuong",
            "medium": "biên chế",
            "medium, without marks": "may tinh",
            "rare": rare,
            "frequent and rare": f"đề nghị {rarer}",
            "rare and rare": f"{rare} {rarer}",
            "a word begun": "đề ngh",
            "one letter begun": "phường t",
            "a phrase": '"đề nghị thành phố"',
            "an abbreviation": "UBND",
            "a symbol": "249-KH/UBKTTW",
            "a number": "KN 2024 1234",
            "a unit": "tân khánh",
            "nothing": "zyxwvut",
        }

    def fill(self, entries: int) -> None:
        """The first go the whole way of an action; the rest are copies under other numbers, made by the database."""
        self._fill_documents(min(entries // 50, BASE // 10))
        self._fill_meetings(min(entries // 50, BASE // 10))
        base = min(entries, BASE)
        for start in range(0, base, BATCH):
            self._fill_matters(range(start + 1, min(start + BATCH, base) + 1), base)
        for copy in range(1, entries // base):
            self._copy(copy * base, base)
            if copy % 5 == 0:
                print(f"{(copy + 1) * base:,}", end=" ", file=sys.stderr, flush=True)
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("UPDATE finding_word SET entries = entries * %s", [max(1, entries // base)])

    def _copy(self, shift: int, base: int) -> None:
        from django.db import connection, transaction

        from thongsuot.finding.models import Entry
        from thongsuot.matters.models import Matter

        place = "rowid" if connection.vendor == "sqlite" else "place"
        first = 1_000_001
        span = [first, first + base - 1]
        entry = ", ".join(f'"{field.column}"' for field in Entry._meta.concrete_fields[3:])
        matter = [
            f'"{field.column}"'
            for field in Matter._meta.concrete_fields
            if field.column not in {"id", "number"} and field.column in self.columns
        ]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO matters_matter (id, number, {', '.join(matter)})"
                f" SELECT id + %s, number || %s, {', '.join(matter)} FROM matters_matter WHERE id BETWEEN %s AND %s",
                [shift, f"-{shift // base}", *span],
            )
            cursor.execute(
                "INSERT INTO matters_matterunit (matter_id, unit_id, named) SELECT matter_id + %s, unit_id, named"
                " FROM matters_matterunit WHERE matter_id BETWEEN %s AND %s",
                [shift, *span],
            )
            cursor.execute(
                f"INSERT INTO finding_entry (place, kind, key, {entry}) SELECT place + %s, kind, key + %s, {entry}"
                " FROM finding_entry WHERE kind = 'proposal' AND key BETWEEN %s AND %s",
                [shift, shift, *span],
            )
            cursor.execute(
                f"INSERT INTO finding_text ({place}, tokens) SELECT entry.place + %s, tokens"
                f" FROM finding_entry entry JOIN finding_text ON finding_text.{place} = entry.place"
                " WHERE kind = 'proposal' AND key BETWEEN %s AND %s",
                [shift, *span],
            )

    def _fill_matters(self, numbers: range, of: int) -> None:
        """Rows as the register keeps them, past the model for speed; words through the index as actions write them."""
        from django.db import transaction

        from thongsuot.matters.models import Matter, MatterUnit

        if not self.template:
            self.record_one()
            (row,) = Matter.objects.values()
            self.template = dict(row)
            self.columns = set(row)
        wards = {number: self.dice.choice(self.wards) for number in numbers}
        rows = [
            {
                **self.template,
                "id": 1_000_000 + number,
                "number": f"KN-2024-{number:06d}",
                "unit_id": wards[number].pk,
                "raised_on": FIRST_DAY + timedelta(days=number * 480 // of),
            }
            for number in numbers
        ]
        with transaction.atomic():
            _insert(Matter, rows)
            _insert(
                MatterUnit,
                [{"matter_id": row["id"], "unit_id": row["unit_id"], "named": True} for row in rows],
            )
            self._index(rows, wards)

    def _index(self, rows: list[dict[str, Any]], wards: dict[int, Any]) -> None:
        from dataclasses import replace
        from types import SimpleNamespace

        from thongsuot.finding import actions
        from thongsuot.finding.kinds import Content, kind_of
        from thongsuot.units.policies import bounds_of

        kind = replace(kind_of("proposal"), content=lambda row: row.content)
        made = [
            SimpleNamespace(
                pk=row["id"],
                content=Content(
                    text=self._text(),
                    note=f"{row['number']} · {wards[row['id'] - 1_000_000]} · {row['raised_on']:%d-%m-%Y}",
                    also="Nguyễn Văn Mẫu",
                    code=row["number"],
                    day=row["raised_on"],
                    bounds=bounds_of([wards[row["id"] - 1_000_000]]),
                ),
            )
            for row in rows
        ]
        for start in range(0, len(made), 500):
            actions._write(kind, made[start : start + 500])

    def _text(self) -> str:
        """Some forty words: the frequent in nine of ten texts, the medium in a few of a hundred, the rest by rank."""
        spoken = [word for word in FREQUENT.split() if self.dice.random() < 0.9]
        medium = MEDIUM.split()
        at = self.dice.randrange(0, len(medium), 2)
        spoken += medium[at : at + 2] if self.dice.random() < 0.5 else []
        spoken += ["UBND phường"] if self.dice.random() < 0.1 else []
        spoken += ["theo Kế hoạch 249-KH/UBKTTW"] if self.dice.random() < 0.002 else []
        spoken += [self.rare[int(len(self.rare) * self.dice.random() ** 3)] for _ in range(25)]
        return " ".join(spoken)

    def _fill_documents(self, count: int) -> None:
        from thongsuot.documents.models import Document
        from thongsuot.finding.actions import index_many

        for start in range(0, count, BATCH):
            rows = Document.objects.bulk_create(
                Document(
                    number=f"{number + 10}", symbol="KH/UBKTTW", date=FIRST_DAY + timedelta(days=number % 480),
                    issuer="Ủy ban Kiểm tra Trung ương", issuer_folded=f"{number}", type="kế hoạch",
                    abstract=self._text(),
                )
                for number in range(start, min(start + BATCH, count))
            )  # fmt: skip
            index_many("document", [row.pk for row in rows])

    def _fill_meetings(self, count: int) -> None:
        from thongsuot.finding.actions import index_many
        from thongsuot.oversight.models import Meeting

        for start in range(0, count, BATCH):
            rows = Meeting.objects.bulk_create(
                Meeting(
                    kind="supervision", date=FIRST_DAY + timedelta(days=number % 480),
                    title=f"Buổi giám sát tại phường về {self.rare[number % 500]}",
                )
                for number in range(start, min(start + BATCH, count))
            )  # fmt: skip
            Meeting.units.through.objects.bulk_create(
                Meeting.units.through(meeting=row, unit=self.dice.choice(self.wards)) for row in rows
            )
            index_many("meeting", [row.pk for row in rows])

    def record_one(self) -> None:
        from thongsuot.matters.actions import Statement, record_proposal

        statement = Statement(text=self._text(), units=[self.wards[0]])
        record_proposal(by=self.clerk, origin=self.origin, statement=statement)


def _insert(model: Any, rows: list[dict[str, Any]]) -> None:
    from django.db import connection

    fields = {field.column: field for field in model._meta.concrete_fields if field.column in rows[0]}
    ready = {column: field.get_db_prep_save(rows[0][column], connection) for column, field in fields.items()}
    values = [
        [
            ready[column]
            if row[column] is rows[0][column]
            else field.get_db_prep_save(row[column], connection)
            for column, field in fields.items()
        ]
        for row in rows
    ]
    names = ", ".join(f'"{column}"' for column in fields)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({', '.join(['%s'] * len(fields))})", values
        )


def _syllables(dice: random.Random) -> list[str]:
    every = [onset + rime for onset in ONSETS.split() for rime in RIMES.split()]
    dice.shuffle(every)
    return every


def _print_table(result: dict[str, Any]) -> None:
    print(f"{result['database']}; {result['entries']:,} entries, filled in {result['fill_s']} s")
    print(f"recording and indexing one proposal: {result['record_and_index_ms']} ms")
    print(f"{'question':34} {'p50 ms':>8} {'p95 ms':>8} {'queries':>8} {'hits':>6}")
    for name, took in result["questions"].items():
        print(f"{name:34} {took['p50_ms']:8.1f} {took['p95_ms']:8.1f} {took['queries']:8} {took['hits']:6}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
