from django.urls import path

from thongsuot.matters import views

app_name = "matters"
urlpatterns = [
    path("kien-nghi/", views.proposals, name="proposals"),
    path("kien-nghi/da-chon/", views.proposals_chosen, name="proposals-chosen"),
    path("kien-nghi/moi/", views.raise_new, name="raise"),
    path("kien-nghi/chuyen/", views.route, name="route"),
    path("kien-nghi/<str:number>/sua/", views.edit, name="edit-proposal"),
    path("kien-nghi/<str:number>/dong-y/", views.agree, name="agree"),
    path("kien-nghi/<str:number>/chua-dong-y/", views.contest, name="contest"),
    path("kien-nghi/<str:number>/rut/", views.withdraw, name="withdraw-proposal"),
    path("nhiem-vu/", views.tasks, name="tasks"),
    path("lenh-giao/<int:pk>/", views.order_page, name="order"),
    path("viec/<str:number>/", views.page, name="page"),
    path("tra-loi/moi/", views.answer_new, name="answer-new"),
    path("tra-loi/van-ban/", views.papers, name="papers"),
    path("tra-loi/<str:number>/", views.answer, name="answer"),
    path("tra-loi/<str:number>/gan/", views.link, name="link"),
    path("nhom-kien-nghi/", views.groups, name="groups"),
    path("nhom-kien-nghi/moi/", views.group_new, name="group-new"),
    path("nhom-kien-nghi/<str:number>/", views.group, name="group"),
    path("viec/<str:number>/dong-viec/", views.matter_story, name="story"),
    path("tra-loi/<str:number>/dong-viec/", views.answer_story, name="answer-story"),
    path("dong-viec/<int:pk>/", views.origin_story, name="origin-story"),
    path("nhom-kien-nghi/<str:number>/tach/", views.leave, name="group-leave"),
    path("nhom-kien-nghi/<str:number>/bo/", views.dissolve, name="group-dissolve"),
    path("nhom-kien-nghi/<str:number>/lap-lai/", views.restore, name="group-restore"),
]
