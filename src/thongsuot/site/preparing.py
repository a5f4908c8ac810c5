"""Bringing a machine to the point where it can serve; each step looks first whether there is anything to do."""

from collections.abc import Iterator

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from thongsuot.audit.actors import SYSTEM
from thongsuot.finding.actions import reindex_what_is_missing
from thongsuot.finding.queries import not_indexed
from thongsuot.indicators.actions import load_catalogue
from thongsuot.returns.actions import load_templates
from thongsuot.site import demo
from thongsuot.staffing.actions import load_positions
from thongsuot.units.dataset import open_dataset
from thongsuot.units.loading import load_units
from thongsuot.units.models import Unit


def prepare(*, with_demo: bool) -> Iterator[str]:
    """What is being done, in the words of the person who waits; nothing when nothing was needed."""
    if _migrations_pending():
        yield "Tạo, cập nhật cấu trúc cơ sở dữ liệu…"
        call_command("migrate", verbosity=0)
    if not Unit.objects.exists():
        yield "Nạp 34 tỉnh, thành phố và 3.321 phường, xã, đặc khu cùng các đơn vị cũ…"
        load_units(by=SYSTEM, dataset=open_dataset())
    load_catalogue(by=SYSTEM)
    load_templates(by=SYSTEM)
    load_positions(by=SYSTEM)
    if not_indexed():
        yield "Lập chỉ mục tra cứu…"
        for _step in reindex_what_is_missing():
            pass
    if with_demo and not settings.DEMO and not demo.is_built():
        if demo.is_in_use():
            yield "Đã có tài khoản trong cơ sở dữ liệu: không dựng dữ liệu minh họa vào sổ đang dùng."
            return
        yield "Dựng dữ liệu minh họa: một đợt giám sát 168 đơn vị trong chín tuần qua, khoảng một phút…"
        demo.build()


def _migrations_pending() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
