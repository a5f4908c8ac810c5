from django.urls import path

from thongsuot.indicators import views

app_name = "indicators"
urlpatterns = [path("so-lieu/", views.figures, name="figures")]
