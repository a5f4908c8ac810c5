import pytest

from thongsuot.lawbook.document_types import document_types, issuer_of_code, type_name, type_of_code


def test_the_decree_names_29_types() -> None:
    assert sum(entry.family == "state" for entry in document_types().values()) == 29


def test_no_type_is_entered_twice() -> None:
    assert len(document_types()) == len({entry.type for entry in document_types().values()}) > 45


@pytest.mark.parametrize(
    ("code", "type"),
    [
        ("KH/UBKTTW", "kế hoạch"),
        ("2020/NĐ-CP", "nghị định"),
        ("TB-VPCP", "thông báo"),
        ("QĐ-UBND", "quyết định"),
        ("KL/TW", "kết luận"),
        ("TTr-SNV", "tờ trình"),
        ("QĐ/TW", ""),  # a decision or rules of the Party: the symbol does not tell
        ("VPCP-NN", ""),  # an official letter carries none
        ("", ""),
    ],
)
def test_a_symbol_tells_the_type(code: str, type: str) -> None:
    assert type_of_code(code) == type


@pytest.mark.parametrize(
    ("code", "issuer"),
    [
        ("KH/UBKTTW", "Ủy ban Kiểm tra Trung ương"),
        ("2020/NĐ-CP", "Chính phủ"),
        ("QĐ-TTg", "Thủ tướng Chính phủ"),
        ("2025/QH15", "Quốc hội"),
        ("KH-UBND", ""),
        ("KH/TU", ""),
    ],
)
def test_only_an_issuer_alone_in_the_country_is_told(code: str, issuer: str) -> None:
    assert issuer_of_code(code) == issuer


def test_names_in_both_languages() -> None:
    assert (type_name("kế hoạch"), type_name("kế hoạch", "en")) == ("Kế hoạch", "Plan")
