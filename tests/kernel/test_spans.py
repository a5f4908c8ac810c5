import pytest

from thongsuot.kernel import Span


def test_a_span_reads_its_text() -> None:
    assert Span(6, 10).of("Chiều 30-10, Tổ") == "30-1"
    assert list(Span(1, 2)) == [1, 2]
    assert len(Span(2, 5)) == 3


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_span_runs_forward(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


def test_a_span_outside_its_text_is_refused() -> None:
    with pytest.raises(ValueError, match="ends after"):
        Span(0, 5).of("abc")


def test_half_open_neighbours_do_not_overlap() -> None:
    assert not Span(0, 3).overlaps(Span(3, 5))
    assert Span(0, 4).overlaps(Span(3, 5))
    assert Span(0, 4).shared(Span(3, 5)) == 1
    assert Span(0, 4).contains(Span(1, 4))
    assert Span(1, 2).shifted(3) == Span(4, 5)
