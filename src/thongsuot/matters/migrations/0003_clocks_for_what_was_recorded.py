"""What was recorded before matters had clocks: proposals are owed an answer by their province from that day on."""

from django.db import migrations
from django.utils import timezone

from thongsuot.lawbook.calendar import add_working_days
from thongsuot.lawbook.clocks import periods


def start_clocks(apps, schema_editor):
    Matter = apps.get_model("matters", "Matter")
    for matter in Matter.objects.select_related("unit__parent", "origin").iterator(chunk_size=1000):
        unit = matter.unit or matter.origin.units.select_related("parent").order_by("pk").first()
        above = (unit.parent or unit) if unit else None
        matter.turn_unit = above
        if matter.direction == "up":
            recorded = timezone.localtime(matter.recorded_at).date()
            matter.holder = above
            matter.holder_name = f"{above.kind} {above.name}" if above else ""
            matter.due_on = matter.turn_due_on = add_working_days(recorded, periods().answer)
            matter.due_soon_on = add_working_days(matter.due_on, -periods().due_soon)
        else:
            matter.issuer = above
        matter.save()


class Migration(migrations.Migration):
    dependencies = [("matters", "0002_the_loop")]
    operations = [migrations.RunPython(start_clocks, migrations.RunPython.noop)]
