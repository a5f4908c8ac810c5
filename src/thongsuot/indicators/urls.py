from django.urls import path

from thongsuot.indicators import views

app_name = "indicators"
urlpatterns = [
    path("", views.figures, name="figures"),
    path("tong-hop/", views.totals, name="totals"),
    path("ca-nuoc/", views.country, name="country"),
    path("tong-hop/<str:code>/", views.through, name="through"),
    path("tong-hop/<str:code>/dia-gioi/", views.restated, name="restated"),
    path("o/<str:code>/<int:unit>/<int:period>/", views.cell, name="cell"),
    path("don-vi/<int:unit>/", views.scores, name="scores"),
    path("o/<str:code>/<int:unit>/<int:period>/y-kien/", views.dispute, name="dispute"),
    path("y-kien/", views.disputes, name="disputes"),
    path("y-kien/<int:pk>/", views.answer, name="answer-dispute"),
    path("hoi-mot-lan/", views.asked, name="asked"),
    path("chi-tieu/", views.catalogue_page, name="catalogue"),
    path("chi-tieu/de-xuat/", views.propose, name="propose"),
    path("chi-tieu/<str:code>/", views.indicator_page, name="indicator"),
    path("chi-tieu/<str:code>/sua/", views.edit_indicator, name="edit"),
    path("chi-tieu/<str:code>/muc-tieu/", views.targets, name="targets"),
]
