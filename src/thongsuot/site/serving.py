"""How gunicorn serves the pages: `gunicorn --config python:thongsuot.site.serving thongsuot.site.wsgi`.

One page at a time in each process: two pages in one process wait for each other's interpreter after every answer of
the database, which at twenty people at once made the slow pages twice as slow. The program is loaded once, before the
processes part, so they share its memory.
"""

import os
from concurrent.futures import Future
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker


class OnePageWorker(ThreadWorker):
    """Takes no visitor while it draws, and waits for nobody who says nothing.

    gunicorn's own worker goes on accepting while its one thread draws, so a visitor may wait behind a slow page beside
    a process that has nothing to do; and its thread waits five seconds for a connection that a browser only opened to
    have it ready.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.drawing = 0

    def set_accept_enabled(self, enabled: bool) -> None:
        super().set_accept_enabled(enabled and not self.drawing)

    def enqueue_req(self, conn: TConn) -> None:
        if not conn.initialized and not conn.wait_for_data(0):
            self._wait_beside(conn)
            return
        self.drawing += 1
        self.set_accept_enabled(False)
        super().enqueue_req(conn)

    def finish_request(self, conn: TConn, fs: "Future[Any]") -> None:
        self.drawing -= 1
        super().finish_request(conn, fs)

    def _wait_beside(self, conn: TConn) -> None:
        """With the connections that have not asked yet; who asks nothing in time is let go, as gunicorn does."""
        conn.sock.setblocking(False)
        conn.set_timeout()
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))


worker_class = OnePageWorker
threads = 1
workers = int(os.environ.get("WEB_CONCURRENCY") or 2 * len(os.sched_getaffinity(0)))
preload_app = True
timeout = 120  # seconds, for the largest workbook
