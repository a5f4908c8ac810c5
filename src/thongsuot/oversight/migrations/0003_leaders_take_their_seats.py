from django.db import migrations


def seat_leaders(apps, schema_editor):
    """What stood in two fields of the group becomes a dated seat, from the day the campaign began."""
    Group = apps.get_model("oversight", "WorkingGroup")
    Seat = apps.get_model("oversight", "GroupSeat")
    for group in Group.objects.exclude(leader="").select_related("campaign").iterator():
        Seat.objects.create(
            group=group,
            part="leader",
            name=group.leader[:150],
            title_as_was=group.leader_title,
            valid_from=group.campaign.started_on,
        )


def unseat_leaders(apps, schema_editor):
    Seat = apps.get_model("oversight", "GroupSeat")
    for seat in Seat.objects.filter(part="leader", valid_to=None).select_related("group").iterator():
        seat.group.leader, seat.group.leader_title = seat.name, seat.title_as_was
        seat.group.save(update_fields=["leader", "leader_title"])


class Migration(migrations.Migration):
    dependencies = [("oversight", "0002_seats_and_visits")]

    operations = [migrations.RunPython(seat_leaders, unseat_leaders)]
