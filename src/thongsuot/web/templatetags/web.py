"""Template tags of the kit: {% component %}, {% fill %}, {% filled %}, {% address %}, and formats."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from html import escape
from types import NoneType
from typing import Any

from django import template
from django.forms.utils import flatatt
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.context import Context
from django.template.engine import Engine
from django.template.exceptions import TemplateSyntaxError
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockNode
from django.templatetags.i18n import TranslateNode, do_translate
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from thongsuot.kernel.rounding import half_up
from thongsuot.web import drawing, icons
from thongsuot.web.components import COMPONENTS, Component
from thongsuot.web.toasts import UNDO

register = template.Library()


# What a component of these follows from stays what it is.
_PLAIN = (str, int, float, bool, NoneType, date, Decimal)


def drawn(component: Component, given: dict[str, Any]) -> SafeString:
    template = Engine.get_default().get_template(component.template)
    return SafeString(template.render(Context(component.complete(given))).strip())


def drawn_again(component: Component, given: dict[str, Any]) -> SafeString:
    """The same few states, days and numbers stand in most rows: drawn once a language and day."""
    plain = []
    for name, value in given.items():
        said = str(value) if isinstance(value, Promise) else value
        if not isinstance(said, _PLAIN):
            return drawn(component, given)
        plain.append(
            (name, said, type(said))
        )  # 1 is not True, and words marked safe are not those to be escaped
    return _drawn(component.name, get_language() or "", timezone.localdate(), tuple(plain))


@lru_cache(maxsize=8192)
def _drawn(name: str, language: str, on: date, plain: tuple[tuple[str, Any, type], ...]) -> SafeString:
    return drawn(COMPONENTS[name], {name: value for name, value, _type in plain})


class SlotNode(Node):
    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Context) -> SafeString:
        """Filled by the component around it, which draws it at its own place."""
        return SafeString("")


class ComponentNode(Node):
    child_nodelists = ("nodelist",)

    def __init__(self, component: Component, props: dict[str, FilterExpression], nodelist: NodeList) -> None:
        self.component, self.props, self.nodelist = component, props, nodelist

    def render(self, context: Context) -> SafeString:
        given = {name: expression.resolve(context) for name, expression in self.props.items()}
        if self.component.repeats and context.autoescape:
            return drawn_again(self.component, given)
        props = self.component.complete(given)
        if self.component.block:
            props |= {node.name: node.nodelist.render(context) for node in self._slots()}
            props["content"] = self.nodelist.render(context)
        for name in ("csrf_token", "request"):  # forms inside components, and the pager
            props.setdefault(name, context.get(name))
        engine = context.template.engine if context.template else Engine.get_default()
        found = engine.get_template(self.component.template)
        return SafeString(found.render(context.new(props)).strip())  # so that punctuation may follow

    def _slots(self) -> Iterator[SlotNode]:
        return (node for node in self.nodelist if isinstance(node, SlotNode))


@register.tag("component")
def component_tag(parser: Parser, token: Token) -> ComponentNode:
    """{% component "name" prop=value … %}, with {% endcomponent %} when the component takes content."""
    _, *bits = token.split_contents()
    component = _declared(bits)
    props: dict[str, FilterExpression] = {}
    for bit in bits[1:]:
        name, equals, value = bit.partition("=")
        if not equals or not name.replace("-", "_").isidentifier():
            raise TemplateSyntaxError(f"'{component.name}': write prop=value, not '{bit}'")
        if name in props:
            raise TemplateSyntaxError(f"'{component.name}': {name} is given twice")
        props[name] = parser.compile_filter(value)
    component.check_names(set(props))
    if not component.block:
        return ComponentNode(component, props, NodeList())
    nodelist = parser.parse(("endcomponent",))
    parser.delete_first_token()
    for node in nodelist:
        if isinstance(node, SlotNode) and node.name not in component.slots:
            raise TemplateSyntaxError(f"'{component.name}' has no slot '{node.name}'")
    return ComponentNode(component, props, nodelist)


def _declared(bits: list[str]) -> Component:
    if not bits or bits[0][0] not in "\"'":
        raise TemplateSyntaxError('Name the component in quotes: {% component "badge" … %}')
    name = bits[0].strip("\"'")
    if name not in COMPONENTS:
        raise TemplateSyntaxError(
            f"There is no component '{name}'; there are {', '.join(sorted(COMPONENTS))}"
        )
    return COMPONENTS[name]


@register.tag("fill")
def fill_tag(parser: Parser, token: Token) -> SlotNode:
    """{% fill "actions" %}…{% endfill %}: a named place of the component around it."""
    _, name = token.split_contents()
    nodelist = parser.parse(("endfill",))
    parser.delete_first_token()
    return SlotNode(name.strip("\"'"), nodelist)


class FilledNode(Node):
    def __init__(self, block: str, variable: str) -> None:
        self.block, self.variable = block, variable

    def render(self, context: Context) -> SafeString:
        blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
        html = ""
        if blocks is not None and blocks.get_block(self.block) is not None:
            html = BlockNode(self.block, NodeList()).render(context).strip()
        context[self.variable] = mark_safe(html)  # noqa: S308 (a block rendered by the template engine)
        return SafeString("")


class SaidNode(Node):
    """Words of a template that nothing around them changes, looked up once in each language."""

    def __init__(self, words: TranslateNode) -> None:
        self.words = words
        self.said: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        language = get_language()
        if language not in self.said:
            self.said[language] = self.words.render(context)
        return self.said[language]


@register.tag("translate")
def translate_tag(parser: Parser, token: Token) -> Node:
    """Django's own tag. A page has fifty of them, and to look one up takes fifteen times as long as to say it again."""
    node: TranslateNode = do_translate(parser, token)
    plain = len(token.split_contents()) == len(["translate", "words"])
    fixed = plain and not node.filter_expression.filters and node.filter_expression.var.literal is not None
    return SaidNode(node) if fixed else node


@register.tag("filled")
def filled_tag(parser: Parser, token: Token) -> FilledNode:
    """{% filled "rail" as rail %}: what the page put into a block, empty when it left it out."""
    try:
        _, block, _as, variable = token.split_contents()
    except ValueError:
        raise TemplateSyntaxError('Write {% filled "block" as variable %}') from None
    return FilledNode(block.strip("\"'"), variable)


@register.simple_tag(takes_context=True)
def address(context: Context, **changes: object) -> str:
    """{% address page=2 q=None %}: the present address with parameters changed or taken out."""
    return drawing.address(context["request"], **changes)


@register.simple_tag
def attributes(attrs: dict[str, Any]) -> SafeString:
    return flatatt(attrs or {})


@register.simple_tag
def icon(name: str) -> SafeString:
    """The short form of {% component "icon" %}, for decoration beside a word."""
    return icons.svg(name)


@register.simple_tag
def script(name: str) -> str:
    """Address of one of the kit's own scripts."""
    return static(f"web/{name}.js")


@register.filter
def words(text: str) -> list[str]:
    return text.split()


@register.filter
def plain(html: object) -> str:
    """Text of a rendered block on one line, for <title>."""
    return " ".join(strip_tags(str(html)).split())


@register.filter
def vn_date(value: date | datetime | None) -> str:
    """30-10-2025, and the time beside it when there is one."""
    if not value:
        return ""
    day = f"{drawing.local_day(value):%d-%m-%Y}"
    if isinstance(value, datetime):
        return f"{day} {timezone.localtime(value):%H:%M}"
    return day


@register.filter
def days_left(value: date | datetime | None) -> str:
    return drawing.days_in_words(value) if value else ""


@register.filter
def number(value: object, places: int | None = None) -> str:
    """152.000 in Vietnamese, 152,000 in English; nothing for None."""
    if value is None or value == "":
        return ""
    if not isinstance(value, int | float | Decimal):
        return str(value)
    return _grouped(value, places, type(value).__name__, get_language())


@lru_cache(maxsize=8192)
def _grouped(value: float | Decimal, places: int | None, _type: str, _language: str | None) -> str:
    if places is not None:  # Django cuts off what does not fit
        value = half_up(value, places)
    return formats.number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)


@register.simple_tag
def map_list(points: Sequence[Mapping[str, Any]]) -> SafeString:
    """Beside a map, each point in words: written here, for a template takes ten times as long over a province."""
    return mark_safe("\n".join(map(_in_map_list, points)))  # noqa: S308  each part is escaped


def _in_map_list(point: Mapping[str, Any]) -> str:
    name, text = escape(str(point["name"])), escape(str(point["text"] or number(point["value"])))
    named = f'<a href="{escape(point["url"])}">{name}</a>' if point["url"] else f"<span>{name}</span>"
    return f'<li>{named} <span class="map-value">{text}</span></li>'


@register.filter
def undo_url(tags: str) -> str:
    return next((tag.removeprefix(UNDO) for tag in str(tags or "").split() if tag.startswith(UNDO)), "")
