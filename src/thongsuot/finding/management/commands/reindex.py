from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from thongsuot.finding.actions import reindex
from thongsuot.finding.kinds import kinds


class Command(BaseCommand):
    help = "Bring the search index in line with the registers; what is as it should be stays untouched."

    def add_arguments(self, parser: ArgumentParser) -> None:
        codes = [kind.code for kind in kinds()]
        parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"only these of {', '.join(codes)}")

    def handle(self, *args: object, kinds: list[str], **options: object) -> None:
        for step in reindex(kinds or None):
            self.stdout.write(
                f"{step.kind.code}: {step.seen} đã xem, {step.changed} ghi lại, {step.removed} bỏ đi"
            )
