import io
from pathlib import Path
from unittest import mock

import docx
import pytest

from tests import people
from tests.intake.reports import TEXT, city
from thongsuot.intake.enums import DraftState
from thongsuot.intake.models import Draft
from thongsuot.intake.receiving import Receipt, receive_report
from thongsuot.kernel.verdicts import Refused
from thongsuot.sources.models import Source
from thongsuot.units.models import Mandate

pytestmark = pytest.mark.django_db

LIMIT = 20 * 1024 * 1024


@pytest.fixture
def officer() -> Mandate:
    return people.officer(city().province)


def _receive(by: Mandate, data: bytes, name: str = "bien-ban.txt", limit: int = LIMIT) -> Receipt:
    return receive_report(by=by, data=data, name=name, max_bytes=limit)


def _word(text: str) -> bytes:
    paper = docx.Document()
    for line in text.splitlines():
        paper.add_paragraph(line)
    held = io.BytesIO()
    paper.save(held)
    return held.getvalue()


def test_a_text_becomes_a_draft_and_its_bytes_are_kept(officer: Mandate, files_dir: Path) -> None:
    receipt = _receive(officer, TEXT.encode())
    assert receipt.draft.state == DraftState.PROPOSED
    source = receipt.draft.source
    assert source.text == TEXT
    kept = files_dir / source.sha256[:2] / source.sha256[2:4] / source.sha256
    assert kept.read_bytes() == TEXT.encode()


def test_a_word_file_becomes_a_draft(officer: Mandate) -> None:
    receipt = _receive(officer, _word(TEXT), "bien-ban.docx")
    assert "152.000 dân" in receipt.draft.source.text
    assert receipt.draft.content.meeting["date"] is not None or receipt.draft.warnings


def test_the_same_file_twice_is_one_source_and_one_draft(officer: Mandate) -> None:
    first = _receive(officer, TEXT.encode())
    second = _receive(officer, TEXT.encode(), "ten-khac.txt")
    assert (first.known, second.known) == (False, True)
    assert second.draft == first.draft
    assert Source.objects.count() == Draft.objects.count() == 1


def test_a_file_known_already_is_not_read_again(officer: Mandate) -> None:
    _receive(officer, TEXT.encode())
    with mock.patch("thongsuot.intake.receiving.text_of", side_effect=AssertionError("read again")):
        assert _receive(officer, TEXT.encode()).known


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "trong.txt"),
        (b"   \n\n ", "trong.txt"),
        (bytes(range(256)) * 40, "la.bin"),
        (b"PK\x03\x04 broken", "hong.docx"),
        (b"%PDF-1.7 broken", "hong.pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "cu.doc"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence_and_leaves_nothing(
    officer: Mandate, files_dir: Path, data: bytes, name: str
) -> None:
    with pytest.raises(Refused) as refusal:
        _receive(officer, data, name)
    assert str(refusal.value).endswith(".")
    assert not Source.objects.exists()
    assert not files_dir.exists()


def test_a_file_over_the_limit_is_refused(officer: Mandate) -> None:
    with pytest.raises(Refused):
        _receive(officer, TEXT.encode() * 3, limit=len(TEXT))


@pytest.mark.parametrize("marking", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_a_classified_paper_leaves_no_trace(officer: Mandate, files_dir: Path, marking: str) -> None:
    from thongsuot.audit.models import Event

    before = Event.objects.count()
    with pytest.raises(Refused):
        _receive(officer, f"{marking}\n\n{TEXT}".encode())
    assert not Source.objects.exists()
    assert not Draft.objects.exists()
    assert not files_dir.exists()
    assert Event.objects.count() == before


def test_a_text_that_is_no_report_still_becomes_a_draft_that_says_so(officer: Mandate) -> None:
    receipt = _receive(officer, "Công thức nấu phở bò: xương ống, gừng nướng, hành tím.".encode())
    assert receipt.draft.warnings


def test_a_full_disk_is_said_in_one_sentence_and_nothing_is_kept(officer: Mandate) -> None:
    with (
        mock.patch("thongsuot.sources.files.os.replace", side_effect=OSError(28, "No space left on device")),
        pytest.raises(Refused, match="Ổ đĩa"),
    ):
        _receive(officer, TEXT.encode())
    assert not Source.objects.exists()
    assert not Draft.objects.exists()


def test_a_reader_takes_nothing_in() -> None:
    with pytest.raises(Refused):
        _receive(people.reader(city().province), TEXT.encode())


def test_a_discarded_file_may_be_received_again(officer: Mandate) -> None:
    from thongsuot.intake.editing import discard_draft

    first = _receive(officer, TEXT.encode())
    discard_draft(by=officer, draft=first.draft, reason="tải nhầm")
    second = _receive(officer, TEXT.encode())
    assert second.draft != first.draft
    assert second.draft.is_open
