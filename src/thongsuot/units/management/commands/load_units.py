from django.core.management.base import BaseCommand, CommandError

from thongsuot.audit.actors import SYSTEM
from thongsuot.finding.actions import reindex_what_is_missing
from thongsuot.units.dataset import DataSetMissing, open_dataset
from thongsuot.units.loading import load_units


class Command(BaseCommand):
    help = "Load the administrative units of both tiers, past and present. Running it again changes nothing."

    def handle(self, *args: object, **options: object) -> None:
        try:
            loaded = load_units(by=SYSTEM, dataset=open_dataset())
        except DataSetMissing as missing:
            raise CommandError(f"Thiếu gói dữ liệu đơn vị {missing}: chạy lại `make setup`.") from missing
        for _step in reindex_what_is_missing():
            pass
        self.stdout.write(
            f"Đơn vị mới: {loaded.units}; liên hệ trước–sau: {loaded.successions}; cơ quan: {loaded.bodies}."
        )
