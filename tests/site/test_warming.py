"""Before the first visitor comes, every page is ready to be drawn."""

import pytest
from django.template.loader import get_template
from django.urls import get_resolver

from thongsuot.site import warming


def test_every_template_of_ours_is_read_and_none_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    read = []

    def reading(name: str) -> object:
        read.append(name)
        return get_template(name)

    monkeypatch.setattr(warming, "get_template", reading)
    warming.load_pages()
    assert {"web/base.html", "matters/task_list.html", "403.html", "web/components/badge.html"} <= set(read)


def test_every_address_is_known() -> None:
    warming.load_pages()
    assert "url_patterns" in get_resolver().__dict__
