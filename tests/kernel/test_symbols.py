import pytest

from thongsuot.kernel import Symbol, parse_symbol


@pytest.mark.parametrize(
    ("printed", "number", "code", "canonical"),
    [
        ("249-KH/UBKTTW", "249", "KH/UBKTTW", "249-KH/UBKTTW"),
        ("số 249–KH/UBKTTW", "249", "KH/UBKTTW", "249-KH/UBKTTW"),
        ("249 - kh / ubkttw", "249", "KH/UBKTTW", "249-KH/UBKTTW"),
        ("249/KH-UBKTTW", "249", "KH/UBKTTW", "249-KH/UBKTTW"),
        ("593/TB-VPCP", "593", "TB-VPCP", "593/TB-VPCP"),
        ("8170/VPCP-NN", "8170", "VPCP-NN", "8170/VPCP-NN"),
        ("30/2020/NĐ-CP", "30", "2020/NĐ-CP", "30/2020/NĐ-CP"),
        ("30/2020/ND-CP", "30", "2020/NĐ-CP", "30/2020/NĐ-CP"),
        ("1-QC/ĐU", "01", "QC/ĐU", "01-QC/ĐU"),
        ("15402/TTr-SNV", "15402", "TTr-SNV", "15402/TTr-SNV"),
        ("57-NQ/TW", "57", "NQ/TW", "57-NQ/TW"),
        ("3318/UBND-TH", "3318", "UBND-TH", "3318/UBND-TH"),
    ],
)
def test_press_spellings_become_one_value(printed: str, number: str, code: str, canonical: str) -> None:
    assert parse_symbol(printed) == Symbol(number, code)
    assert Symbol(number, code).printed() == canonical
    assert parse_symbol(canonical) == Symbol(number, code)


@pytest.mark.parametrize("text", ["", "24-7-2025", "158/170", "Kế hoạch", "249", "249-", "/KH"])
def test_what_is_no_symbol(text: str) -> None:
    assert parse_symbol(text) is None
