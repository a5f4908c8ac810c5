from django.urls import path

from thongsuot.documents import views

app_name = "documents"
urlpatterns = [
    path("", views.documents, name="list"),
    path("<int:pk>/", views.page, name="page"),
]
