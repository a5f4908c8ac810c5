from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "thongsuot.returns"
    verbose_name = "Periodic returns"

    def ready(self) -> None:
        from thongsuot.audit.labels import register_acts  # noqa: PLC0415
        from thongsuot.returns.enums import Acts  # noqa: PLC0415

        register_acts(Acts)
