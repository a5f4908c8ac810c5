from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("oversight", "0003_leaders_take_their_seats")]

    operations = [
        migrations.RemoveField(model_name="workinggroup", name="leader"),
        migrations.RemoveField(model_name="workinggroup", name="leader_title"),
    ]
