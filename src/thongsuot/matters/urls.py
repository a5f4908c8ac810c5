from django.urls import path

from thongsuot.matters import views

app_name = "matters"
urlpatterns = [
    path("kien-nghi/", views.proposals, name="proposals"),
    path("nhiem-vu/", views.tasks, name="tasks"),
    path("viec/<str:number>/", views.page, name="page"),
]
