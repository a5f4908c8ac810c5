from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from thongsuot.audit.chain import verify


class Command(BaseCommand):
    help = "audit verify: walk the chain of events and name the first broken one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["verify"])

    def handle(self, *args: object, **options: object) -> None:
        report = verify()
        if not report.intact:
            raise CommandError(f"Chuỗi sự kiện bị đứt tại sự kiện {report.broken_at}: {report.reason}.")
        self.stdout.write(f"Chuỗi sự kiện nguyên vẹn: {report.events} sự kiện.")
