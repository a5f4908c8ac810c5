from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "thongsuot.oversight"
    verbose_name = "Supervision and meetings"

    def ready(self) -> None:
        from thongsuot.audit.labels import register_acts  # noqa: PLC0415
        from thongsuot.oversight.enums import Acts  # noqa: PLC0415
        from thongsuot.oversight.found import show as show_to_search  # noqa: PLC0415
        from thongsuot.oversight.showing import show  # noqa: PLC0415

        register_acts(Acts)
        show()
        show_to_search()
