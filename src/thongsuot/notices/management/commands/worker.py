from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from thongsuot.notices.working import HouseWorker, name_of_worker


class Command(BaseCommand):
    help = "Run the jobs that wait and keep the schedule: reminders, mail, weekly digest, tidying up."
    requires_system_checks: list[str] = []  # `make check` runs them; a worker starts beside a server

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due and waiting, then end")
        parser.add_argument(
            "--with-parent", action="store_true", help="end when the process that started it has ended"
        )

    def handle(self, *args: object, **options: object) -> None:
        worker = HouseWorker(name_of_worker(), with_parent=bool(options["with_parent"]))
        worker.configure_signals()
        worker.work(once=bool(options["once"]))
