from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from thongsuot.finding.engines import create


def make(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in create(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def unmake(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute("DROP TABLE finding_text")


class Migration(migrations.Migration):
    dependencies = [("finding", "0001_initial")]
    operations = [migrations.RunPython(make, unmake)]
