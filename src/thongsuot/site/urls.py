from importlib.util import find_spec

from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from thongsuot.site.views.health import healthz, readyz, robots
from thongsuot.site.views.home import home

# Where each register stands; a register that is not installed has no address.
REGISTERS = {
    "units": "don-vi/",
    "sources": "nguon/",
    "matters": "",
    "documents": "van-ban/",
    "indicators": "so-lieu/",
    "oversight": "",
    "intake": "tiep-nhan/",
}

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("tai-khoan/", include("allauth.urls")),
    path("ngon-ngu/", set_language, name="set_language"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("robots.txt", robots, name="robots"),
    *(
        path(address, include(f"thongsuot.{register}.urls"))
        for register, address in REGISTERS.items()
        if apps.is_installed(f"thongsuot.{register}") and find_spec(f"thongsuot.{register}.urls")
    ),
]
if settings.DEVELOPMENT:
    urlpatterns.append(path("ui/", include("thongsuot.web.urls")))
