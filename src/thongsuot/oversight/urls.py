from django.urls import path

from thongsuot.oversight import views

app_name = "oversight"
urlpatterns = [
    path("buoi-lam-viec/", views.meetings, name="meetings"),
    path("buoi-lam-viec/<int:pk>/", views.meeting, name="meeting"),
    path("dot-giam-sat/", views.campaigns, name="campaigns"),
    path("dot-giam-sat/lap/", views.open_new_campaign, name="open-campaign"),
    path("dot-giam-sat/<int:pk>/", views.campaign, name="campaign"),
    path("dot-giam-sat/<int:pk>/lich/", views.timetable, name="timetable"),
    path("dot-giam-sat/<int:pk>/don-vi/", views.campaign_units, name="campaign-units"),
    path("dot-giam-sat/mau-nap/", views.sample, name="import-sample"),
    path("dot-giam-sat/<int:pk>/nap/", views.import_set, name="import"),
    path("dot-giam-sat/<int:pk>/nap/ap-dung/", views.apply_import, name="apply-import"),
    path("dot-giam-sat/<int:pk>/lap-to/", views.form_new_group, name="form-group"),
    path("dot-giam-sat/to/<int:pk>/", views.group, name="group"),
    path("dot-giam-sat/to/<int:pk>/don-vi/", views.assign_units, name="assign-units"),
    path("dot-giam-sat/to/<int:pk>/thanh-vien/", views.seat, name="seat"),
    path("dot-giam-sat/to/<int:pk>/thanh-vien/<int:mandate>/dua-ra/", views.unseat, name="unseat"),
    path("dot-giam-sat/to/<int:pk>/nguoi/", views.seat_on_paper, name="seat-on-paper"),
    path("dot-giam-sat/to/<int:pk>/nguoi/<int:seat>/thoi/", views.end_paper_seat, name="end-seat"),
    path("dot-giam-sat/to/<int:pk>/nguoi/<int:seat>/doi-chuc-vu/", views.retitle, name="retitle"),
    path("dot-giam-sat/to/<int:pk>/nguoi/<int:seat>/xoa/", views.remove_paper_seat, name="remove-seat"),
    path("dot-giam-sat/to/<int:pk>/len-lich/", views.plan, name="plan"),
    path("dot-giam-sat/lich/<int:pk>/", views.visit, name="visit"),
    path("dot-giam-sat/lich/<int:pk>/sua/", views.amend, name="amend-visit"),
    path("dot-giam-sat/lich/<int:pk>/thong-bao/", views.send_notice, name="send-notice"),
    path("dot-giam-sat/lich/<int:pk>/da-dien-ra/", views.hold, name="hold-visit"),
    path("dot-giam-sat/lich/<int:pk>/bien-ban/", views.minutes, name="minutes"),
    path("dot-giam-sat/lich/<int:pk>/gan-bien-ban/", views.link_minutes, name="link-minutes"),
    path("dot-giam-sat/lich/<int:pk>/bao-cao/", views.report, name="report-visit"),
    path("dot-giam-sat/lich/<int:pk>/doi-ngay/", views.postpone, name="postpone-visit"),
    path("dot-giam-sat/lich/<int:pk>/xep-lai/", views.replan, name="replan-visit"),
    path("dot-giam-sat/lich/<int:pk>/huy/", views.cancel, name="cancel-visit"),
    path("dot-giam-sat/lich/<int:pk>/lui-buoc/", views.step_back, name="step-back"),
]
