from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "thongsuot.intake"
    verbose_name = "Intake"

    def ready(self) -> None:
        from thongsuot.audit.labels import register_acts  # noqa: PLC0415
        from thongsuot.intake.enums import Acts  # noqa: PLC0415
        from thongsuot.intake.evidence import read_evidence  # noqa: PLC0415
        from thongsuot.sources.evidence import register_reader  # noqa: PLC0415

        register_acts(Acts)
        register_reader(read_evidence)
