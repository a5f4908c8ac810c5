"""How many queries a list page costs: exactly, for its fragment; whatever the frame around it costs, for the page."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

FRAGMENT = {"HX-Request": "true", "HX-Target": "list"}


def queries_of_list(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url, headers=FRAGMENT).status_code == 200
    return len(captured)


def queries_of_page(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)
