"""Say of every matter in which province it lies; a further province it is seen in gets its own row."""

from django.db import migrations


def lie_in_provinces(apps, schema_editor):
    Matter = apps.get_model("matters", "Matter")
    MatterUnit = apps.get_model("matters", "MatterUnit")
    seen = MatterUnit.objects.select_related("unit").order_by("matter", "-named", "pk")
    provinces = {}
    for place in seen.iterator(chunk_size=2000):
        province = place.unit.parent_id or place.unit_id
        first = provinces.setdefault(place.matter_id, province)
        if province not in (first, place.unit_id):
            MatterUnit.objects.get_or_create(matter_id=place.matter_id, unit_id=province, defaults={"named": False})
    for matter in Matter.objects.filter(province__isnull=True).select_related("unit").iterator(chunk_size=2000):
        own = (matter.unit.parent_id or matter.unit_id) if matter.unit else provinces.get(matter.pk)
        Matter.objects.filter(pk=matter.pk).update(province_id=own)


class Migration(migrations.Migration):
    dependencies = [("matters", "0007_province_of_a_matter")]
    operations = [migrations.RunPython(lie_in_provinces, migrations.RunPython.noop)]
