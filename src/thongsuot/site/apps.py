from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "thongsuot.site"
    verbose_name = "Site"
