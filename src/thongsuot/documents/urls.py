from django.urls import path

from thongsuot.documents.views import cascade, on_paper, register, study, texts

app_name = "documents"
urlpatterns = [
    path("", register.documents, name="list"),
    path("moi/", register.new, name="new"),
    path("<int:pk>/", register.page, name="page"),
    path("<int:pk>/sua/", register.edit, name="edit"),
    path("<int:pk>/xoa/", register.remove, name="remove"),
    path("<int:pk>/ban-moi/", texts.version_new, name="version-new"),
    path("<int:pk>/ban/<int:number>/", texts.version, name="version"),
    path("<int:pk>/ban/<int:number>/diem/", texts.points, name="points"),
    path("diem/<int:pk>/", texts.point, name="point"),
    path("diem/<int:pk>/dua-tren/", texts.rest_on, name="rest-on"),
    path("diem/<int:pk>/doi-tuong/", texts.studied_by, name="studied-by"),
    path("thuc-hien/", cascade.directives, name="directives"),
    path("<int:pk>/giao-thuc-hien/", cascade.order, name="order"),
    path("thuc-hien/<int:pk>/", cascade.directive, name="directive"),
    path("thuc-hien/<int:pk>/diem/", cascade.directive_points, name="directive-points"),
    path("thuc-hien/<int:pk>/ban-do/", cascade.directive_map, name="directive-map"),
    path("thuc-hien/<int:pk>/tra-loi/", cascade.answer, name="answer"),
    path("thuc-hien/<int:pk>/tren-giay/", on_paper.record, name="on-paper"),
    path("cu-the-hoa/<int:pk>/", cascade.uptake, name="uptake"),
    path("cu-the-hoa/<int:pk>/xem-lai/", cascade.look_again, name="look-again"),
    path("cu-the-hoa/<int:pk>/rut/", cascade.take_back, name="take-back"),
    path("<int:pk>/quan-triet/", study.study, name="study"),
    path("<int:pk>/quan-triet/moi/", study.study_new, name="study-new"),
    path("<int:pk>/quan-triet/doi-tuong/", study.circle, name="circle"),
    path("<int:pk>/quan-triet/xoa-ma/", study.erase, name="erase"),
    path("quan-triet/<int:pk>/xoa/", study.study_remove, name="study-remove"),
]
