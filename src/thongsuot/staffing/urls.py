from django.urls import URLPattern, URLResolver, include, path

from thongsuot.staffing.views import board, load, plans, reviews, transfers

BOARD = [
    path("", board.board, name="board"),
    path("ban-do/", board.board_map, name="map"),
    path("so-hai-ngay/", board.compare, name="compare"),
    path("don-vi/<int:pk>/", board.unit, name="unit"),
    path("khoi-luong/", load.workload, name="workload"),
    path("chuan-hoa/", load.standards, name="standards"),
    path("chuan-hoa/boi-duong/", load.training, name="training"),
    path("chuan-hoa/boi-duong/ghi/", load.keep_training, name="keep-training"),
]
REVIEWS = [
    path("", reviews.review_rounds, name="rounds"),
    path("mo/", reviews.open_new_round, name="open-round"),
    path("<int:pk>/", reviews.review_round, name="review_round"),
    path("<int:pk>/don-doc/", reviews.chase, name="chase"),
    path("don-vi/<int:pk>/", reviews.review, name="review"),
    path("don-vi/<int:pk>/tra-lai/", reviews.give_back, name="give-back"),
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
    path("<int:pk>/lap-ho-so/", plans.accept, name="plan-accept"),
    path("<int:pk>/tep/phuong-an.xlsx", plans.workbook, name="plan-workbook"),
    path("<int:pk>/tep/<slug:which>.docx", plans.paper, name="plan-paper"),
    path("<int:pk>/chuoi/", plans.chains, name="plan-chains"),
    path("<int:pk>/chuoi/<int:number>/", plans.chain, name="plan-chain"),
    path("<int:pk>/truoc-sau/", plans.board, name="plan-board"),
    path("<int:pk>/truoc-sau/<str:code>/", plans.unit, name="plan-unit"),
    path("<int:pk>/ban-do/", plans.transfers_map, name="plan-map"),
    path("<int:pk>/giai-phap/", plans.stages, name="plan-stages"),
    path("<int:pk>/doi-xu/", plans.treatment, name="plan-treatment"),
    path("<int:pk>/ai-doi-gi/", plans.overrides, name="plan-overrides"),
    path("<int:pk>/so-voi/<int:other>/", plans.comparison, name="plan-compare"),
    path("<int:pk>/chua-co-cho/", plans.surplus, name="plan-surplus"),
    path("<int:pk>/cho-trong/", plans.openings, name="plan-openings"),
]
TRANSFERS = [
    path("", transfers.transfers, name="transfers"),
    path("lap/", transfers.open_transfer, name="open-transfer"),
    path("don-vi/<int:pk>/", transfers.unit_transfers, name="unit-transfers"),
    path("chuoi/<int:plan>/<int:number>/", transfers.transfer_chain, name="transfer-chain"),
    path("chuoi/<int:plan>/<int:number>/quyet-dinh.docx", transfers.chain_word, name="chain-word"),
    path("<int:pk>/", transfers.transfer, name="transfer"),
    path("<int:pk>/nghe-y-kien/", transfers.hear, name="hear-transfer"),
    path("<int:pk>/bien-ban.docx", transfers.hearing_word, name="hearing-word"),
    path("<int:pk>/hoi-y-kien/", transfers.ask, name="ask-transfer"),
    path("<int:pk>/y-kien/<int:consent>/", transfers.answer, name="answer-transfer"),
    path("<int:pk>/chuyen-len/", transfers.escalate, name="escalate-transfer"),
    path("<int:pk>/quyet-dinh/", transfers.decide, name="decide-transfer"),
    path("<int:pk>/quyet-dinh.docx", transfers.decision_word, name="decision-word"),
    path("<int:pk>/co-hieu-luc/", transfers.take_effect, name="take-effect"),
    path("<int:pk>/ban-giao/<int:item>/", transfers.tick, name="tick-handover"),
    path("<int:pk>/hoan-tat/", transfers.close, name="close-transfer"),
    path("<int:pk>/ket-thuc/", transfers.end, name="end-secondment"),
    path("<int:pk>/huy/", transfers.cancel, name="cancel-transfer"),
]
app_name = "staffing"
urlpatterns: list[URLPattern | URLResolver] = [
    path("phuong-an/", include(PLANS)),
    *BOARD,
    path("ra-soat/", include(REVIEWS)),
    path("dieu-dong/", include(TRANSFERS)),
]
