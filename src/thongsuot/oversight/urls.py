from django.urls import path

from thongsuot.oversight import views

app_name = "oversight"
urlpatterns = [
    path("buoi-lam-viec/", views.meetings, name="meetings"),
    path("buoi-lam-viec/<int:pk>/", views.meeting, name="meeting"),
    path("dot-giam-sat/", views.campaigns, name="campaigns"),
    path("dot-giam-sat/<int:pk>/", views.campaign, name="campaign"),
]
