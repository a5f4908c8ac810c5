"""The address of a page, put together without looking the page up again, is the one it is found at."""

import pytest
from django.test.utils import override_script_prefix
from django.urls import resolve, reverse

from thongsuot.web.links import link_to, link_to_list


@pytest.mark.parametrize(
    ("page", "key"),
    [
        ("units:page", 7),
        ("matters:page", "NV-2026-000001"),
        ("matters:story", "NV-2026-000001"),
        ("matters:page", "số 1"),
    ],
)
def test_it_is_the_address_that_the_page_has(page: str, key: int | str) -> None:
    assert link_to(page, key) == reverse(page, args=[key])


def test_a_key_does_not_lead_to_another_page() -> None:
    assert "/" not in link_to("matters:page", "../../x?y=1#z").removeprefix("/viec/").removesuffix("/")
    assert resolve(link_to("units:page", 7)).view_name == "units:page"


def test_so_is_that_of_a_list() -> None:
    assert link_to_list("matters:tasks") == reverse("matters:tasks")
    with override_script_prefix("/cong-viec/"):
        assert link_to_list("matters:tasks") == reverse("matters:tasks")
        assert link_to_list("matters:tasks").startswith("/cong-viec/")


def test_where_the_site_lies_below_another_address_its_links_do_too() -> None:
    plain = link_to("units:page", 7)
    with override_script_prefix("/cong-viec/"):
        assert link_to("units:page", 7) == f"/cong-viec{plain}"
    assert link_to("units:page", 7) == plain
