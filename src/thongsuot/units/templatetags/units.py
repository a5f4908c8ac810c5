from django import template
from django.template.context import Context

from thongsuot.units.panels import ShownPanel

register = template.Library()


@register.simple_tag(takes_context=True)
def show_panel(context: Context, shown: ShownPanel) -> str:
    """Draws a panel with its own names laid over those of the page."""
    assert context.template is not None
    drawn = context.template.engine.get_template(shown.template)
    with context.push(**shown.context):
        return drawn.render(context)
