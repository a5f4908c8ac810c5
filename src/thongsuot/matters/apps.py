from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "thongsuot.matters"
    verbose_name = "Proposals and tasks"

    def ready(self) -> None:
        from thongsuot.audit.labels import register_acts  # noqa: PLC0415
        from thongsuot.matters.enums import Acts  # noqa: PLC0415
        from thongsuot.matters.found import show as show_to_search  # noqa: PLC0415
        from thongsuot.matters.showing import show  # noqa: PLC0415

        register_acts(Acts)
        show()
        show_to_search()
