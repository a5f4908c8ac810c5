from django.urls import path

from thongsuot.documents import views

app_name = "documents"
urlpatterns = [
    path("van-ban/", views.documents, name="list"),
    path("van-ban/<int:pk>/", views.page, name="page"),
]
