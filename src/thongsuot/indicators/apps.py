from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "thongsuot.indicators"
    verbose_name = "Indicators and figures"

    def ready(self) -> None:
        from thongsuot.audit.labels import register_acts  # noqa: PLC0415
        from thongsuot.indicators.enums import Acts  # noqa: PLC0415
        from thongsuot.indicators.found import show as show_to_search  # noqa: PLC0415
        from thongsuot.indicators.showing import show  # noqa: PLC0415

        register_acts(Acts)
        show()
        show_to_search()
