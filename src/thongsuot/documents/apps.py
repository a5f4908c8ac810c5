from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "thongsuot.documents"
    verbose_name = "Documents"

    def ready(self) -> None:
        from thongsuot.audit.labels import register_acts  # noqa: PLC0415
        from thongsuot.documents.enums import Acts  # noqa: PLC0415
        from thongsuot.documents.found import show as show_to_search  # noqa: PLC0415
        from thongsuot.documents.showing import show  # noqa: PLC0415

        register_acts(Acts)
        show()
        show_to_search()
