from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "thongsuot.audit"
    verbose_name = "Audit trail"

    def ready(self) -> None:
        from thongsuot.audit import checks  # noqa: F401, PLC0415  registers the system checks
