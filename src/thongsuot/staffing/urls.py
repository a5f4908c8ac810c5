from django.urls import URLPattern, URLResolver, include, path

from thongsuot.staffing.views import board, plans

BOARD = [
    path("", board.board, name="board"),
    path("ban-do/", board.board_map, name="map"),
    path("so-hai-ngay/", board.compare, name="compare"),
    path("don-vi/<int:pk>/", board.unit, name="unit"),
]
PLANS = [
    path("", plans.plans, name="plans"),
    path("lap/", plans.start, name="plan-start"),
    path("<int:pk>/", plans.plan, name="plan"),
    path("<int:pk>/tien-do/", plans.progress, name="plan-progress"),
    path("<int:pk>/dung/", plans.cancel, name="plan-cancel"),
    path("<int:pk>/tinh-lai/", plans.retry, name="plan-retry"),
    path("<int:pk>/doi-dieu-kien/", plans.change, name="plan-change"),
    path("<int:pk>/xep-khac/", plans.wish, name="plan-wish"),
    path("<int:pk>/bo-dieu-kien/", plans.withdraw, name="plan-withdraw"),
    path("<int:pk>/de-xuat/", plans.moves, name="plan-moves"),
    path("<int:pk>/de-xuat/<int:move>/", plans.move, name="plan-move"),
    path("<int:pk>/de-xuat/<int:move>/khong-theo/", plans.decline, name="plan-decline"),
    path("<int:pk>/chuoi/<int:number>/", plans.chain, name="plan-chain"),
    path("<int:pk>/chua-co-cho/", plans.surplus, name="plan-surplus"),
    path("<int:pk>/cho-trong/", plans.openings, name="plan-openings"),
]
app_name = "staffing"
urlpatterns: list[URLPattern | URLResolver] = [
    path("phuong-an/", include(PLANS)),
    *BOARD,
]
