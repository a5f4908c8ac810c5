"""How one thing led to another: every box has its place, and lines run forward."""

from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.web.flow import HEIGHT, WIDTH, Edge, Node, chain, draw, wrapped


def node(key: str) -> Node:
    return Node(key, "Kiến nghị", "arrow-up", f"Việc {key}")


keys = st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=1)


@st.composite
def stories(draw_: st.DrawFn) -> tuple[list[Node], list[Edge]]:
    """Edges run from earlier to later letters, so they close no circle."""
    chosen = sorted(draw_(keys))
    pairs = [(a, b) for a in chosen for b in chosen if a < b]
    edges = draw_(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return [node(key) for key in chosen], [Edge(*pair) for pair in edges]


@given(stories())
def test_what_followed_stands_to_the_right_of_what_it_came_from(story: tuple[list[Node], list[Edge]]) -> None:
    drawing = draw(*story)
    at = {box.node.key: box for box in drawing.boxes}
    assert all(at[edge.source].x + WIDTH < at[edge.target].x for edge in story[1])
    assert len(drawing.lines) == len(story[1])


@given(stories())
def test_no_two_boxes_lie_over_each_other_and_none_leaves_the_picture(
    story: tuple[list[Node], list[Edge]],
) -> None:
    drawing = draw(*story)
    assert len({(box.x, box.y) for box in drawing.boxes}) == len(drawing.boxes) == len(story[0])
    assert all(box.x + WIDTH <= drawing.width and box.y + HEIGHT <= drawing.height for box in drawing.boxes)


def test_a_circle_is_drawn_all_the_same() -> None:
    drawing = draw([node("a"), node("b")], [*chain("a", "b"), *chain("b", "a")])
    assert len(drawing.boxes) == 2


def test_a_line_to_something_unseen_is_left_out() -> None:
    assert draw([node("a")], chain("a", "hidden")).lines == []


def test_a_long_name_ends_in_an_ellipsis() -> None:
    lines = wrapped("Đề nghị thành phố sớm bổ sung biên chế công chức địa chính cho các phường mới sắp xếp")
    assert len(lines) == 2
    assert lines[-1].endswith("…")


def test_a_wide_picture_is_measured_in_plain_numbers() -> None:
    """1348, never 1.348: a browser would draw it one point wide."""
    keys = list("abcdef")
    context = {"nodes": [node(key) for key in keys], "edges": chain(*keys)}
    source = '{% load web %}{% component "flow" id="x" title="t" nodes=nodes edges=edges %}'
    html = Template(source).render(Context(context))
    width = draw([node(key) for key in keys], chain(*keys)).width
    assert width > 1000
    assert f'width="{width}"' in html
