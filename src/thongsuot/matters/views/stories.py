"""What became of it: the story of a matter, an answer, a meeting or a document, as a page or inside another."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.matters.models import Answer, Matter
from thongsuot.matters.policies import scope
from thongsuot.matters.story import (
    Story,
    seen_origins,
    story_of_answer,
    story_of_matter,
    story_of_origin,
)
from thongsuot.units.access import MandatedRequest, needs
from thongsuot.units.enums import Verb


@needs(Verb.READ)
def matter_story(request: MandatedRequest, number: str) -> HttpResponse:
    rows = Matter.objects.filter(scope(request.mandate)).select_related("origin", "unit")
    matter = get_object_or_404(rows, number=number)
    story = story_of_matter(matter, request.mandate, timezone.localdate())
    return _answered(request, story, matter.number, matter.get_absolute_url())


@needs(Verb.READ)
def answer_story(request: MandatedRequest, number: str) -> HttpResponse:
    seen = Matter.objects.filter(scope(request.mandate)).values("pk")
    rows = Answer.objects.filter(replies__proposal__in=seen).select_related("unit", "body").distinct()
    answer = get_object_or_404(rows, number=number)
    story = story_of_answer(answer, request.mandate, timezone.localdate())
    return _answered(request, story, answer.number, answer.get_absolute_url())


@needs(Verb.READ)
def origin_story(request: MandatedRequest, pk: int) -> HttpResponse:
    origin = get_object_or_404(seen_origins(request.mandate), pk=pk)
    story = story_of_origin(origin, request.mandate, timezone.localdate())
    return _answered(request, story, origin.title, origin.path)


def _answered(request: MandatedRequest, story: Story, name: str, path: str) -> HttpResponse:
    """Asked for by a page that shows the story in itself, only the drawing; else a page of its own."""
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "matters/story.html", {"story": story})
    crumbs = [(request.mandate.unit.title, ""), (name, path), (_("Dòng việc"), "")]
    return render(request, "matters/story_page.html", {"story": story, "name": name, "crumbs": crumbs})
