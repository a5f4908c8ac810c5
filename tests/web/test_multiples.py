"""Small charts share one scale, begin at zero, and do not bridge what is missing."""

from thongsuot.web.multiples import HEIGHT, Small, draw_small


def test_all_share_one_scale_that_holds_zero() -> None:
    sheet = draw_small([Small("a", [10, 20]), Small("b", [40, 30])])
    assert (sheet.low, sheet.high) == (0, 40)
    heights = [[float(point.split(",")[1]) for point in one.lines[0].split()] for one in sheet.drawn]
    assert heights[0][1] - heights[0][0] == heights[1][0] - heights[1][1]  # ten less is as far as ten more
    assert max(max(one) for one in heights) < float(sheet.zero) <= HEIGHT


def test_a_line_breaks_where_a_number_is_missing() -> None:
    (one,) = draw_small([Small("a", [1, 2, None, 3, None, 4, 5])]).drawn
    assert len(one.lines) == 2
    assert len(one.dots) == 2  # the lonely one, and the last


def test_nothing_said_and_below_zero_are_drawn_too() -> None:
    sheet = draw_small([Small("a", [None, None]), Small("b", []), Small("c", [-5])])
    assert (sheet.low, sheet.high) == (-5, 0)
    assert [one.lines for one in sheet.drawn] == [[], [], []]
