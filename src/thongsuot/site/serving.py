"""How gunicorn serves the pages: `gunicorn --config python:thongsuot.site.serving thongsuot.site.wsgi`.

One page at a time in each process: two pages in one process wait for each other's interpreter after every answer of
the database, which at twenty people at once made the slow pages twice as slow. The program is loaded once, before the
processes part, so they share its memory. A connection waits beside the page being drawn, so a browser that opens one
and says nothing holds nobody up.
"""

import os

worker_class = "gthread"
threads = 1
workers = int(os.environ.get("WEB_CONCURRENCY") or 2 * len(os.sched_getaffinity(0)))
preload_app = True
timeout = 120  # seconds, for the largest workbook
