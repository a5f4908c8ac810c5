from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "thongsuot.notices"
    verbose_name = "Reminders and messages"

    def ready(self) -> None:
        from thongsuot.audit.labels import register_acts  # noqa: PLC0415
        from thongsuot.notices import jobs  # noqa: F401, PLC0415  registers what happens by the clock
        from thongsuot.notices.enums import Acts  # noqa: PLC0415

        register_acts(Acts)
