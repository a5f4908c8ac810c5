from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class MattersConfig(AppConfig):
    name = "thongsuot.matters"
    verbose_name = "Proposals and tasks"

    def ready(self) -> None:
        from thongsuot.audit.labels import register_acts  # noqa: PLC0415
        from thongsuot.matters import copies, jobs  # noqa: F401, PLC0415  registers what happens by the clock
        from thongsuot.matters.enums import Acts  # noqa: PLC0415
        from thongsuot.matters.found import show as show_to_search  # noqa: PLC0415
        from thongsuot.matters.reminders import remind  # noqa: PLC0415
        from thongsuot.matters.showing import show  # noqa: PLC0415

        pre_migrate.connect(copies.before_migrations, sender=self)
        post_migrate.connect(copies.after_migrations, sender=self)
        register_acts(Acts)
        show()
        show_to_search()
        remind()
