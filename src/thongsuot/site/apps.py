from django.apps import AppConfig
from django.utils import timezone


class SiteConfig(AppConfig):
    name = "thongsuot.site"
    verbose_name = "Site"

    def ready(self) -> None:
        from thongsuot.audit.labels import register_acts  # noqa: PLC0415
        from thongsuot.intake.queries import drafts_waiting  # noqa: PLC0415
        from thongsuot.site.context import COUNTS  # noqa: PLC0415
        from thongsuot.site.enums import Acts  # noqa: PLC0415
        from thongsuot.site.work import waiting_for  # noqa: PLC0415
        from thongsuot.staffing.reminders import owed  # noqa: PLC0415
        from thongsuot.units.enums import Verb  # noqa: PLC0415
        from thongsuot.units.models import Mandate  # noqa: PLC0415
        from thongsuot.units.queries.asking import how_many, standing_of  # noqa: PLC0415

        def work(mandate: Mandate) -> int:
            return waiting_for(mandate, timezone.localdate())

        def reviews_to_file(mandate: Mandate) -> int:
            if not mandate.allows(Verb.REVIEW_STAFF):
                return 0
            return how_many(("reviews to file", standing_of(mandate)), lambda: owed(mandate))

        register_acts(Acts)
        COUNTS["intake:drafts"] = drafts_waiting
        COUNTS["home"] = work
        COUNTS["staffing:board"] = reviews_to_file
