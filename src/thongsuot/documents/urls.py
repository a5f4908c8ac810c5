from django.urls import path

from thongsuot.documents.views import register as views

app_name = "documents"
urlpatterns = [
    path("", views.documents, name="list"),
    path("<int:pk>/", views.page, name="page"),
]
