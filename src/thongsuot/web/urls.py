from django.urls import path

from thongsuot.web.views import gallery

urlpatterns = [path("", gallery, name="gallery")]
