"""A plan on one page: how far it is, or what it came to and how that is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thongsuot.audit.history import Moment, moments
from thongsuot.kernel.verdicts import Verdict
from thongsuot.staffing.actions.running import UNDER_WAY
from thongsuot.staffing.enums import Stage
from thongsuot.staffing.models import Plan, Position
from thongsuot.staffing.planning.comparing import TierPair, tier_pairs
from thongsuot.staffing.planning.figures import Figures
from thongsuot.staffing.planning.words import said
from thongsuot.staffing.policies import may, may_name
from thongsuot.staffing.queries.plans import versions_of
from thongsuot.staffing.views.plans.bounds import BoundLine, bound_lines, names_for
from thongsuot.staffing.views.plans.frame import (
    found_plan,
    plan_crumbs,
    plan_tabs,
    positions_of,
    units_of,
    version_name,
)
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb


@dataclass(frozen=True, slots=True)
class Tier:
    """One aim of the objective: what the plan reaches, the best any plan could, and whether the two meet."""

    name: str
    value: int
    bound: int | None

    @property
    def proven(self) -> bool:
        return self.bound == self.value


@dataclass(frozen=True, slots=True)
class Clashing:
    """A condition that cannot hold together with the others; `own` ones were set by hand and can be taken away."""

    words: str
    person: str = ""
    unit: str = ""
    position: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class PlanPage:
    plan: Plan
    title: str
    under_way: bool
    figures: Figures | None
    tiers: Sequence[Tier]
    proof: Sequence[str]
    rules: Sequence[tuple[str, str]]
    bounds: Sequence[BoundLine]
    stages: Sequence[str]
    moves: int
    clashing: Sequence["Clashing"]
    since: Sequence[tuple[str, TierPair]]
    prices: Sequence[tuple[Position, int, str]]
    relaxations: Sequence[tuple[str, int]]
    versions: Sequence[Plan]
    history: list[Moment]
    may_plan: Verdict

    @property
    def seconds(self) -> float:
        return float(sum(self.plan.seconds.values()))

    @property
    def clash_words(self) -> list[str]:
        why = (self.findings.get("clash") or {}).get("why", ())
        return said(
            one for one in why if one["code"] != "clash.together"
        )  # the page lists what that one counts

    @property
    def findings(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.plan.findings
        return found


@needs(Verb.READ_STAFF)
def plan(request: MandatedRequest, pk: int) -> HttpResponse:
    shown = found_plan(request, pk)
    figures = shown.findings.get("figures")
    page = PlanPage(
        plan=shown,
        title=version_name(shown),
        under_way=shown.state in UNDER_WAY,
        figures=Figures.kept(figures) if figures else None,
        tiers=tiers_of(shown),
        proof=said(shown.findings.get("proof", ())),
        rules=rules_in_words(shown),
        bounds=bound_lines(shown, named=may_name(request.mandate)),
        stages=[str(Stage(stage).label) for stage in shown.stages],
        moves=shown.findings.get("checked", {}).get("moves", 0),
        clashing=clashing(shown, named=may_name(request.mandate)),
        since=_since(shown),
        prices=_prices(shown),
        relaxations=_relaxations(shown),
        versions=list(
            versions_of(shown).only("pk", "title", "number", "state", "change", "started_at", "unit")
        ),
        history=moments(shown),
        may_plan=may(request.mandate, Verb.PLAN_STAFF, shown),
    )
    context = {
        "page": page,
        "plan": shown,
        "progress": progress_of(shown),
        "tabs": plan_tabs(shown, "plan"),
        "crumbs": plan_crumbs(shown),
    }
    return render(request, "staffing/plan_page.html", context)


@needs(Verb.READ_STAFF)
def progress(request: MandatedRequest, pk: int) -> HttpResponse:
    """The state alone, asked for every second while the plan is computed; when it is done the page loads anew."""
    shown = found_plan(request, pk)
    may_plan = may(request.mandate, Verb.PLAN_STAFF, shown)
    context = {"plan": shown, "progress": progress_of(shown), "may_plan": may_plan}
    answer = render(request, "staffing/plan_progress.html", context)
    if shown.state not in UNDER_WAY:
        answer["HX-Refresh"] = "true"
    return answer


def progress_of(plan: Plan) -> dict[str, Any]:
    """What the engine is at, in words, and how far in hundredths."""
    what, _blank, share = plan.progress.partition(" ")
    words = {
        "": _("đang chờ máy"),
        "build": _("dựng bài toán"),
        "filled_weight": _("lấp nhiều chỗ nhất"),
        "transfers": _("ít người phải chuyển đơn vị nhất"),
        "reassignments": _("ít người phải đổi vị trí nhất"),
        "training": _("ít người phải bồi dưỡng nhất"),
        "distance_hm": _("quãng đường ngắn nhất"),
        "preferences": _("hợp nguyện vọng nhất"),
        "disturbance": _("ít xáo trộn bản trước nhất"),
        "check": _("kiểm tra độc lập"),
        "explain": _("viết lý do"),
        "keep": _("ghi kết quả"),
    }
    done = round(100 * float(share)) if share else 0
    return {"what": words.get(what, _("đang tính")), "done": done}


def tier_names() -> dict[str, str]:
    return {
        "filled_weight": _("Điểm chỗ được lấp (chỗ × mức ưu tiên)"),
        "transfers": _("Người chuyển đơn vị"),
        "reassignments": _("Người đổi vị trí"),
        "training": _("Người cần bồi dưỡng"),
        "distance_hm": _("Tổng quãng đường (trăm mét)"),
        "preferences": _("Người về đúng nơi có nguyện vọng"),
        "disturbance": _("Người khác với bản trước"),
    }


def tiers_of(plan: Plan) -> list[Tier]:
    names = tier_names()
    return [
        Tier(names[name], value, plan.bound.get(name))
        for name, value in plan.objective.items()
        if name in names
    ]


def _since(plan: Plan) -> list[tuple[str, TierPair]]:
    """What the change cost or brought, against the version it came from."""
    if plan.parent is None or not plan.objective or not plan.parent.objective:
        return []
    names = tier_names()
    return [(names[pair.key], pair) for pair in tier_pairs(plan.parent, plan) if pair.difference]


def _prices(plan: Plan) -> list[tuple[Position, int, str]]:
    """What one more qualified person is worth, dearest first."""
    kept = [one for one in plan.findings.get("prices", ()) if one["unit"] is None and not one.get("area")]
    positions = {one.code: one for one in positions_of(plan)}
    rows = [
        (positions[one["position"]], one["marginal_weight"], " ".join(said(one["why"])))
        for one in kept
        if one["position"] in positions
    ]
    return sorted(rows, key=lambda row: (-row[1], row[0].code))


def _relaxations(plan: Plan) -> list[tuple[str, int]]:
    """Each rule loosened by itself: how many more places are filled."""
    kept = [one for one in plan.findings.get("relaxations", ()) if one["fills"] > 0]
    if not kept:
        return []
    names = {one.code: str(one) for one in positions_of(plan)} | {
        one.code: str(one) for one in units_of(plan)
    }
    return sorted(((_relaxed(one, names), one["fills"]) for one in kept), key=lambda row: -row[1])


def _relaxed(one: Mapping[str, Any], names: Mapping[str, str]) -> str:
    words = {
        "max_km": _("Chuyển xa nhất từ %(from)s lên %(to)s km"),
        "keep_cover": _("Cho phép để trống chỗ đang có người"),
        "quota": _("Nâng biên chế của %(at)s từ %(from)s lên %(to)s"),
        "max_departures": _("Cho %(at)s thêm một người đi (từ %(from)s lên %(to)s)"),
        "training": _("Bồi dưỡng một người cho vị trí %(at)s"),
    }
    no_limit = _("không giới hạn")
    named = {name: no_limit if one.get(name) is None else one[name] for name in ("from", "to")}
    about = one["to"] if one["rule"] == "training" else one.get("at")
    named["at"] = names.get(about or "", about)
    return words[one["rule"]] % named if one["rule"] in words else str(one["rule"])


def clashing(plan: Plan, *, named: bool) -> list[Clashing]:
    clash = plan.findings.get("clash")
    if not clash:
        return []
    own = {(one["person"], one["unit"], one["position"]) for one in (*plan.pins, *plan.forbids)}
    names = names_for(plan, [*clash["pins"], *clash["forbids"]], named=named)
    found = []
    for told, bounds in ((names.pin, clash["pins"]), (names.forbid, clash["forbids"])):
        for one in bounds:
            place = (one["person"], one["unit"], one["position"] or "")
            found.append(Clashing(told(one), *place, own=place in own))
    rules = rule_names()
    return [*found, *(Clashing(rules.get(rule, rule)) for rule in clash["rules"])]


def rule_names() -> dict[str, str]:
    """Rules as the engine names them."""
    return {
        "places": _("Quy tắc: mỗi vị trí không quá số chỗ trong khung"),
        "locked": _("Quy tắc: người thuộc trường hợp chưa điều động giữ nguyên chỗ"),
        "max_km": _("Quy tắc: không chuyển xa hơn mức đã đặt"),
        "keep_cover": _("Quy tắc: không để trống chỗ đang có người"),
        "quota": _("Quy tắc: không vượt biên chế của đơn vị"),
        "max_departures": _("Quy tắc: giới hạn số người đi của đơn vị"),
        "fits": _("Quy tắc: chỉ xếp vào vị trí đạt chuẩn"),
    }


def rules_in_words(plan: Plan) -> list[tuple[str, str]]:
    """The conditions as they were set, for whoever reads the plan later."""
    rules = plan.rules
    no_limit = _("không giới hạn")
    km = rules["max_km"]
    leave = rules["most_leave"]
    yes, no = _("có"), _("không")
    found = [
        (_("Chuyển xa nhất"), no_limit if km is None else _("%(km)g km") % {"km": km}),
        (_("Giữ chỗ đang có người"), yes if rules["keep_cover"] else no),
        (
            _("Mỗi đơn vị cho đi nhiều nhất"),
            no_limit if leave is None else _people(leave),
        ),
        (_("Chừa người sắp nghỉ hưu"), yes if rules["spare_retiring"] else no),
    ]
    found += [
        (_("Đơn vị %(unit)s cho đi nhiều nhất") % {"unit": unit}, _people(most))
        for unit, most in sorted(rules["caps"].items())
    ]
    found += [
        (_("Mức ưu tiên của %(position)s") % {"position": code}, str(weight))
        for code, weight in sorted(rules["weights"].items())
    ]
    return found


def _people(count: int) -> str:
    return ngettext("%(count)s người", "%(count)s người", count) % {"count": count}
