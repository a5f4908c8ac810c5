from django.apps import AppConfig


class StaffingConfig(AppConfig):
    name = "thongsuot.staffing"
    verbose_name = "Positions, people, placement"

    def ready(self) -> None:
        from thongsuot.audit.labels import register_acts  # noqa: PLC0415
        from thongsuot.staffing import jobs  # noqa: F401, PLC0415  registers what happens by the clock
        from thongsuot.staffing.deadlines import remind_of_transfers  # noqa: PLC0415
        from thongsuot.staffing.enums import Acts  # noqa: PLC0415
        from thongsuot.staffing.found import show as show_to_search  # noqa: PLC0415
        from thongsuot.staffing.reminders import remind  # noqa: PLC0415
        from thongsuot.staffing.showing import show  # noqa: PLC0415

        register_acts(Acts)
        show()
        show_to_search()
        remind()
        remind_of_transfers()
