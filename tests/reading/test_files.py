"""Files of every kind: read, or refused with one sentence."""

import io
import os
import stat
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from viparse.normalize.encodings import get_charmap

from thongsuot.kernel import OffsetMap, normalise
from thongsuot.reading.files import FileText, UnreadableFile, is_classified, text_of

REPORT = (
    "Chiều 30-10, Tổ công tác số 10 của Ban Thường vụ Thành ủy TPHCM làm việc với phường Tân Khánh. "
    "Đảng bộ phường có 52 tổ chức cơ sở đảng với 1.553 đảng viên.\n"
)
FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
    "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
)


def refused(data: bytes, name: str = "report", **options: int) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        text_of(data, name, **options)
    problem = caught.value
    assert problem.message_vi.count(".") >= 1
    assert problem.message_en.endswith(".")
    return problem


def word_file(*paragraphs: str, header: str = "", table: list[list[str]] | None = None) -> bytes:
    document = docx.Document()
    if header:
        document.sections[0].header.paragraphs[0].text = header
    if table:
        grid = document.add_table(rows=len(table), cols=len(table[0]))
        for row, cells in enumerate(table):
            for column, text in enumerate(cells):
                grid.cell(row, column).text = text
    for text in paragraphs:
        document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def legacy(text: str, encoding: str) -> str:
    charmap = get_charmap(encoding)
    assert charmap
    back: dict[str, str] = {}
    for old, letter in charmap.pairs:
        back.setdefault(letter, old)
    return "".join(back.get(letter, letter) for letter in text)


# -- plain text ---------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_text(encoding: str) -> None:
    opened = text_of(REPORT.encode(encoding), "report.txt")
    assert opened.text == REPORT
    assert not opened.warnings
    assert opened.media_type == "text/plain"


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_old_encodings_are_converted_and_said(encoding: str) -> None:
    opened = text_of(legacy(REPORT, encoding).encode("cp1252", "replace"), "report.txt")
    assert "tổ chức cơ sở đảng" in opened.text
    assert [code for code, _ in opened.warnings] == ["legacy-encoding"]


def test_old_encoding_inside_unicode_text() -> None:
    opened = text_of(legacy(REPORT, "tcvn3").encode("utf-8"), "report.txt")
    assert "tổ chức cơ sở đảng" in opened.text


def test_windows_vietnamese() -> None:
    import unicodedata

    marks = unicodedata.normalize("NFD", REPORT)
    # Windows-1258 keeps the letter and writes only the tone apart.
    text = "".join(unicodedata.normalize("NFC", base) for base in _letters_with_tones_apart(marks))
    opened = text_of(text.encode("cp1258"), "report.txt")
    assert "tổ chức cơ sở đảng" in opened.text


def _letters_with_tones_apart(text: str) -> list[str]:
    tones = "\u0300\u0301\u0303\u0309\u0323"
    letters: list[str] = []
    for sign in text:
        if sign in tones:
            letters.append(sign)
        elif letters and sign in "\u0302\u0306\u031b":
            place = max(i for i, letter in enumerate(letters) if letter[0] not in tones)
            letters[place] += sign
        else:
            letters.append(sign)
    return letters


def test_offsets_lead_back_to_the_text_before_composing() -> None:
    import unicodedata

    apart = unicodedata.normalize("NFD", REPORT)
    opened = text_of(apart.encode(), "report.txt")
    assert opened.text == normalise(REPORT)
    assert OffsetMap.from_runs(opened.offset_runs).lengths == (len(REPORT), len(apart))


@pytest.mark.parametrize("data", [b"", b"   \n\t ", b"\0\0\0\0"])
def test_empty(data: bytes) -> None:
    assert refused(data).reason_code == "empty"


@pytest.mark.parametrize("data", [os.urandom(3000) + b"\0", b"MZ\x90\0\x03" + bytes(range(256)) * 8])
def test_binary(data: bytes) -> None:
    assert refused(data).reason_code in {"binary", "broken", "encoding"}


def test_too_large() -> None:
    problem = refused(b"a" * 2000, max_bytes=1000)
    assert problem.reason_code == "too-large"


# -- Word -----------------------------------------------------------------------


def test_word_with_header_and_table() -> None:
    table = [["Chỉ tiêu", "Đơn vị", "Thực hiện"], ["Hộ nghèo còn lại", "hộ", "134"]]
    opened = text_of(word_file(REPORT.strip(), header="Báo cáo quý", table=table), "report.docx")
    assert "Báo cáo quý" in opened.text
    assert "| Hộ nghèo còn lại | hộ | 134 |" in opened.text
    assert REPORT.strip() in opened.text


def test_the_columns_of_a_letterhead_stay_side_by_side() -> None:
    table = [
        [
            "ỦY BAN NHÂN DÂN\nPHƯỜNG TÂN KHÁNH",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
        ]
    ]
    text = text_of(word_file(REPORT, table=table), "report.docx").text
    assert "ỦY BAN NHÂN DÂN        CỘNG HÒA" in text


def test_word_is_known_by_content_not_by_name() -> None:
    assert REPORT.strip() in text_of(word_file(REPORT.strip()), "report.txt").text


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def test_macros() -> None:
    assert refused(with_member(word_file("x"), "word/vbaProject.bin", b"x")).reason_code == "macro"
    assert refused(word_file("x"), "report.docm").reason_code == "macro"


def test_zip_bomb() -> None:
    bomb = with_member(word_file("x"), "word/media/image.png", b"\0" * (60 << 20))
    assert len(bomb) < 1 << 20
    assert refused(bomb, "report.docx").reason_code == "zip-bomb"


def test_entities_are_not_expanded() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "ha">]><w:document>&b;</w:document>')
    assert refused(buffer.getvalue(), "report.docx").reason_code == "broken"


@pytest.mark.parametrize("cut", [200, 2000])
def test_broken_word_file(cut: int) -> None:
    assert refused(word_file(REPORT)[:cut], "report.docx").reason_code == "broken"


def test_another_archive() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "x")
    assert refused(buffer.getvalue(), "report.docx").reason_code == "binary"


def _compound_file(stream: str) -> bytes:
    """The smallest compound file: one FAT sector, one directory sector with a root and one stream."""
    import struct

    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 0x1000, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<I", 0) + b"\xff" * (108 * 4)
    fat = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * (126 * 4)

    def entry(name: str, kind: int, child: int) -> bytes:
        encoded = (name + "\0").encode("utf-16-le")
        return (
            encoded.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(encoded), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
            + b"\0" * 36
            + struct.pack("<IQ", 0xFFFFFFFE, 0)
        )

    directory = entry("Root Entry", 5, 1) + entry(stream, 2, 0xFFFFFFFF) + b"\0" * 256
    return header + fat + directory


@pytest.mark.parametrize(
    ("stream", "reason"),
    [("EncryptedPackage", "encrypted"), ("WordDocument", "legacy-word"), ("Workbook", "unsupported")],
)
def test_old_and_locked_office_files(stream: str, reason: str) -> None:
    assert refused(_compound_file(stream), "report.docx").reason_code == reason


def test_rich_text() -> None:
    assert refused(b"{\\rtf1 x}").reason_code == "unsupported"


# -- PDF --------------------------------------------------------------------------


def pdf_file(*pages: list[str], password: str | None = None) -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    font = next((f for f in FONTS if Path(f).exists()), None)
    if font is None:
        found = sorted(Path("/usr/share/fonts").rglob("*.ttf")) if Path("/usr/share/fonts").exists() else []
        font = str(found[0]) if found else None
    if font is None:
        pytest.skip("no TrueType font with Vietnamese letters on this machine")
    pdfmetrics.registerFont(TTFont("body", font))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption(password) if password else None)
    for lines in pages:
        canvas.setFont("body", 10)
        for number, line in enumerate(lines):
            canvas.drawString(60, 780 - 16 * number, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_pdf_without_its_running_lines() -> None:
    head = "ĐẢNG ỦY PHƯỜNG TÂN KHÁNH"
    pages = [
        [
            head,
            "Chiều 30-10, Tổ công tác số 10 làm việc",
            "với phường Tân Khánh và phường Tân Hiệp",
            f"- {n} -",
        ]
        for n in (1, 2, 3)
    ]
    text = text_of(pdf_file(*pages), "report.pdf").text
    assert "Tổ công tác số 10" in text
    assert text.count(head) == 1
    assert "- 2 -" not in text


def test_locked_pdf() -> None:
    assert refused(pdf_file(["x"], password="secret"), "report.pdf").reason_code == "encrypted"


def test_broken_pdf() -> None:
    assert refused(b"%PDF-1.7\nnothing here", "report.pdf").reason_code in {"broken", "scan-needs-ocr"}


# -- scans ---------------------------------------------------------------------------

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def fake_tesseract(folder: Path, monkeypatch: pytest.MonkeyPatch, says: str) -> None:
    from thongsuot.reading.files import scan

    program = folder / "tesseract"
    program.write_text(
        f"#!{sys.executable}\nimport sys\n"
        "if '--list-langs' in sys.argv: print('vie'); sys.exit()\n"
        "assert sys.argv[-2:] == ['-l', 'vie'], sys.argv\n"
        f"sys.stdin.buffer.read(); sys.stdout.buffer.write({says!r}.encode())\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    scan._has_vietnamese.cache_clear()


def test_images_without_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert refused(PNG, "scan.png").reason_code == "scan-needs-ocr"


def test_recognised_text_is_repaired(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_tesseract(tmp_path, monkeypatch, "ĐẲNG BỘ PHƯỜNG. Đẳng ủy phường, bình đẳng giới, cao đẳng.")
    assert text_of(PNG, "scan.png").text == "ĐẢNG BỘ PHƯỜNG. Đảng ủy phường, bình đẳng giới, cao đẳng."


# -- secrecy -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "mark",
    [
        "MẬT",
        "TỐI MẬT",
        "TUYỆT MẬT",
        "Độ mật: Tối mật",
        "[MẬT]",
        "MẬT - HỎA TỐC",
        "Số: 05-BC/TU (MẬT)",
        "ĐẢNG ỦY PHƯỜNG TÂN KHÁNH          TỐI MẬT",
        "| Độ mật | Mật |",
    ],
)
def test_classified_texts_are_refused(mark: str) -> None:
    text = f"{mark}\n\n{REPORT}"
    assert is_classified(text)
    assert refused(text.encode()).reason_code == "classified"
    import unicodedata

    assert refused(unicodedata.normalize("NFD", text).encode()).reason_code == "classified"


@pytest.mark.parametrize(
    "words",
    [
        "Bảo vệ bí mật nhà nước là nhiệm vụ thường xuyên.",
        "BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "Mật độ dân số 12.000 người/km2.",
        "MẬT ĐỘ XÂY DỰNG",
        "Phường tập huấn bảo mật, an toàn thông tin.",
        "Nuôi ong lấy mật giúp thoát nghèo.",
        "Đổi mật khẩu hệ thống một cửa.",
    ],
)
def test_words_with_mat_are_no_mark(words: str) -> None:
    assert not is_classified(f"{words}\n{REPORT}")


def test_a_mark_in_the_header_of_a_word_file() -> None:
    assert refused(word_file(REPORT, header="TỐI MẬT"), "public.docx").reason_code == "classified"


def test_a_mark_in_a_text_box() -> None:
    data = word_file(REPORT)
    box = (
        "<w:p><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>"
        "<w:p><w:r><w:t>TUYỆT </w:t></w:r><w:r><w:t>MẬT</w:t></w:r></w:p>"
        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = content.replace(b"<w:body>", b"<w:body>" + box.encode())
            archive.writestr(name, content)
    assert refused(target.getvalue(), "public.docx").reason_code == "classified"


def test_every_reason_has_both_sentences() -> None:
    from thongsuot.reading.files.problems import MESSAGES

    for vietnamese, english in MESSAGES.values():
        assert vietnamese.endswith(".")
        assert english.endswith(".")


def test_the_face_of_a_file() -> None:
    assert isinstance(text_of(REPORT.encode(), "a.txt"), FileText)
