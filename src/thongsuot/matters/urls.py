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
    path("viec/<str:number>/dong-viec/", views.matter_story, name="story"),
    path("tra-loi/<str:number>/dong-viec/", views.answer_story, name="answer-story"),
    path("dong-viec/<int:pk>/", views.origin_story, name="origin-story"),
]
