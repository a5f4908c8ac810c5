"""Is it alive, may it be sent work: for the machinery in front, without sign-in and without redirect."""

import os
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from thongsuot.units.access import public

TEXT = "text/plain; charset=utf-8"


@public
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type=TEXT)


@public
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    problem = _database_problem() or _files_problem()
    return HttpResponse(f"{problem or 'ok'}\n", status=503 if problem else 200, content_type=TEXT)


def _database_problem() -> str:
    try:
        executor = MigrationExecutor(connection)
        return "migrations pending" if executor.migration_plan(executor.loader.graph.leaf_nodes()) else ""
    except DatabaseError:
        return "no database"


def _files_problem() -> str:
    folder = Path(settings.FILES_DIR)
    there = folder if folder.exists() else folder.parent
    return "" if os.access(there, os.W_OK) else "files folder not writable"


@public
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type=TEXT)
