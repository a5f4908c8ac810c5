"""English is complete: the catalogue holds every text of the pages, and the pages are read in English throughout."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import override, trans_real

from tests import people
from tests.factories.documents import DocumentCitationFactory
from tests.factories.indicators import FigureFactory
from tests.factories.matters import OriginFactory, ProposalFactory, TaskFactory
from tests.factories.oversight import CampaignFactory, MeetingFactory, MeetingRoleFactory
from tests.units.places import city, ward
from thongsuot.lawbook.document_types import document_types
from thongsuot.lawbook.indicators import indicator_rules, pillars
from thongsuot.lawbook.roles import roles
from thongsuot.lawbook.topics import topics
from thongsuot.site.context import BELOW, MAIN
from thongsuot.units.models import Unit

PACKAGE = Path(settings.LOCALE_PATHS[0]).parent
CATALOGUES = sorted(PACKAGE.glob("locale/*/LC_MESSAGES/django.po"))
ENGLISH = PACKAGE / "locale/en/LC_MESSAGES/django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|</?\w+[^>]*>")
# No English word bears these.
AS_IT_STANDS = re.compile(r"“[^”]*”|[\w/-]*(?:NĐ-CP|ĐU)\b")
VIETNAMESE = re.compile(
    "[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE
)
# Interface words that stand in the frame or on many pages, besides the labels of the doors.
WORDS = {"Lọc", "Bộ lọc", "Cột", "Cách xem", "Xuất Excel", "Đăng xuất", "Ngôn ngữ", "Vai trò", "Lịch sử"}


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def said(message: Message) -> tuple[str, ...]:
    """The original forms of a message."""
    return tuple(message.id) if message.pluralizable else (message.id,)


def translated(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if message.pluralizable else (message.string,)


@pytest.fixture(scope="module", autouse=True)
def compiled() -> Iterator[None]:
    """What `make setup` makes, where it has not run since the catalogue changed."""
    for path in CATALOGUES:
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            with target.open("wb") as file:
                write_mo(file, catalogue(path))
    forget()
    yield
    forget()


def forget() -> None:
    trans_real._translations.clear()


class TestCatalogue:
    def test_every_text_is_translated_and_none_is_a_guess(self) -> None:
        messages = [message for message in catalogue(ENGLISH) if message.id]
        assert messages
        assert [message.id for message in messages if not all(translated(message))] == []
        assert [message.id for message in messages if message.fuzzy] == []

    def test_english_has_two_forms_for_every_counted_text(self) -> None:
        english = catalogue(ENGLISH)
        assert english.num_plurals == 2
        counted = [message for message in english if message.pluralizable]
        assert counted
        assert {len(translated(message)) for message in counted} == {2}

    @pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
    def test_values_and_marks_stand_in_every_translation(self, path: Path) -> None:
        wrong = [
            message.id
            for message in catalogue(path)
            if message.id
            for form in translated(message)
            if sorted(PLACEHOLDER.findall(form)) != sorted(PLACEHOLDER.findall(said(message)[0]))
        ]
        assert wrong == []

    def test_nothing_is_left_in_vietnamese(self) -> None:
        """What is quoted and symbols of documents stay as they are; else only an example may, for units keep names."""
        found = [form for message in catalogue(ENGLISH) if message.id for form in translated(message)]
        assert {form for form in found if VIETNAMESE.search(AS_IT_STANDS.sub("", form))} <= {
            "phường Tân Tạo A, quận Bình Tân, 27508…",
            "One name a line; a whole column can be pasted from Excel. For example: phường Tân Khánh.",
            "[Thông Suốt] %(text)s",
            # Sheets and columns of the workbook are named in Vietnamese only.
            "%(name)s is “%(known)s” in the register, the file says “%(said)s”. Fill in the column Từ ngày (from)"
            " for the new position.",
            "The register gives %(known)s as group leader, the file gives %(said)s. Fill in Từ ngày (from) for the"
            " new person.",
            "The sheet Kế hoạch (plan) may have only one row.",
        }

    @pytest.mark.skipif(not shutil.which("xgettext"), reason="GNU gettext is not installed")
    def test_it_has_every_text_of_the_source(self, tmp_path: Path) -> None:
        copy = tmp_path / "thongsuot"
        kept = shutil.ignore_patterns("data", "static", "__pycache__", "*.mo", "migrations")
        shutil.copytree(PACKAGE, copy, ignore=kept)
        command = ["-m", "django", "makemessages", "--locale", "en", "--no-location"]
        alone = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        subprocess.run([sys.executable, *command], cwd=copy, env=alone, check=True, capture_output=True)
        collected = catalogue(copy / "locale/en/LC_MESSAGES/django.po")
        here = {(message.context, said(message)) for message in catalogue(ENGLISH)}
        assert {(message.context, said(message)) for message in collected} - here == set()


def test_scripts_carry_no_words_of_their_own() -> None:
    """Templates hand them over in data attributes, in the language in force."""
    scripts = list(PACKAGE.rglob("static/**/*.js"))
    assert scripts
    assert [path.name for path in scripts if VIETNAMESE.search(path.read_text("utf-8"))] == []


def test_names_from_the_lawbook_are_in_both_languages() -> None:
    named = [
        *topics().values(),
        *pillars().values(),
        *(role.name for role in roles().values()),
        *(role.description for role in roles().values()),
        *(rule.name for rule in indicator_rules().values()),
        *({"vi": kind.type, "en": kind.en} for kind in document_types().values()),
    ]
    assert [names for names in named if not names.get("vi") or not names.get("en")] == []


@pytest.mark.django_db
class TestPages:
    PAGES = (
        "home",
        "oversight:meetings",
        "oversight:campaigns",
        "matters:proposals",
        "matters:tasks",
        "documents:list",
        "indicators:figures",
        "units:list",
        "units:map",
        "intake:drafts",
        "search",
    )

    @pytest.fixture
    def here(self) -> Unit:
        return ward(city(), "Tân Khánh", "25891")

    @pytest.fixture
    def officer(self, here: Unit) -> Client:
        """A city officer with something in every register."""
        assert here.parent
        origin = OriginFactory(units=[here])
        ProposalFactory(unit=here, origin=origin)
        TaskFactory(unit=here, origin=origin)
        meeting = MeetingFactory(units=[here])
        MeetingRoleFactory(meeting=meeting)
        CampaignFactory(unit=here.parent)
        FigureFactory(unit=here)
        DocumentCitationFactory(citation__source__received_at_unit=here)
        return people.signed_in(people.officer(here.parent))

    def read(self, client: Client, address: str) -> str:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        response = client.get(address)
        assert response.status_code == 200, address
        html = response.content.decode()
        assert '<html lang="en">' in html
        return " ".join(strip_tags(re.sub(r"<(script|style)\b.*?</\1>", " ", html, flags=re.S)).split())

    def doors(self) -> set[str]:
        plans = (*MAIN, *BELOW)
        with override("vi"):
            return {str(plan.label) for plan in plans} | {
                str(name) for plan in plans for _, name in plan.others
            }

    @pytest.mark.parametrize("name", PAGES)
    def test_no_interface_word_stays_vietnamese(self, officer: Client, name: str) -> None:
        text = self.read(officer, reverse(name))
        assert "My work" in text
        assert {word for word in self.doors() | WORDS if re.search(rf"\b{re.escape(word)}\b", text)} == set()

    def test_signing_in_is_english(self) -> None:
        text = self.read(Client(), reverse("account_login"))
        assert "Sign in" in text
        assert "Đăng nhập" not in text

    def test_the_language_is_remembered_once_chosen(self, officer: Client) -> None:
        officer.post(reverse("set_language"), {"language": "en", "next": "/"})
        assert "My work" in officer.get(reverse("home")).content.decode()
        officer.post(reverse("set_language"), {"language": "vi", "next": "/"})
        assert "Việc của tôi" in officer.get(reverse("home")).content.decode()

    def test_one_and_many(self, officer: Client, here: Unit) -> None:
        assert "1 meeting with 1 unit" in self.read(officer, reverse("oversight:meetings"))
        MeetingFactory(units=[here])
        assert "2 meetings with 1 unit" in self.read(officer, reverse("oversight:meetings"))
