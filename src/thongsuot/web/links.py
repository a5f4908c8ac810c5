"""Addresses of pages of which another page has one in each row."""

from functools import lru_cache
from urllib.parse import quote

from django.urls import get_script_prefix, get_urlconf, reverse

_MARK = 987654321  # stands for any key, a number or a word


def link_to(page: str, key: int | str) -> str:
    """`reverse(page, args=[key])`: where the key stands in the address is found out once for each page."""
    before, after = _around(page, get_script_prefix())
    return f"{before}{key if isinstance(key, int) else quote(key, safe='')}{after}"


def link_to_list(page: str) -> str:
    """`reverse(page)`, looked up once."""
    return _whole(page, get_script_prefix(), get_urlconf())


@lru_cache(maxsize=512)
def _whole(page: str, _prefix: str, _urlconf: str | None) -> str:
    return reverse(page)


@lru_cache(maxsize=512)
def _around(page: str, _prefix: str) -> tuple[str, str]:
    before, _mark, after = reverse(page, args=[_MARK]).partition(str(_MARK))
    return before, after
