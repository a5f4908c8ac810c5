import os
from argparse import ArgumentParser
from getpass import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from thongsuot.accounts.models import User
from thongsuot.audit.actors import SYSTEM
from thongsuot.site.actions import open_account_with_mandate
from thongsuot.units.models import Unit
from thongsuot.units.queries import provinces_on


class Command(BaseCommand):
    help = "Open the first account: an administrator of one province, who opens all others on the pages."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username", help="asked for when left out")
        parser.add_argument("--full-name", help="asked for when left out")
        parser.add_argument(
            "--province", help="two-digit code of the province, such as 79; asked for when left out"
        )

    def handle(self, *args: object, **options: object) -> None:
        province = self._province(str(options["province"] or input("Mã tỉnh, thành phố (ví dụ 79): ")))
        username = str(options["username"] or input("Tên đăng nhập: "))
        full_name = str(options["full_name"] or input("Họ và tên: "))
        try:
            mandate = open_account_with_mandate(
                by=SYSTEM,
                username=username,
                full_name=full_name,
                password=self._password(username),
                role="administrator",
                unit=province,
                valid_from=timezone.localdate(),
            )
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from wrong
        self.stdout.write(f"Đã mở tài khoản: {mandate}.")

    def _province(self, code: str) -> Unit:
        found = provinces_on(timezone.localdate()).filter(code=code.strip()).first()
        if found is None:
            raise CommandError(f"Không có tỉnh, thành phố mang mã {code}. Đã chạy `thongsuot prepare` chưa?")
        return found

    def _password(self, username: str) -> str:
        """From the environment for scripts, else typed twice."""
        password = os.environ.get("THONGSUOT_ADMIN_PASSWORD") or getpass("Mật khẩu (ít nhất 12 ký tự): ")
        if "THONGSUOT_ADMIN_PASSWORD" not in os.environ and password != getpass("Nhập lại mật khẩu: "):
            raise CommandError("Hai lần nhập mật khẩu không giống nhau.")
        validate_password(password, User(username=username))
        return password
