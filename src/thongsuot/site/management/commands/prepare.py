from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from thongsuot.lawbook.roles import roles
from thongsuot.site import demo
from thongsuot.site.preparing import prepare
from thongsuot.units.dataset import DataSetMissing


class Command(BaseCommand):
    help = (
        "Make the database ready to serve: structure, units, indicators, and with --demo the demonstration."
    )
    requires_system_checks: list[str] = []  # the second run must be quick; `make check` runs them

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="build the demonstration data, once")
        parser.add_argument("--address", default="http://127.0.0.1:8000", help="printed at the end")

    def handle(self, *args: object, address: str, **options: object) -> None:
        try:
            for step in prepare(with_demo=bool(options["demo"])):
                self.stdout.write(step)
        except DataSetMissing as missing:
            raise CommandError(f"Thiếu gói dữ liệu đơn vị {missing}: chạy lại `make setup`.") from missing
        except DatabaseError as error:
            raise CommandError(f"Không dùng được cơ sở dữ liệu: {error}") from error
        self.stdout.write(self.style.SUCCESS(f"Thông Suốt: {address}"))
        if options["demo"]:
            self._print_sign_ins()

    def _print_sign_ins(self) -> None:
        self.stdout.write(f"Dữ liệu minh họa. Mật khẩu chung: {demo.PASSWORD}")
        for sign_in in demo.SIGN_INS:
            role = roles()[sign_in.role].name["vi"]
            self.stdout.write(f"  {sign_in.username:<12} {sign_in.full_name}, {role}")
