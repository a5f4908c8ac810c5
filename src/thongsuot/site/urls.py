from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from thongsuot.site.views import accounts, administration, mandates
from thongsuot.site.views.health import healthz, readyz, robots
from thongsuot.site.views.home import home, overview_page, search, suggest
from thongsuot.site.views.rights import rights
from thongsuot.site.views.trail import events
from thongsuot.units.urls import DEPUTIES

ADMINISTRATION = [
    path("", administration.home, name="home"),
    path("quyen/", rights, name="rights"),
    path("mo-tai-khoan/", administration.open_account, name="open-account"),
    path("giao-vai-tro/", administration.grant, name="grant"),
    path("vai-tro/<int:pk>/", mandates.mandate, name="mandate"),
    path("vai-tro/<int:pk>/thu-dien-tu/", mandates.address, name="address"),
    path("vai-tro/<int:pk>/ket-thuc/", mandates.end, name="end"),
    path("vai-tro/<int:pk>/phu-trach/", mandates.cover, name="cover"),
    path("don-vi/<int:pk>/chuyen-vai-tro/", mandates.carry, name="carry-over"),
    path("tai-khoan/<int:pk>/", accounts.account, name="account"),
    path("tai-khoan/<int:pk>/khoa/", accounts.close, name="close-account"),
    path("tai-khoan/<int:pk>/mo-lai/", accounts.reopen, name="reopen-account"),
    path("tai-khoan/<int:pk>/xoa/", accounts.remove, name="remove-account"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("toan-canh/", overview_page, name="overview"),
    path("tra-cuu/", search, name="search"),
    path("tra-cuu/goi-y/", suggest, name="suggest"),
    path("quan-tri/", include((ADMINISTRATION, "administration"))),
    path("nhat-ky/", include(([path("", events, name="events")], "audit"))),
    path("tai-khoan/", include("allauth.urls")),
    path("ngon-ngu/", set_language, name="set_language"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("robots.txt", robots, name="robots"),
    path("", include("thongsuot.matters.urls")),
    path("", include("thongsuot.notices.urls")),
    path("", include("thongsuot.oversight.urls")),
    path("nhan-su/", include("thongsuot.staffing.urls")),
    path("don-vi/", include("thongsuot.units.urls")),
    path("uy-quyen/", include((DEPUTIES, "deputies"))),
    path("nguon/", include("thongsuot.sources.urls")),
    path("van-ban/", include("thongsuot.documents.urls")),
    path("so-lieu/", include("thongsuot.indicators.urls")),
    path("bao-cao/", include("thongsuot.returns.urls")),
    path("tiep-nhan/", include("thongsuot.intake.urls")),
]
if settings.DEVELOPMENT:
    urlpatterns.append(path("ui/", include("thongsuot.web.urls")))
