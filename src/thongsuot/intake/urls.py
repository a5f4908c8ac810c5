from django.urls import path

from thongsuot.intake import views

app_name = "intake"
urlpatterns = [
    path("", views.drafts, name="drafts"),
    path("nhan/", views.receive, name="receive"),
    path("dan/", views.paste, name="paste"),
    path("<int:pk>/", views.draft, name="draft"),
    path("<int:pk>/buoi/<slug:name>/", views.fix_meeting, name="fix-meeting"),
    path("<int:pk>/muc/<slug:key>/<slug:name>/", views.fix_item, name="fix-item"),
    path("<int:pk>/bo/<slug:key>/", views.remove_item, name="remove-item"),
    path("<int:pk>/lay-lai/<slug:key>/", views.restore_item, name="restore-item"),
    path("<int:pk>/them/", views.add_item, name="add-item"),
    path("<int:pk>/doc-lai/", views.read_otherwise, name="read-otherwise"),
    path("<int:pk>/xac-nhan/", views.confirm, name="confirm"),
    path("<int:pk>/hoan-tac/", views.undo, name="undo"),
    path("<int:pk>/bo-ban-nhap/", views.discard, name="discard"),
    path("<int:pk>/mo-lai/", views.reopen, name="reopen"),
]
