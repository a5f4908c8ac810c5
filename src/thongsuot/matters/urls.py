from django.urls import path

from thongsuot.matters import views

app_name = "matters"
urlpatterns = [
    path("kien-nghi/", views.proposals, name="proposals"),
    path("nhiem-vu/", views.tasks, name="tasks"),
    path("lenh-giao/<int:pk>/", views.order_page, name="order"),
    path("viec/<str:number>/", views.page, name="page"),
    path("tra-loi/<str:number>/", views.answer, name="answer"),
    path("nhom-kien-nghi/<str:number>/", views.group, name="group"),
]
