from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "thongsuot.returns"
    verbose_name = "Periodic returns"

    def ready(self) -> None:
        from thongsuot.audit.labels import register_acts  # noqa: PLC0415
        from thongsuot.indicators.correcting import register_corrector  # noqa: PLC0415
        from thongsuot.returns import jobs  # noqa: F401, PLC0415  registers what happens by the clock
        from thongsuot.returns.actions.correcting import correct_return  # noqa: PLC0415
        from thongsuot.returns.enums import Acts  # noqa: PLC0415
        from thongsuot.returns.found import show as show_to_search  # noqa: PLC0415
        from thongsuot.returns.prefilling import count_the_loop  # noqa: PLC0415
        from thongsuot.returns.reminders import remind  # noqa: PLC0415
        from thongsuot.returns.showing import show  # noqa: PLC0415

        register_acts(Acts)
        register_corrector("returns", correct_return)
        count_the_loop()
        remind()
        show()
        show_to_search()
