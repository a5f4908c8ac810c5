"""Factories write rows past the actions; here the search index catches up with them."""

from thongsuot.finding.actions import reindex


def index_all() -> None:
    list(reindex())
