from django.urls import path

from thongsuot.notices import views

app_name = "notices"
urlpatterns = [
    path("nhac-viec/", views.notices, name="list"),
    path("nhac-viec/<int:pk>/", views.open_notice, name="open"),
    path("nhac-viec/da-doc/", views.read, name="read"),
    path("nhac-viec/chua-doc/<int:moment>/", views.take_back, name="unread"),
    path("nhac-viec/cach-nhac/", views.wishes, name="wishes"),
    path("nhac-viec/lich/", views.make_link, name="make-link"),
    path("nhac-viec/lich/thu-hoi/", views.revoke_link, name="revoke-link"),
    path("lich/<str:secret>.ics", views.calendar_feed, name="feed"),
]
