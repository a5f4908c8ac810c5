"""The loop at work: pages with many people at once, one task to 168 wards, whole lives of proposals, grouping.

    thongsuot bench loop [--matters N] [--users N] [--national] [--seconds S] [--json]

Builds a city of 168 units with N matters and their histories in a database of its own beside the configured one
(PostgreSQL when THONGSUOT_DATABASE_URL says so, else SQLite), starts the product's server over it and lets 20 people
work: each asks for a page, reads it for a second, asks for the next; everybody has opened each page once before, as on
any day but the first. --national is the national load: 1,000,000 matters and 20,000 users. The same pages at 10,000
matters stand beside them in the same run.

The peer of the lives: a public-service platform that publishes 6.3 full lifecycles a second at a million records on 16
cores, 0.39 a second and core. A life here is: raised, routed, answered, agreed with, each act in the audit trail.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Mapping
from datetime import date
from typing import Any

from _city import City, own_database
from _visitors import open_once, queries_of, server, session_cookie, visit

AT_ONCE = 20
BESIDE = 10_000  # matters of the smaller load that stands beside
LIMIT_MS, LIMIT_GROWTH, LIMIT_ISSUE_MS = 200, 1.5, 1000
PEER_PER_CORE = 6.3 / 16
ALONE = 8  # times each page is asked by one person alone


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="thongsuot bench loop", description=__doc__)
    parser.add_argument("--matters", type=int, default=10_000)
    parser.add_argument("--users", type=int, default=2_000)
    parser.add_argument("--national", action="store_true", help="1,000,000 matters and 20,000 users")
    parser.add_argument("--seconds", type=float, default=60, help="how long the people work at each size")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    options = parser.parse_args(arguments)
    if options.national:
        options.matters, options.users = 1_000_000, 20_000
    with own_database() as environment:
        result = _measure(options, environment)
    if options.json:
        print(json.dumps(result))
    else:
        _print_tables(result)
    return 0


def _measure(options: Any, environment: Mapping[str, str]) -> dict[str, Any]:
    from django.db import connection

    city = City(date.today())  # noqa: DTZ011  # the day of the machine, as the server sees it
    city.people_it(options.users)
    smaller = BESIDE if options.matters > BESIDE else None
    small = None
    if smaller:
        city.grow_to(smaller)
        small = _ask(city, environment, options.seconds)
    began = time.perf_counter()
    city.grow_to(options.matters)
    built = round(time.perf_counter() - began)
    pages = _ask(city, environment, options.seconds)
    return {
        "database": connection.vendor,
        "matters": options.matters,
        "users": options.users,
        "built_s": built,
        "pages": _with_growth(pages, small),
        "smaller": {"matters": smaller, "pages": small} if smaller else None,
        "issue_to_168_ms": _issue(city),
        "lifecycles_per_s": _live(city),
        "grouping": _group(),
    }


def _with_growth(pages: dict[str, Any], small: dict[str, Any] | None) -> dict[str, Any]:
    if not small:
        return pages
    return {
        name: {**page, "growth": round(page["p95_ms"] / small[name]["p95_ms"], 2)}
        for name, page in pages.items()
    }


def _pages(city: City) -> dict[str, dict[str, str]]:
    """Addresses by name, for the city officer and for a ward's clerk."""
    from thongsuot.matters.models import Matter

    ward = city.clerks[0].unit_id
    task = Matter.objects.filter(direction="down", unit=ward).order_by("-open", "pk").first()
    answered = Matter.objects.filter(direction="up", open=False, unit=ward).order_by("pk").first()
    assert task is not None
    assert answered is not None
    lists = {
        "my work": "/",
        "proposals": "/kien-nghi/",
        "proposals by topic, late": "/kien-nghi/?topic=staffing-quota&clock=overdue",
        "tasks": "/nhiem-vu/",
        "tasks of a ward": f"/nhiem-vu/?unit={ward}",
        "search, frequent word": "/tra-cuu/?q=de+nghi",
        "search, rare word": "/tra-cuu/?q=ho+so+so+4711",
        "board": f"/dot-giam-sat/{city.campaign.pk}/",
        "task": f"/viec/{task.number}/",
        "proposal": f"/viec/{answered.number}/",
    }
    return {
        "city": {**lists, "overview": "/toan-canh/"},
        "ward": lists,
    }


def _ask(city: City, environment: Mapping[str, str], seconds: float) -> dict[str, Any]:
    """Each page alone with its queries, then with many people at once."""
    pages = _pages(city)
    people = {"city": [city.officer, city.leader], "ward": city.clerks}
    queries = {
        f"{who}: {name}": queries_of(people[who][0].user, address)
        for who, addresses in pages.items()
        for name, address in addresses.items()
    }
    cookies = {who: [session_cookie(one.user) for one in some[:AT_ONCE]] for who, some in people.items()}
    visitors = []
    for number in range(AT_ONCE):
        who = "city" if number % 4 == 0 else "ward"
        cookie = cookies[who][0 if who == "city" else number % len(cookies[who])]
        addresses = pages[who] if who == "city" or number % len(cookies[who]) == 0 else _own(pages[who])
        visitors.append((cookie, {f"{who}: {name}": address for name, address in addresses.items()}))
    with server(environment) as port:
        open_once(port, visitors)
        alone = visit(port, [visitors[0], visitors[1]][:1], seconds=ALONE, pause=0)
        together = visit(port, visitors, seconds=seconds)
    if together.failed:
        raise SystemExit(f"pages failed: {sorted(set(together.failed))[:5]}")
    single = alone.figures()
    return {
        name: {**figures, "alone_p50_ms": single.get(name, {}).get("p50_ms"), "queries": queries[name]}
        for name, figures in together.figures().items()
    }


def _own(addresses: Mapping[str, str]) -> dict[str, str]:
    """Clerks of other wards may not open the first ward's matters."""
    return {name: address for name, address in addresses.items() if name not in {"task", "proposal"}}


def _issue(city: City) -> float:
    """One order to every unit of the city, in the middle of three, each with its number, clock, leg and place."""
    from thongsuot.lawbook.calendar import add_working_days
    from thongsuot.matters.actions import Clears, draft_order, issue_order

    took = []
    for _round in range(3):
        clears = Clears(
            text="Rà soát, báo cáo việc sắp xếp trụ sở dôi dư",
            units=city.wards,
            person="Chủ tịch Ủy ban nhân dân",
            product="Báo cáo kèm danh mục",
            basis="Kết luận buổi giám sát",
            due_on=add_working_days(city.today, 15),
            lead_code="peoples_committee",
        )
        order = draft_order(by=city.officer, clears=clears)
        began = time.perf_counter()
        tasks = issue_order(by=city.officer, order=order)
        took.append(1000 * (time.perf_counter() - began))
        assert len(tasks) == len(city.wards)
    return round(statistics.median(took), 1)


def _live(city: City, seconds: float = 10) -> float:
    """Whole lives in one process, one after the other: raised, routed, answered, agreed with."""
    from thongsuot.lawbook.topics import topics
    from thongsuot.matters.actions import (
        Statement,
        agree,
        answer_proposals,
        raise_proposal,
        route_proposal,
    )
    from thongsuot.matters.enums import AnswerKind
    from thongsuot.units.models import Body

    body = Body.objects.get(unit=city.unit, code="home_affairs", valid_to__isnull=True)
    topic = sorted(topics())[0]
    lives, began = 0, time.perf_counter()
    while (spent := time.perf_counter() - began) < seconds:
        clerk = city.clerks[lives % len(city.clerks)]
        text = f"Đề nghị bổ sung biên chế cho bộ phận số {lives}"
        proposal = raise_proposal(by=clerk, statement=Statement(text, [clerk.unit], topic=topic))
        route_proposal(by=city.officer, proposal=proposal, body=body)
        answer_proposals(
            by=city.officer,
            proposals=[proposal],
            kind=AnswerKind.REJECTED,
            text="Chưa có cơ sở bổ sung vì vượt số biên chế được giao năm nay",
        )
        agree(by=clerk, proposal=proposal)
        lives += 1
    return round(lives / spent, 1)


def _group() -> dict[str, float]:
    """The held-out pairs: those the rules were never fitted to."""
    from grouping import quality, speed

    held_out = quality()["held_out"]
    return {
        "pairs": held_out["pairs"],
        "precision": held_out["precision"],
        "recall": held_out["recall"],
        "in_groups": {name: held_out["in_groups"][name] for name in ("precision", "recall")},
        "seconds": speed(10_000)["seconds"],
    }


def _print_tables(result: dict[str, Any]) -> None:
    print(
        f"{result['database']}, {result['matters']:,} matters, {result['users']:,} users, {AT_ONCE} at once"
    )
    print(f"{'page':34} {'p50 ms':>8} {'p95 ms':>8} {'limit':>6} {'growth':>7} {'alone':>7} {'queries':>8}")
    for name, page in result["pages"].items():
        print(
            f"{name:34} {page['p50_ms']:8.1f} {page['p95_ms']:8.1f} {LIMIT_MS:6} {page.get('growth', '-'):>7} "
            f"{page['alone_p50_ms'] or '-':>7} {page['queries']:8}"
        )
    print(f"one task to 168 wards: {result['issue_to_168_ms']} ms (limit {LIMIT_ISSUE_MS})")
    print(f"whole lives: {result['lifecycles_per_s']} a second on one core (peer {PEER_PER_CORE:.2f})")
    print(f"grouping: {result['grouping']}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
