"""Every view says who may open it; one that says nothing is an error before anything is served."""

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import path

from tests import people
from tests.units.places import city, ward
from thongsuot.units.access import needs, public
from thongsuot.units.checks import every_view_declares_its_access
from thongsuot.units.enums import Verb
from thongsuot.units.models import Mandate


def silent(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@public
def open_to_all(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@needs(Verb.READ, Verb.CONFIRM)
def guarded(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


urlpatterns = [path("silent/", silent), path("open/", open_to_all), path("guarded/", guarded)]


@override_settings(ROOT_URLCONF="tests.units.test_access")
def test_a_view_that_declares_nothing_fails_the_check() -> None:
    (problem,) = every_view_declares_its_access(None)
    assert problem.id == "units.E001"
    assert "'silent/'" in problem.msg


def test_every_view_of_the_product_declares_its_access() -> None:
    assert every_view_declares_its_access(None) == []


def asked(mandate: Mandate | None) -> HttpRequest:
    request = RequestFactory().get("/guarded/")
    if mandate is not None:
        request.user = mandate.user
    request.mandate = mandate  # type: ignore[attr-defined]
    return request


@pytest.mark.django_db
def test_a_mandate_must_allow_every_verb() -> None:
    here = ward(city(), "Tân Khánh", "25891")
    assert guarded(asked(people.clerk(here))).status_code == 200
    with pytest.raises(Http404):
        guarded(asked(people.reader(here)))


@pytest.mark.django_db
def test_without_a_mandate_the_page_does_not_exist() -> None:
    request = asked(people.clerk(ward(city(), "Tân Khánh", "25891")))
    request.mandate = None  # type: ignore[attr-defined]
    with pytest.raises(Http404):
        guarded(request)


def test_pages_for_signed_in_people_are_never_cached() -> None:
    request = RequestFactory().get("/guarded/")
    from django.contrib.auth.models import AnonymousUser

    request.user = AnonymousUser()
    response = guarded(request)
    assert response.status_code == 302
    assert "no-store" in response.headers["Cache-Control"]
