"""What is received is kept as received, once, whole or not at all."""

import hashlib
import os
from pathlib import Path

import pytest

from tests import people
from tests.factories.sources import SourceFactory
from tests.units.places import city, ward
from thongsuot.audit.models import Event
from thongsuot.kernel.verdicts import Refused
from thongsuot.sources import files
from thongsuot.sources.actions import Received, cite, receive_source, share_source
from thongsuot.sources.models import Citation, Source
from thongsuot.sources.policies import may, scope
from thongsuot.sources.queries import citation_url, sentence
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate, Unit

pytestmark = pytest.mark.django_db
TEXT = "Phường có hơn 152.000 dân."


def received(text: str = TEXT, name: str = "bao-cao.txt") -> Received:
    data = text.encode()
    return Received(
        data, hashlib.sha256(data).hexdigest(), name, "text/plain", text, warnings=["Đã dịch bảng mã."]
    )


@pytest.fixture
def here() -> Unit:
    return ward(city(), "Tân Khánh", "25891")


@pytest.fixture
def clerk(here: Unit) -> Mandate:
    return people.clerk(here)


class TestReceiving:
    def test_keeps_the_bytes_under_their_hash_outside_the_database(self, clerk: Mandate) -> None:
        source, new = receive_source(by=clerk, received=received())
        assert new
        assert files.bytes_of(source.sha256) == TEXT.encode()
        assert files.path_of(source.sha256).name == hashlib.sha256(TEXT.encode()).hexdigest()
        assert (source.size, source.received_by) == (len(TEXT.encode()), clerk.actor.name)

    def test_the_same_bytes_twice_are_one_source(self, clerk: Mandate) -> None:
        first, _new = receive_source(by=clerk, received=received())
        again, new = receive_source(by=clerk, received=received(name="khac-ten.txt"))
        assert (again, new) == (first, False)
        assert Event.objects.filter(verb="source.received").count() == 1

    def test_a_reader_may_not(self, here: Unit) -> None:
        with pytest.raises(Refused, match="không có quyền"):
            receive_source(by=people.reader(here), received=received())

    def test_a_full_disk_is_one_sentence_and_nothing_is_stored(
        self, clerk: Mandate, monkeypatch: pytest.MonkeyPatch, files_dir: Path
    ) -> None:
        def full(descriptor: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(Refused, match=r"^Ổ đĩa máy chủ không ghi được tệp\. Báo quản trị hệ thống"):
            receive_source(by=clerk, received=received())
        assert not Source.objects.exists()
        assert not Event.objects.exists()
        assert not [path for path in files_dir.rglob("*") if path.is_file()]

    def test_a_folder_that_cannot_be_made_is_the_same_sentence(self, clerk: Mandate, files_dir: Path) -> None:
        files_dir.parent.mkdir(parents=True, exist_ok=True)
        files_dir.write_text("a file where the folder should be")
        with pytest.raises(Refused, match="Ổ đĩa"):
            receive_source(by=clerk, received=received())


class TestCiting:
    def test_one_row_a_place(self, here: Unit) -> None:
        source = SourceFactory(text=TEXT)
        assert cite(source=source, start=10, end=17) == cite(source=source, start=10, end=17)
        assert Citation.objects.count() == 1

    @pytest.mark.parametrize(
        ("start", "end"), [(-1, 3), (3, 3), (5, 4), (0, len(TEXT) + 1), (len(TEXT), len(TEXT) + 1)]
    )
    def test_outside_the_text_is_refused(self, start: int, end: int) -> None:
        with pytest.raises(Refused, match="ngoài văn bản"):
            cite(source=SourceFactory(text=TEXT), start=start, end=end)

    def test_the_whole_text_may_be_cited(self) -> None:
        citation = cite(source=SourceFactory(text=TEXT), start=0, end=len(TEXT))
        assert sentence(citation) == ("", TEXT, "")

    def test_the_sentence_comes_with_what_stands_around_it(self) -> None:
        start = TEXT.index("152.000")
        citation = cite(source=SourceFactory(text=TEXT), start=start, end=start + 7)
        assert sentence(citation) == ("Phường có hơn ", "152.000", " dân.")
        assert citation_url(citation).endswith(f"?at={citation.pk}#at")


class TestScope:
    def test_seen_where_it_was_received_and_above(self, here: Unit, clerk: Mandate) -> None:
        source, _new = receive_source(by=clerk, received=received())
        province = here.parent
        assert province is not None
        sees = {
            "clerk": clerk,
            "officer": people.officer(province),
            "neighbour": people.clerk(ward(province, "Bình Tân", "25895")),
            "member": people.group_member(province, [here]),
            "administrator": people.administrator(province),
            "stranger": people.stranger(),
        }
        found = {name for name, mandate in sees.items() if Source.objects.filter(scope(mandate)).exists()}
        assert found == {"clerk", "officer", "member"}
        assert found == {name for name, mandate in sees.items() if may(mandate, Verb.READ, source)}

    def test_shared_with_the_units_it_concerns(self, here: Unit) -> None:
        province = here.parent
        assert province is not None
        officer, clerk = people.officer(province), people.clerk(here)
        source, _new = receive_source(by=officer, received=received())
        assert not may(clerk, Verb.READ, source)
        share_source(by=officer, source=source, units=[here])
        assert may(clerk, Verb.READ, source)
        assert Event.objects.get(verb="source.shared").details == {"units": [here.code]}

    def test_only_who_sees_it_may_share_it(self, here: Unit) -> None:
        source = SourceFactory(received_at_unit=here)
        with pytest.raises(Refused, match="không thuộc phạm vi"):
            share_source(by=people.stranger(), source=source, units=[here])
