from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "thongsuot.site"
    verbose_name = "Site"

    def ready(self) -> None:
        from thongsuot.intake.queries import waiting_drafts  # noqa: PLC0415
        from thongsuot.site.context import COUNTS  # noqa: PLC0415
        from thongsuot.units.models import Mandate  # noqa: PLC0415

        def drafts_to_confirm(mandate: Mandate) -> int:
            return waiting_drafts(mandate).count()

        COUNTS["intake:drafts"] = drafts_to_confirm
