from django.apps import AppConfig


class FindingConfig(AppConfig):
    name = "thongsuot.finding"
    verbose_name = "Finding"
