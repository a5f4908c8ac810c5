from django.urls import path

from thongsuot.sources import views

app_name = "sources"
urlpatterns = [
    path("<int:pk>/", views.page, name="page"),
    path("<int:pk>/tep/", views.file, name="file"),
    path("cau/<int:pk>/", views.sentence, name="sentence"),
]
