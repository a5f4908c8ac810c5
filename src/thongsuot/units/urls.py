from django.urls import path

from thongsuot.units import views

# Mounted by the site under an address of their own.
DEPUTIES = [
    path("", views.deputies, name="home"),
    path("<int:pk>/ket-thuc/", views.end_deputy, name="end"),
]
app_name = "units"
urlpatterns = [
    path("", views.unit_list, name="list"),
    path("ban-do/", views.unit_map, name="map"),
    path("goi-y/", views.hint, name="hint"),
    path("vai-tro/", views.switch_mandate, name="switch-mandate"),
    path("<int:pk>/", views.page, name="page"),
    path("<int:pk>/doi-ten/", views.rename, name="rename"),
    path("<int:pk>/nhap/", views.merge, name="merge"),
    path("<int:pk>/chia/", views.split, name="split"),
]
