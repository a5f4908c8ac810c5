from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "thongsuot.accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        from thongsuot.accounts.enums import Acts  # noqa: PLC0415
        from thongsuot.audit.labels import register_acts  # noqa: PLC0415

        register_acts(Acts)
