"""Whoever may not open a page does not even learn that it exists: tried on every address the resolver knows."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from importlib import import_module
from itertools import chain
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter

from tests import people
from tests.conftest import Rows
from tests.factories.documents import DocumentCitationFactory, DocumentFactory
from tests.factories.figures import StatedFigureFactory, StatementFactory
from tests.factories.indicators import IndicatorFactory
from tests.factories.matters import (
    AnswerFactory,
    IssuedTaskFactory,
    OriginFactory,
    ProposalFactory,
    TaskFactory,
)
from tests.factories.notices import NoticeFactory
from tests.factories.oversight import (
    CampaignFactory,
    ConclusionFactory,
    GroupSeatFactory,
    MeetingFactory,
    VisitFactory,
    WorkingGroupFactory,
)
from tests.factories.returns import ReturnFactory, ReturnTemplateFactory, RoundFactory
from tests.factories.sources import CitationFactory, SourceFactory
from tests.factories.staffing import (
    ConsentFactory,
    HandoverItemFactory,
    HoldingFactory,
    PlanFactory,
    PlanMoveFactory,
    PositionFactory,
    TransferFactory,
)
from tests.factories.staffing import PersonFactory as StaffFactory
from tests.units.places import city, ward
from thongsuot.documents.models import (
    Directive,
    DocumentVersion,
    Point,
    StudySession,
    Uptake,
    Wording,
)
from thongsuot.indicators.models import Dispute
from thongsuot.intake.models import Draft
from thongsuot.matters.models import GroupSuggestion, Matter, Order, ProposalGroup
from thongsuot.returns.models import Note, WorkbookBatch, WorkbookFile
from thongsuot.sources import files
from thongsuot.staffing.models import (
    Holding,
    ImportBatch,
    ImportFile,
    Kinship,
    Lock,
    PlanPaper,
    ReviewRound,
    UnitReview,
)
from thongsuot.staffing.planning.conditions import Conditions
from thongsuot.staffing.planning.figures import Sums
from thongsuot.units.access import Access
from thongsuot.units.models import Mandate, Unit

SIGN_IN = "/tai-khoan/login/"
READ_AT = datetime(2025, 10, 30, 8, 0, tzinfo=UTC)
REPORT_PAGES = ("report", "report-rows", "report-word", "report-excel")
VISIT_PAGES = (
    "visit",
    "brief",
    "brief-word",
    "amend-visit",
    "send-notice",
    "hold-visit",
    "minutes",
    "link-minutes",
    "report-visit",
    "postpone-visit",
    "replan-visit",
    "cancel-visit",
    "step-back",
)
CONFERENCE_PAGES = (
    "conference",
    "amend-conference",
    "hold-conference",
    "add-conclusions",
    "close-conference",
    "conclusions-word",
)
CONCLUSION_PAGES = ("amend-conclusion", "remove-conclusion", "give-out")
TRANSFER_PAGES = (
    "transfer",
    "hear-transfer",
    "hearing-word",
    "ask-transfer",
    "escalate-transfer",
    "decide-transfer",
    "decision-word",
    "take-effect",
    "close-transfer",
    "end-secondment",
    "transfer-course",
    "cancel-transfer",
)
# Attributes go as well: they hold tokens made anew for each answer.
TAGS = re.compile(r"<[^>]*>")
# Stands in every private record made below: where it shows, content shows.
SECRET = "Điều chỉ phường này biết"
NO_SUCH_PAGE = "Không có trang này"
# Where the page that says so is drawn in full for a stranger.
LOOKED_FOR = {
    "administration:mandate",
    "documents:directive",
    "matters:page",
    "oversight:meeting",
    "returns:page",
    "sources:page",
    "staffing:person",
}
# Units, official documents and the catalogue of positions are public knowledge within a role that reads them.
KNOWN_TO_ALL = {
    "indicators:through",
    "indicators:restated",
    "indicators:indicator",
    "units:page",
    "documents:page",
    "documents:version",
    "documents:point",
    "documents:study",
    "documents:study-new",
    "staffing:position",
}


@dataclass(frozen=True)
class Address:
    name: str
    kinds: Mapping[str, str]
    access: Access | str | None

    @property
    def arguments(self) -> frozenset[str]:
        return frozenset(self.kinds)


def _addresses(
    patterns: Iterable[URLPattern | URLResolver], path: str = "", spaces: tuple[str, ...] = ()
) -> Iterator[Address]:
    for pattern in patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern.url_patterns, here, (*spaces, *filter(None, [pattern.namespace])))
        elif pattern.name and not here.startswith("tai-khoan/"):
            access = getattr(pattern.callback, "access", None)
            kinds = {name: _kind(converter) for name, converter in pattern.pattern.converters.items()}
            yield Address(":".join((*spaces, pattern.name)), kinds, access)


def _kind(converter: object) -> str:
    return "int" if isinstance(converter, IntConverter) else "str"


ADDRESSES = list(_addresses(get_resolver().url_patterns))
PRIVATE = [one for one in ADDRESSES if isinstance(one.access, Access) and not one.access.public]
WITH_OBJECTS = [one for one in PRIVATE if one.arguments]
names = {"ids": lambda one: one.name}

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def kept_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(autouse=True)
def files_dir(kept_files: Path) -> Iterator[Path]:
    before, configured.FILES_DIR = configured.FILES_DIR, kept_files
    yield kept_files
    configured.FILES_DIR = before


@pytest.fixture(scope="module")
def here(module_rows: Rows) -> Unit:
    with module_rows():
        return ward(city(), "Tân Khánh", "25891")


@pytest.fixture(scope="module")
def objects(module_rows: Rows, kept_files: Path, here: Unit) -> Mapping[str, Mapping[str, object]]:
    with module_rows(), override_settings(FILES_DIR=kept_files):
        return one_of_each(here)


@dataclass(frozen=True)
class Visitors:
    """Whoever walks below has signed in once, not once for each address; a page drawn for them is drawn once."""

    sessions: Mapping[str, list[str]]  # role -> keys; `stranger` is a role here
    objects: Mapping[str, Mapping[str, object]]
    drawn: dict[tuple[str, str], tuple[int, str]]

    def browser(self, session: str) -> Client:
        client = Client()
        client.cookies[configured.SESSION_COOKIE_NAME] = session
        return client

    def browser_of(self, who: str) -> Client:
        [session] = self.sessions[who]
        return self.browser(session)

    def see(self, who: str, one: Address) -> list[tuple[int, str]]:
        """What those who hold the role get at the address."""
        answers = []
        for session in self.sessions[who]:
            key = session, one.name
            if key not in self.drawn:
                self.drawn[key] = seen(self.browser(session).get(url_of(one, self.objects)))
            answers.append(self.drawn[key])
        return answers


@pytest.fixture(scope="module")
def visitors(module_rows: Rows, objects: Mapping[str, Mapping[str, object]], here: Unit) -> Visitors:
    province = here.parent
    assert province is not None
    with module_rows():
        holders = [people.officer(province), people.administrator(province), people.clerk(here)]
        holders += [people.personnel(province), people.ward_personnel(here), people.ward_leader(here)]
        holders += Mandate.objects.filter(role_code="reader")  # whose notice it is
        sessions: dict[str, list[str]] = {}
        for holder in holders:
            sessions.setdefault(holder.role_code, []).append(people.signed_in(holder).session.session_key)
        sessions["stranger"] = [people.signed_in(people.stranger()).session.session_key]
        return Visitors(sessions, objects, {})


@pytest.fixture
def said_briefly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it matters whether a page is found, not how it is said that none is: drawing that page takes longest."""

    def handler(request: HttpRequest, exception: Exception) -> HttpResponse:
        return HttpResponseNotFound(NO_SUCH_PAGE)

    monkeypatch.setattr(import_module(configured.ROOT_URLCONF), "handler404", handler, raising=False)


def one_of_each(here: Unit) -> Mapping[str, Mapping[str, object]]:
    """One real object for every address that names one; a new address must be given its own."""
    province = here.parent
    assert province is not None
    source = SourceFactory(received_at_unit=here, name=f"{SECRET}.txt")
    files.keep(source.sha256, source.text.encode())
    citation = CitationFactory(source=source)
    meeting = MeetingFactory(units=[here], title=SECRET)
    matter = ProposalFactory(unit=here, origin=OriginFactory(units=[here]), text=SECRET)
    draft = Draft.objects.create(
        source=source,
        unit=here,
        data={"items": [], "meeting": {}, "meeting_read": {}},
        created_by="Lan",
        created_by_username="lan",
    )
    mandate = people.reader(here)
    kept = {
        "sources:page": {"pk": source.pk},
        "sources:file": {"pk": source.pk},
        "sources:sentence": {"pk": citation.pk},
        "matters:page": {"number": matter.number},
        "matters:story": {"number": matter.number},
        "matters:origin-story": {"pk": matter.origin_id},
        "documents:page": {"pk": DocumentCitationFactory(citation=citation).document_id},
        "oversight:meeting": {"pk": meeting.pk},
        **_of_matters(matter, here),
        **_of_documents(here),
        **_of_figures(here),
        **_of_oversight(here, mandate),
        **_of_staffing(here),
        **_of_returns(here),
    }
    notice = NoticeFactory(user=mandate.user, read_at=READ_AT)
    kept["notices:open"] = {"pk": notice.pk}
    kept["notices:unread"] = {"moment": round(READ_AT.timestamp() * 1_000_000)}
    for name in ("units:page", "units:rename", "units:merge", "units:split"):
        kept[name] = {"pk": here.pk}
    for name in (
        "administration:mandate",
        "administration:end",
        "administration:cover",
        "administration:address",
    ):
        kept[name] = {"pk": mandate.pk}
    for name in ("account", "close-account", "reopen-account", "remove-account"):
        kept[f"administration:{name}"] = {"pk": mandate.user_id}
    ended = ward(province, "Đã Nhập", "25892")
    Unit.objects.filter(pk=ended.pk).update(valid_to=date(2026, 1, 1))
    kept["administration:carry-over"] = {"pk": ended.pk}
    deputy = people.holder("deputy", "reader", here)
    Mandate.objects.filter(pk=deputy.pk).update(deputy_of=mandate)
    kept["deputies:end"] = {"pk": deputy.pk}
    for one in WITH_OBJECTS:
        if one.name.startswith("intake:"):
            kept[one.name] = {"pk": draft.pk, "key": "proposals-0", "name": "text"}
    return kept


def _of_oversight(here: Unit, mandate: Mandate) -> dict[str, Mapping[str, object]]:
    kept: dict[str, Mapping[str, object]] = {}
    campaign = CampaignFactory(unit=here.parent, title=SECRET)
    for name in (
        "campaign",
        "form-group",
        "timetable",
        "campaign-units",
        "import",
        "apply-import",
        *REPORT_PAGES,
    ):
        kept[f"oversight:{name}"] = {"pk": campaign.pk}
    group = WorkingGroupFactory(campaign=campaign, units=[here])
    for name in ("group", "assign-units", "seat", "unseat"):
        kept[f"oversight:{name}"] = {"pk": group.pk, "mandate": mandate.pk}
    seat = GroupSeatFactory(group=group)
    for name in ("seat-on-paper", "end-seat", "retitle", "remove-seat", "plan"):
        kept[f"oversight:{name}"] = {"pk": group.pk, "seat": seat.pk}
    visit = VisitFactory(group=group, units=[here])
    for name in VISIT_PAGES:
        kept[f"oversight:{name}"] = {"pk": visit.pk}
    point = ConclusionFactory(conference__unit=here, conference__organisation=SECRET)
    for name in CONFERENCE_PAGES:
        kept[f"oversight:{name}"] = {"pk": point.conference_id}
    for name in CONCLUSION_PAGES:
        kept[f"oversight:{name}"] = {"pk": point.conference_id, "point": point.pk}
    return kept


ORDER_PAGES = ("order", "order-edit", "order-issue", "order-discard", "order-withdraw", "order-widen")
PROPOSAL_PAGES = ("edit-proposal", "agree", "contest", "withdraw-proposal")
GROUP_PAGES = ("group-leave", "group-dissolve", "group-restore")
SUGGESTION_PAGES = ("suggestion-accept", "suggestion-dismiss", "suggestion-reopen")
TASK_PAGES = ("undo-verify", "deed")


def _of_matters(matter: Matter, here: Unit) -> dict[str, dict[str, object]]:
    """What hangs on a proposal: its group, its answer, an order to its unit."""
    assert here.parent is not None
    group = ProposalGroup.objects.create(number="NH-1", title=SECRET, unit=here, formed_by="Lan")
    Matter.objects.filter(pk=matter.pk).update(group=group)
    answer = AnswerFactory(unit=here.parent, proposals=[matter], text=SECRET)
    order = Order.objects.create(
        text=SECRET,
        state="issued",
        issuer=here.parent,
        person="Lan",
        product="Báo cáo",
        basis="Kết luận",
        lead_code="peoples_committee",
        due_on=date(2026, 1, 1),
        issued_on=date(2025, 11, 1),
    )
    suggestion = GroupSuggestion.objects.create(unit=here.parent, title=SECRET, likeness=0.9)
    suggestion.members.add(matter)
    task = IssuedTaskFactory(unit=here, order=order, text=SECRET, state="received")
    recorded = TaskFactory(unit=here, origin=matter.origin, text=SECRET)
    return {
        "matters:group": {"number": group.number},
        "matters:answer": {"number": answer.number},
        "matters:answer-story": {"number": answer.number},
        **{f"matters:{name}": {"pk": order.pk} for name in ORDER_PAGES},
        **{f"matters:{name}": {"number": task.number, "name": "nop"} for name in TASK_PAGES},
        "matters:issue-recorded": {"number": recorded.number},
        **{f"matters:{name}": {"number": matter.number} for name in PROPOSAL_PAGES},
        "matters:link": {"number": answer.number},
        **{f"matters:{name}": {"number": group.number} for name in GROUP_PAGES},
        **{f"matters:{name}": {"pk": suggestion.pk} for name in SUGGESTION_PAGES},
    }


DOCUMENT_PAGES = ("edit", "remove", "version-new", "order", "study", "study-new", "circle", "erase")
POINT_PAGES = ("point", "rest-on", "studied-by")
DIRECTIVE_PAGES = ("directive", "directive-points", "directive-map", "answer", "on-paper")
UPTAKE_PAGES = ("uptake", "look-again", "take-back")


def _of_figures(here: Unit) -> dict[str, dict[str, object]]:
    """A number the ward states, with words of its own."""
    indicator = IndicatorFactory(kind="text", over_units="none", over_periods="latest")
    stated = StatedFigureFactory(
        statement=StatementFactory(unit=here), indicator=indicator, value=None, words=SECRET
    )
    dispute = Dispute.objects.create(
        indicator=indicator,
        unit=here,
        period=stated.period,
        stated=stated,
        value=1,
        reason=SECRET,
        raised_by="Lan",
        raised_by_username="lan",
        raised_at=READ_AT,
    )
    code = {"code": indicator.code}
    return {
        "indicators:through": code,
        "indicators:restated": code,
        "indicators:dispute": {**code, "unit": here.pk, "period": stated.period_id},
        "indicators:answer-dispute": {"pk": dispute.pk},
        "indicators:indicator": code,
        "indicators:edit": code,
        "indicators:targets": code,
        "indicators:scores": {"unit": here.pk},
        "indicators:cell": {**code, "unit": here.pk, "period": stated.period_id},
    }


def _of_documents(here: Unit) -> dict[str, dict[str, object]]:
    """A document of the city in one point, which the ward was told to put into effect, declined and studied."""
    document = DocumentFactory(keeper=here.parent)
    version = DocumentVersion.objects.create(document=document, number=1, effective_on=READ_AT.date())
    point = Point.objects.create(document=document, anchor="1", label="khoản 1")
    Wording.objects.create(
        version=version, point=point, position=0, kind="clause", anchor="1", label="khoản 1", text="Việc"
    )
    order = Order.objects.create(
        text=SECRET,
        state="issued",
        issuer=here.parent,
        person="Lan",
        product="Kế hoạch",
        basis="Kết luận",
        lead_code="party_committee",
        due_on=date(2026, 1, 1),
        issued_on=date(2025, 11, 1),
    )
    IssuedTaskFactory(unit=here, order=order, text=SECRET)
    directive = Directive.objects.create(
        document=document, version=version, order=order, issuer=here.parent, issued_on=READ_AT.date()
    )
    uptake = Uptake.objects.create(
        directive=directive, unit=here, kind="not_applicable", reason=SECRET, answered_on=READ_AT.date()
    )
    session = StudySession.objects.create(
        version=version,
        unit=here,
        audience="members",
        held_on=READ_AT.date(),
        place=SECRET,
        invited=1,
        attended=1,
        fresh=1,
    )
    return {
        **{f"documents:{name}": {"pk": document.pk} for name in DOCUMENT_PAGES},
        **{f"documents:{name}": {"pk": document.pk, "number": 1} for name in ("version", "points")},
        **{f"documents:{name}": {"pk": point.pk} for name in POINT_PAGES},
        **{f"documents:{name}": {"pk": directive.pk} for name in DIRECTIVE_PAGES},
        **{f"documents:{name}": {"pk": uptake.pk} for name in UPTAKE_PAGES},
        "documents:study-remove": {"pk": session.pk},
    }


def _of_staffing(here: Unit) -> dict[str, dict[str, object]]:
    """The unit with somebody on a post, who is asked to leave it for another, as one of a chain; and its review."""
    post = HoldingFactory(unit=here, person=StaffFactory(full_name=SECRET))
    called = ReviewRound.objects.create(
        unit=here.parent, title=SECRET, on=READ_AT.date(), opened_on=READ_AT.date(), due_on=READ_AT.date()
    )
    review = UnitReview.objects.create(round=called, unit=here, remark=SECRET)
    transfer = TransferFactory(person=post.person, from_unit=here, from_position=post.position)
    consent = ConsentFactory(transfer=transfer, unit=here)
    item = HandoverItemFactory(transfer=transfer)
    chain = {"plan": transfer.move.plan_id, "number": transfer.move.chain}
    return {
        "staffing:unit": {"pk": here.pk},
        **_of_staff_registers(post, here),
        **{f"staffing:{name}": {"pk": called.pk} for name in ("review_round", "chase")},
        **{f"staffing:{name}": {"pk": review.pk} for name in ("review", "give-back")},
        **_of_plans(post, here),
        "staffing:unit-transfers": {"pk": here.pk},
        "staffing:transfer-chain": chain,
        "staffing:chain-word": chain,
        "staffing:answer-transfer": {"pk": transfer.pk, "consent": consent.pk},
        "staffing:tick-handover": {"pk": transfer.pk, "item": item.pk},
        **{f"staffing:{name}": {"pk": transfer.pk} for name in TRANSFER_PAGES},
    }


PLAN_PAGES = (
    "plan",
    "plan-progress",
    "plan-cancel",
    "plan-retry",
    "plan-change",
    "plan-wish",
    "plan-withdraw",
    "plan-moves",
    "plan-accept",
    "plan-workbook",
    "plan-chains",
    "plan-board",
    "plan-map",
    "plan-stages",
    "plan-treatment",
    "plan-overrides",
    "plan-surplus",
    "plan-openings",
)


def _of_plans(holding: Holding, here: Unit) -> dict[str, dict[str, object]]:
    """Two versions; the second would move the holder to another position of the unit."""
    conditions = Conditions(date(2025, 12, 4))
    total, nothing = asdict(Sums(places=1, present=1)), asdict(Sums())
    figures = {"total": total, "others": nothing, "units": {here.code: total}, "positions": {}}
    first, plan = (
        PlanFactory(
            unit=here.parent,
            title=SECRET,
            number=number,
            on=conditions.on,
            rules=conditions.rules,
            state="solved",
            findings={"figures": figures},
        )
        for number in (1, 2)
    )
    place = {"unit": here.code, "position": holding.position.code}
    person = {"id": holding.person.number, **place, "locked": None}
    problem = {"people": [person], "frames": [{**place, "places": 1}]}
    PlanPaper.objects.create(plan=plan, problem=problem)
    move = PlanMoveFactory(
        plan=plan, person=holding.person, from_unit=here, from_position=holding.position, to_unit=here
    )
    return {
        **{f"staffing:{name}": {"pk": plan.pk} for name in PLAN_PAGES},
        **{f"staffing:{name}": {"pk": plan.pk, "move": move.pk} for name in ("plan-move", "plan-decline")},
        "staffing:plan-chain": {"pk": plan.pk, "number": move.chain},
        "staffing:plan-unit": {"pk": plan.pk, "code": here.code},
        "staffing:plan-compare": {"pk": plan.pk, "other": first.pk},
        "staffing:plan-paper": {"pk": plan.pk, "which": "danh-sach"},
    }


STAFF_UNIT_PAGES = (
    "register",
    "set-frame",
    "set-quota",
    "quota-from-population",
    "note-workload",
    "enter-person",
    "template",
)
STAFF_PERSON_PAGES = (
    "person",
    "amend-person",
    "schooling",
    "training",
    "wishes",
    "experience",
    "home",
    "kin",
    "person-locks",
    "lock-person",
    "hold-post",
    "leave-service",
)


def _of_staff_registers(holding: Holding, here: Unit) -> dict[str, dict[str, object]]:
    lock = Lock.objects.create(person=holding.person, reason="maternity", valid_from=date(2025, 9, 1))
    relative = HoldingFactory(unit=here).person
    kinship = Kinship.objects.create(person=holding.person, relative=relative, relation="spouse")
    batch = ImportBatch.objects.create(unit=here, on=date(2025, 12, 4), received_by="Lan")
    file = ImportFile.objects.create(batch=batch, name=f"{SECRET}.xlsx", sha256="0" * 64, unit=here)
    leading = PositionFactory(kind="leadership", bodies=["economic_department", "culture_society_department"])
    head = HoldingFactory(unit=here, person=StaffFactory(full_name=SECRET), position=leading)
    return {
        "staffing:name-body": {"pk": head.pk},
        **{f"staffing:{name}": {"pk": here.pk} for name in STAFF_UNIT_PAGES},
        **{f"staffing:{name}": {"pk": holding.person_id} for name in STAFF_PERSON_PAGES},
        **{f"staffing:{name}": {"pk": batch.pk} for name in ("batch", "write-ready", "take-up")},
        **{f"staffing:{name}": {"pk": file.pk} for name in ("batch-file", "write-file", "drop-file")},
        **{
            f"staffing:{name}": {"pk": holding.position_id}
            for name in ("position", "amend-position", "standard")
        },
        "staffing:leave-post": {"pk": holding.pk},
        "staffing:forget-kin": {"pk": kinship.pk},
        "staffing:unlock-person": {"pk": lock.pk},
    }


RETURN_PAGES = (
    "page",
    "begin",
    "edit",
    "submit",
    "approve",
    "send-back",
    "accept",
    "reopen",
    "note",
    "take",
    "extend",
    "workbook",
)


CONSOLIDATION_PAGES = (
    "consolidation",
    "consolidation-word",
    "consolidation-excel",
    "word-start",
    "keep-word",
    "drop-word",
)


def _of_returns(here: Unit) -> dict[str, dict[str, object]]:
    """A return of the ward that was begun, with a remark on it, and a workbook that came in for it."""
    template = ReturnTemplateFactory(issuer=here.parent, name=SECRET)
    called = RoundFactory(template=template)
    row = ReturnFactory(round=called, unit=here, words=SECRET)
    note = Note.objects.create(version=row.versions.get(), text=SECRET, by="Lan", at=READ_AT)
    batch = WorkbookBatch.objects.create(unit=here, received_by="Lan")
    file = WorkbookFile.objects.create(batch=batch, name=f"{SECRET}.xlsx", sha256="0" * 64, parent=row)
    return {
        **{f"returns:{name}": {"pk": template.pk} for name in ("template", "edit-template", "end-template")},
        **{
            f"returns:{name}": {"pk": called.pk}
            for name in ("round", "chase", "accept-waiting", "close-round", *CONSOLIDATION_PAGES)
        },
        **{f"returns:{name}": {"pk": row.pk} for name in RETURN_PAGES},
        "returns:version": {"pk": row.pk, "number": 1},
        "returns:return-word": {"pk": row.pk, "number": 1},
        "returns:settle-note": {"pk": note.pk},
        **{f"returns:{name}": {"pk": batch.pk} for name in ("batch", "write-ready")},
        **{f"returns:{name}": {"pk": file.pk} for name in ("file", "write-file", "drop-file")},
    }


def url_of(one: Address, objects: Mapping[str, Mapping[str, object]]) -> str:
    if not one.arguments:
        return reverse(one.name)
    assert one.name in objects, f"a new address: give {one.name} a record of its own in `objects`"
    return reverse(one.name, kwargs={name: objects[one.name][name] for name in one.arguments})


def nowhere(one: Address) -> str:
    """The same address for a record that does not exist."""
    kinds = {"int": 987654321, "str": "KN-1990-000001"}
    return reverse(one.name, kwargs={name: kinds[kind] for name, kind in one.kinds.items()})


def seen(response: HttpResponse) -> tuple[int, str]:
    """What a person sees of an answer; a file is read to its end, which closes it."""
    if response.streaming:
        b"".join(response.streaming_content)
    text = "" if response.streaming else response.content.decode(errors="replace")
    return response.status_code, " ".join(TAGS.sub(" ", text).split())


def test_the_walk_found_the_pages() -> None:
    found = {one.name for one in ADDRESSES}
    assert {"home", "search", "units:page", "sources:file", "matters:page", "audit:events"} <= found


@pytest.mark.parametrize("one", PRIVATE, **names)
def test_anonymous_is_asked_to_sign_in(one: Address, objects: Mapping[str, Mapping[str, object]]) -> None:
    url = url_of(one, objects)
    for ask in (Client().get, Client().post):
        response = ask(url)
        assert response.status_code == 302
        assert response.headers["Location"].startswith(SIGN_IN)


@pytest.mark.usefixtures("said_briefly")
@pytest.mark.parametrize("one", WITH_OBJECTS, **names)
def test_a_stranger_finds_nothing(
    one: Address, objects: Mapping[str, Mapping[str, object]], visitors: Visitors
) -> None:
    client, url = visitors.browser_of("stranger"), url_of(one, objects)
    shown, posted = client.get(url), client.post(url)
    assert SECRET not in seen(shown)[1] + seen(posted)[1]
    answers = {shown.status_code, posted.status_code}
    if one.name in KNOWN_TO_ALL:
        assert 200 in answers
        return
    assert 404 in answers
    assert answers <= {404, 405}
    assert seen(shown) == seen(client.get(nowhere(one))), "as if the record did not exist"
    assert seen(posted) == seen(client.post(nowhere(one))), "as if the record did not exist"


@pytest.mark.usefixtures("said_briefly")
@pytest.mark.parametrize("one", [one for one in PRIVATE if not one.arguments], **names)
def test_no_list_tells_a_stranger_anything(one: Address, visitors: Visitors) -> None:
    client, url = visitors.browser_of("stranger"), reverse(one.name)
    for asked in ({}, {"q": SECRET[:12]}):
        answer = client.get(url, asked)
        assert answer.status_code in {200, 302, 404, 405}
        assert SECRET not in seen(answer)[1]
    answer = client.post(url)
    assert answer.status_code < 500
    assert SECRET not in seen(answer)[1]


@pytest.mark.usefixtures("said_briefly")
@pytest.mark.parametrize("one", PRIVATE, **names)
def test_an_administrator_reads_no_content(one: Address, visitors: Visitors) -> None:
    [(_status, text)] = visitors.see("administrator", one)
    assert SECRET not in text


@pytest.mark.usefixtures("said_briefly")
def test_the_secret_shows_to_those_it_is_for(visitors: Visitors) -> None:
    """Else the tests above would find nothing because there is nothing."""
    pages = [one for one in PRIVATE for _status, text in visitors.see("ward_officer", one) if SECRET in text]
    assert len(pages) > 8


def test_everyone_is_told_alike_that_there_is_no_such_page(visitors: Visitors) -> None:
    for session in chain.from_iterable(visitors.sessions.values()):
        status, text = seen(visitors.browser(session).get("/khong-co/"))
        assert (status, NO_SUCH_PAGE in text) == (404, True)


@pytest.mark.parametrize("one", [one for one in WITH_OBJECTS if one.name in LOOKED_FOR], **names)
def test_the_page_that_says_there_is_none_is_the_same_for_a_record(
    one: Address, objects: Mapping[str, Mapping[str, object]], visitors: Visitors
) -> None:
    client = visitors.browser_of("stranger")
    [(status, text)] = {seen(client.get(url)) for url in (nowhere(one), url_of(one, objects))}
    assert (status, NO_SUCH_PAGE in text, SECRET in text) == (404, True, False)


@pytest.mark.usefixtures("said_briefly")
@pytest.mark.parametrize("one", [one for one in PRIVATE if not one.arguments], **names)
def test_without_a_mandate_only_home_opens(one: Address, visitors: Visitors) -> None:
    Mandate.objects.all().delete()
    answer = visitors.browser_of("ward_officer").get(reverse(one.name)).status_code
    assert answer == {"home": 200, "units:switch-mandate": 405}.get(one.name, 404)


@pytest.mark.usefixtures("said_briefly")
@pytest.mark.parametrize("one", PRIVATE, **names)
def test_whoever_holds_the_rights_can_open_it(one: Address, visitors: Visitors) -> None:
    """Else the tests above would pass for pages that nobody can open."""
    asked = set(visitors.sessions) - {"stranger"}
    answers = {status for who in asked for status, _text in visitors.see(who, one)}
    assert answers & {200, 302, 405}
    assert 500 not in answers
