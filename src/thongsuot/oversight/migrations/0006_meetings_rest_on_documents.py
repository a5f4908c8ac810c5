"""Meetings recorded before the loop knew documents: what they were held under becomes what their origin rests on."""

from django.db import migrations
from django.utils import timezone


def rest_on_documents(apps, schema_editor):
    Link = apps.get_model("oversight", "MeetingDocument")
    Origin = apps.get_model("matters", "Origin")
    links = Link.objects.filter(basis=True, meeting__origin__isnull=False).select_related("meeting__origin", "document")
    for link in links.iterator(chunk_size=500):
        document = link.document
        printed = " ".join(part for part in (document.type, f"{document.number}-{document.symbol}".strip("-")) if part)
        origin, _ = Origin.objects.get_or_create(
            key=f"documents.document:{document.pk}",
            defaults={
                "kind": "document",
                "title": (printed or document.abstract)[:300],
                "on": document.date or timezone.localdate(),
                "path": f"/van-ban/{document.pk}/",
            },
        )
        link.meeting.origin.under.add(origin)


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0005_versions"),
        ("matters", "0004_proposals_are_owed_answers"),
        ("documents", "0001_initial"),
    ]
    operations = [migrations.RunPython(rest_on_documents, migrations.RunPython.noop)]
