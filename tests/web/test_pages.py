"""The frame, the gallery, the sign-in pages: no inline script or style, every part where it belongs."""

import re
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles.finders import find
from django.template import engines
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from thongsuot.site.context import Frame
from thongsuot.web.gallery import Samples
from thongsuot.web.storage import HashedStaticFilesStorage
from thongsuot.web.views import gallery


class Inline(HTMLParser):
    """Collects what the Content-Security-Policy would refuse."""

    def __init__(self):
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "style" or "style" in given:
            self.found.append(f"<{tag} style>")
        if tag == "script" and "src" not in given and given.get("type") != "application/json":
            self.found.append("<script>")
        self.found += [f"<{tag} {name}>" for name in given if name.startswith(("on", "hx-on"))]


def refused(text: str) -> list[str]:
    parser = Inline()
    parser.feed(text)
    return parser.found


def visitor(rf, path="/", **extra):
    request = rf.get(path)
    request.user, request.session = AnonymousUser(), {}
    for name, value in extra.items():
        setattr(request, name, value)
    return request


def official(*verbs):
    return SimpleNamespace(
        pk=len(verbs), unit="phường Mẫu", called=f"Vai trò {len(verbs)}", allows=lambda verb: verb in verbs
    )


def page(request, source: str) -> str:
    return (
        engines["django"]
        .from_string('{% extends "web/page.html" %}{% load web %}' + source)
        .render({}, request)
    )


def test_the_gallery_is_for_developers_only_and_breaks_no_policy(rf, settings):
    settings.DEVELOPMENT = True
    text = gallery(visitor(rf, "/ui/")).content.decode()
    assert refused(text) == []
    assert 'data-chart="flows-data"' in text
    assert gallery.access


def test_the_gallery_shows_every_component():
    used = set(
        re.findall(
            r'{% component "(\w+)"', engines["django"].get_template("web/gallery.html").template.source
        )
    )
    assert used == {component.name for component in Samples().components}


def test_the_title_stands_in_the_head_and_on_the_page(rf):
    text = page(visitor(rf), "{% block title %}Số <b>1</b>{% endblock %}")
    assert "<title>Số 1 · Thông Suốt</title>" in " ".join(text.split())
    assert "<h1>Số <b>1</b></h1>" in text


def test_what_a_page_leaves_out_takes_no_room(rf):
    bare = page(visitor(rf), "{% block title %}x{% endblock %}{% block rail %} {% endblock %}")
    assert "has-rail" not in bare
    assert 'class="answer"' not in bare
    full = page(visitor(rf), "{% block rail %}chuỗi{% endblock %}{% block answer %}38{% endblock %}")
    assert "has-rail" in full
    assert 'class="answer"' in full


def test_a_page_names_its_language_and_htmx_is_kept_from_inline_code(rf):
    with translation.override("en"):
        text = page(visitor(rf), "")
    assert '<html lang="en">' in text
    assert '"allowEval":false' in text
    assert '"includeIndicatorStyles":false' in text
    assert refused(text) == []


def test_doors_open_only_where_there_is_a_room_and_a_right(rf, monkeypatch):
    monkeypatch.setattr("thongsuot.site.context.COUNTS", {})
    user = SimpleNamespace(is_authenticated=True, pk=1)
    mandate = official()
    frame = Frame(visitor(rf, user=user, mandate=mandate, mandates=[mandate], resolver_match=None))
    names = {door.url_name for door in [*frame.doors, *frame.doors_below]}
    assert "home" in names
    assert not names & {"intake:drafts", "administration:home"}
    assert not Frame(visitor(rf)).doors


def test_several_mandates_can_be_switched_and_one_is_only_named(rf, monkeypatch):
    user = SimpleNamespace(is_authenticated=True, pk=1)
    monkeypatch.setattr(Frame, "switch_url", "/doi/")
    monkeypatch.setattr(Frame, "doors", [])
    monkeypatch.setattr(Frame, "doors_below", [])
    two = [official(), official("read")]
    assert 'action="/doi/"' in page(visitor(rf, user=user, mandate=two[0], mandates=two), "")
    one = page(visitor(rf, user=user, mandate=two[0], mandates=two[:1]), "")
    assert 'action="/doi/"' not in one
    assert "Vai trò 0" in one


def test_demonstration_data_are_called_so(rf, settings):
    settings.DEMO = True
    with translation.override("vi"):
        assert "Dữ liệu minh họa" in page(visitor(rf), "")
        settings.DEMO = False
        assert "Dữ liệu minh họa" not in page(visitor(rf), "")


@pytest.mark.parametrize("name", ["403.html", "404.html", "500.html", "403_csrf.html"])
def test_error_pages_can_always_be_drawn(rf, name):
    request = None if name in ("500.html", "403_csrf.html") else visitor(rf)
    assert refused(render_to_string(name, {}, request)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["account_login", "account_reset_password"])
def test_sign_in_pages_break_no_policy(client, name, settings):
    settings.SECURE_SSL_REDIRECT = False
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert refused(response.content.decode()) == []
    assert "data-entrance" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["mfa_index", "account_change_password", "account_logout", "mfa_list_webauthn"]
)
def test_account_pages_stand_in_the_frame(client, django_user_model, name, settings):
    settings.SECURE_SSL_REDIRECT = False
    client.force_login(django_user_model.objects.create_user("minh", password="mat-khau-minh-hoa"))
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert refused(response.content.decode()) == []
    assert 'id="doors"' in response.content.decode()


def test_static_files_have_plain_names_before_the_first_build(tmp_path):
    storage = HashedStaticFilesStorage(location=tmp_path, base_url="/static/")
    assert storage.url("web/web.css") == "/static/web/web.css"


def test_stylesheets_get_hashed_names_and_source_maps_are_left_alone(tmp_path):
    (tmp_path / "a.css").write_text('@import url("b.css") layer(base);\n/*# sourceMappingURL=gone.css.map */')
    (tmp_path / "b.css").write_text("p{}")
    storage = HashedStaticFilesStorage(location=tmp_path, base_url="/static/")
    files = {name: (storage, name) for name in ("a.css", "b.css")}
    assert not [failure for _, _, failure in storage.post_process(files) if isinstance(failure, Exception)]
    hashed = storage.url("a.css")
    assert re.fullmatch(r"/static/a\.[0-9a-f]{12}\.css", hashed)
    assert re.search(r"b\.[0-9a-f]{12}\.css", (tmp_path / hashed.removeprefix("/static/")).read_text())


@pytest.mark.skipif(not settings.FRONT_END_DIR.is_dir(), reason="the front-end libraries are not installed")
def test_only_the_listed_library_files_are_served():
    assert find("vendor/htmx/htmx.min.js")
    assert not find("vendor/echarts/package.json")
