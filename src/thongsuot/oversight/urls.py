from django.urls import path

from thongsuot.oversight import views

app_name = "oversight"
urlpatterns = [
    path("buoi-lam-viec/", views.meetings, name="meetings"),
    path("buoi-lam-viec/<int:pk>/", views.meeting, name="meeting"),
    path("dot-giam-sat/", views.campaigns, name="campaigns"),
    path("dot-giam-sat/lap/", views.open_new_campaign, name="open-campaign"),
    path("dot-giam-sat/<int:pk>/", views.campaign, name="campaign"),
    path("dot-giam-sat/<int:pk>/lap-to/", views.form_new_group, name="form-group"),
    path("dot-giam-sat/to/<int:pk>/", views.group, name="group"),
    path("dot-giam-sat/to/<int:pk>/don-vi/", views.assign_units, name="assign-units"),
    path("dot-giam-sat/to/<int:pk>/thanh-vien/", views.seat, name="seat"),
    path("dot-giam-sat/to/<int:pk>/thanh-vien/<int:mandate>/dua-ra/", views.unseat, name="unseat"),
]
