from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "thongsuot.sources"
    verbose_name = "Sources"

    def ready(self) -> None:
        from thongsuot.audit.labels import register_acts  # noqa: PLC0415
        from thongsuot.sources.enums import Acts  # noqa: PLC0415
        from thongsuot.sources.found import show as show_to_search  # noqa: PLC0415

        register_acts(Acts)
        show_to_search()
