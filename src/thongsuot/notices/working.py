"""The worker: runs the jobs that wait, and keeps the schedule beside them."""

import logging
import os
import socket
import threading
import time

from django.db import Error, close_old_connections, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from thongsuot.notices.models import Pulse
from thongsuot.notices.schedule import tick

logger = logging.getLogger("thongsuot.worker")
IDLE = 2.0  # seconds between two looks for work
BEAT = 15.0  # seconds between two looks at the schedule


def name_of_worker() -> str:
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{get_random_string(8)}"


class HouseWorker(Worker):
    """The library's worker, which drains the queue and returns; between two drains it only reads."""

    def __init__(self, worker_id: str, *, with_parent: bool = False) -> None:
        super().__init__(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id,
            excluded_queue_names=[],
        )
        self.parent = os.getppid() if with_parent else 0

    def work(self, *, once: bool = False) -> None:
        tick(self.worker_id, timezone.now())
        beat = threading.Thread(target=self._beat, name="schedule", daemon=True)
        if not once:
            beat.start()
        while self.running and not self._orphaned():
            self._drain()
            if once:
                break
            time.sleep(IDLE)
        Pulse.objects.filter(worker=self.worker_id).delete()

    def _drain(self) -> None:
        close_old_connections()
        try:
            if DBTaskResult.objects.ready().exists():  # looking takes no lock, claiming does
                self.run()
        except Error:  # the database restarts, or is being restored: wait for it
            logger.warning("the database cannot be reached")
            connection.close()

    def _beat(self) -> None:
        while self.running:
            time.sleep(BEAT)
            close_old_connections()
            try:
                tick(self.worker_id, timezone.now())
            except Error:
                logger.warning("the schedule waits for the database")
                connection.close()

    def _orphaned(self) -> bool:
        """Started together with a server that is gone, however it went."""
        return bool(self.parent) and os.getppid() != self.parent
