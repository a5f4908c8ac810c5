from django.core.management.base import BaseCommand

from thongsuot.audit.actors import SYSTEM
from thongsuot.indicators.actions import load_catalogue


class Command(BaseCommand):
    help = "Load the catalogue of indicators from the lawbook. Running it again changes nothing."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"Chỉ tiêu thêm mới hoặc cập nhật: {load_catalogue(by=SYSTEM)}.")
