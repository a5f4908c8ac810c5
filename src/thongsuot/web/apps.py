from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "thongsuot.web"
    verbose_name = "Giao diện"
