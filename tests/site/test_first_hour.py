"""Every role has its page for the first hour, and the index leads to each."""

from pathlib import Path

import pytest
from django.conf import settings

from thongsuot.lawbook.roles import roles

PAGES = Path(settings.REPOSITORY) / "docs" / "first-hour"


@pytest.mark.parametrize("role", sorted(roles()))
def test_a_role_has_its_page(role: str) -> None:
    assert (PAGES / f"{role}.md").is_file()
    index = (PAGES / "README.md").read_text("utf-8")
    assert f"| {roles()[role].name['vi']} | [{role}.md]({role}.md) |" in index
