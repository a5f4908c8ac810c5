from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "thongsuot.units"
    verbose_name = "Administrative units"

    def ready(self) -> None:
        from thongsuot.audit.labels import register_acts  # noqa: PLC0415
        from thongsuot.units import checks  # noqa: F401, PLC0415  registers the system checks
        from thongsuot.units.enums import Acts  # noqa: PLC0415
        from thongsuot.units.found import show as show_to_search  # noqa: PLC0415

        register_acts(Acts)
        show_to_search()
