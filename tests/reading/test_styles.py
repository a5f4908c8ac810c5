"""Whole invented texts in styles the labelled corpus does not have; what each must give."""

from thongsuot.reading import Reading, read_text

COUNCIL_VISIT = """\
Hưng Yên: Thường trực HĐND tỉnh giám sát việc sử dụng trụ sở dôi dư

Ngày 04.12.2025, Đoàn giám sát của HĐND tỉnh do Phó Chủ tịch Thường trực HĐND tỉnh Trần Quốc Văn làm Trưởng đoàn giám sát tình hình quản lý, sử dụng trụ sở công dôi dư sau sắp xếp tại phường Phố Hiến và xã Tiên Lữ.

Qua giám sát cho thấy, phường Phố Hiến có 17 cơ sở nhà, đất dôi dư, mới bố trí sử dụng 9 cơ sở; xã Tiên Lữ còn 6 trụ sở để trống, trong đó 2 trụ sở xuống cấp nghiêm trọng. Kinh phí bảo vệ, duy tu hằng năm khoảng 450 triệu đồng.

Lãnh đạo phường Phố Hiến đề nghị tỉnh cho phép cho thuê ngắn hạn các cơ sở chưa có nhu cầu sử dụng; phân cấp cho phường quyết định thanh lý tài sản dưới 500 triệu đồng. Xã Tiên Lữ kiến nghị Sở Tài chính hướng dẫn trình tự bán đấu giá.

Đại diện Sở Tài chính, Phó Giám đốc Phạm Thúy Hồng cho biết: Sở đã có hướng dẫn số 1820/STC-QLCS ngày 10/11/2025; trong tuần tới sẽ cử tổ công tác xuống từng đơn vị.

Kết luận buổi giám sát, Phó Chủ tịch Thường trực HĐND tỉnh Trần Quốc Văn nhấn mạnh trách nhiệm của người đứng đầu trong quản lý tài sản công. Đồng chí yêu cầu:
(1) UBND phường Phố Hiến hoàn thành phương án sử dụng 8 cơ sở còn lại trước ngày 31.12.2025.
(2) UBND xã Tiên Lữ bố trí người trông coi, không để thất thoát tài sản.
(3) Sở Tài chính tổng hợp, tham mưu UBND tỉnh ban hành quy định phân cấp.
Đoàn giám sát sẽ báo cáo HĐND tỉnh tại kỳ họp cuối năm.
"""

WARD_MEETING = """\
PHƯỜNG ĐỒNG THUẬN SƠ KẾT CÔNG TÁC QUÝ III
Quảng Trị, 06/10/2025 14:20

Sáng 6/10, Ban Thường vụ Đảng ủy phường Đồng Thuận, tỉnh Quảng Trị họp phiên thường kỳ dưới sự điều hành của ông Hoàng Vĩnh An, Bí thư Đảng ủy phường.

9 tháng đầu năm 2025, kinh tế của phường tiếp tục tăng trưởng khá. Tổng mức bán lẻ hàng hóa ước đạt 1.245 tỷ đồng, tăng 11,2%; tạo việc làm mới cho 620 lao động. Lũy kế 9 tháng, toàn phường có 37/40 chỉ tiêu đạt và vượt kế hoạch. Trên địa bàn xảy ra 3 vụ tai nạn giao thông, làm 2 người bị thương.

Theo bà Trương Thị Lệ Hằng - Phó Chủ tịch UBND phường, vướng mắc lớn nhất hiện nay là việc xác định nguồn gốc đất của các hộ khai hoang trước năm 1993; cán bộ địa chính chỉ có 2 người trong khi mỗi tháng phát sinh hơn 200 hồ sơ. "Chúng tôi kiến nghị tỉnh cho phép thuê đơn vị tư vấn đo đạc", bà Hằng đề xuất.

Tham gia ý kiến, Trưởng Công an phường, Trung tá Lê Đức Minh cho hay tình trạng thanh thiếu niên tụ tập đua xe trên đường tránh diễn biến phức tạp; lực lượng mỏng, phương tiện thiếu. Công an phường đề nghị UBND phường lắp thêm 15 camera tại các ngã tư.

Kết luận phiên họp, ông Hoàng Vĩnh An yêu cầu các chi bộ, cơ quan, đơn vị tập trung thực hiện tốt 4 nhiệm vụ: khẩn trương giải ngân vốn đầu tư công; quyết liệt thu hồi nợ thuế; chuẩn bị tốt công tác bầu cử; và chăm lo gia đình chính sách dịp cuối năm. Ông Hoàng Vĩnh An lưu ý, UBND phường cần sớm bố trí kinh phí lắp camera như đề xuất của Công an phường. Đối với các hộ khai hoang, giao Phòng Kinh tế, Hạ tầng và Đô thị phối hợp Văn phòng Đăng ký đất đai rà soát, hoàn thành trước 30/11.
"""

COMMUNE_MINUTES = """\
ĐẢNG ỦY XÃ ĐAK ĐOA
TỔ GIÚP VIỆC

BIÊN BẢN HỌP
Về việc kiểm điểm tiến độ thực hiện nhiệm vụ tháng 11

Thời gian: 14 giờ 00, ngày 28/11/2025
Địa điểm: Phòng họp Đảng ủy xã Đak Đoa, tỉnh Gia Lai

Thành phần tham dự:
- Ông Siu Hùng, Bí thư Đảng ủy, Chủ tịch HĐND xã - Chủ trì;
- Bà Nguyễn Thị Kim Liên, Phó Bí thư Đảng ủy, Chủ tịch UBND xã;
- Ông Trần Đại Nghĩa, Trưởng phòng Kinh tế xã;
- Bà Rah Lan H'Ni, Giám đốc Trung tâm Phục vụ hành chính công xã - Thư ký.

Nội dung:
1. Ông Trần Đại Nghĩa báo cáo: đến ngày 25/11, xã giải ngân 21,7/35 tỷ đồng (62%); có 3 dự án chậm do thiếu vật liệu san lấp. Đề nghị UBND xã kiến nghị tỉnh cho phép khai thác mỏ đất tại làng Bông.
2. Bà Rah Lan H'Ni báo cáo: Trung tâm tiếp nhận 1.120 hồ sơ, quá hạn 14 hồ sơ; máy scan bị hỏng, đường truyền không ổn định. Kiến nghị trang bị 2 máy scan.
3. Bà Nguyễn Thị Kim Liên: nhất trí với các ý kiến; UBND xã sẽ làm việc với Sở Công Thương trong tuần tới.
4. Kết luận của chủ trì:
- Phòng Kinh tế lập báo cáo chi tiết từng dự án, trình UBND xã trước 02/12.
- Trung tâm Phục vụ hành chính công rà soát 14 hồ sơ quá hạn, xin lỗi người dân bằng văn bản.
- Mỗi đảng viên phụ trách 5 hộ, vận động đăng ký định danh điện tử.

Cuộc họp kết thúc lúc 16 giờ 30 cùng ngày./.

THƯ KÝ                                 CHỦ TRÌ
Rah Lan H'Ni                           Siu Hùng
"""

VOTERS = """\
THANH HÓA: CỬ TRI ĐỀ NGHỊ LÀM RÕ TRÁCH NHIỆM CHẬM DỰ ÁN
Cập nhật lúc: 15:02 27/11/2025

Sáng 27/11, Đoàn ĐBQH tỉnh Thanh Hóa tổ chức hội nghị tiếp xúc cử tri xã Hoằng Hóa. Dự hội nghị có các đồng chí: Mai Xuân Liêm, Phó Bí thư Tỉnh ủy, Trưởng Đoàn ĐBQH tỉnh; Cầm Thị Mẫn, Phó Trưởng đoàn chuyên trách.

Tại hội nghị, cử tri Lê Đình Sơn, thôn 5 cho rằng tuyến đường nối quốc lộ 1A với khu công nghiệp thi công 3 năm chưa xong, bụi bẩn ảnh hưởng 215 hộ dân. Cử tri Sơn kiến nghị các cấp chính quyền làm rõ trách nhiệm chủ đầu tư. Cử tri Nguyễn Thị Tám đề xuất Nhà nước nâng mức hỗ trợ bảo hiểm y tế cho nông dân. Ngoài ra, cử tri còn đề nghị quan tâm đầu tư nước sạch, xử lý rác thải.

Thay mặt UBND xã, Chủ tịch UBND xã Hoằng Hóa Lương Văn Bích giải trình, làm rõ một số vấn đề thuộc thẩm quyền. Ông Bích hứa trong quý I/2026 xã sẽ hoàn thành đấu nối nước sạch cho thôn 5.

Phát biểu tại hội nghị, đồng chí Mai Xuân Liêm trân trọng cảm ơn ý kiến cử tri; đề nghị lãnh đạo xã giải quyết dứt điểm những kiến nghị chính đáng, không để kéo dài. Đối với kiến nghị thuộc thẩm quyền của trung ương, Đoàn ĐBQH tỉnh tiếp thu, tổng hợp báo cáo Quốc hội.
"""


def told(reading: Reading) -> list[tuple[str | None, str]]:
    return [(item.addressee, item.text) for item in reading.directions]


def test_a_council_visits_two_communes() -> None:
    reading = read_text(COUNCIL_VISIT)
    meeting = reading.meeting
    assert (meeting.kind, meeting.date, meeting.chair) == ("supervision", "2025-12-04", "Trần Quốc Văn")
    assert meeting.organisation == "HĐND tỉnh Hưng Yên"
    assert meeting.units == ("phường Phố Hiến", "xã Tiên Lữ")
    assert [addressee for addressee, _ in told(reading)] == [
        "UBND phường Phố Hiến",
        "UBND xã Tiên Lữ",
        "Sở Tài chính",
    ]
    assert [p.speaker for p in reading.proposals] == ["Lãnh đạo phường Phố Hiến"] * 2 + ["Xã Tiên Lữ"]
    assert {c.speaker for c in reading.commitments} == {"Phạm Thúy Hồng", "Trần Quốc Văn"}


def test_a_standing_committee_meets() -> None:
    reading = read_text(WARD_MEETING)
    assert reading.meeting.kind == "conference"
    assert reading.meeting.chair == "Hoàng Vĩnh An"
    assert (
        "UBND phường Đồng Thuận",
        "sớm bố trí kinh phí lắp camera như đề xuất của Công an phường",
    ) in told(reading)
    assert len(told(reading)) == 6
    asked = {p.text: p.speaker for p in reading.proposals if p.kind == "request"}
    assert asked["cho phép thuê đơn vị tư vấn đo đạc"] == "Trương Thị Lệ Hằng"
    assert asked["lắp thêm 15 camera tại các ngã tư"] == "Công an phường Đồng Thuận"


def test_minutes_without_a_letterhead() -> None:
    reading = read_text(COMMUNE_MINUTES)
    roles = {(role.role, role.person) for role in reading.roles}
    assert ("chairs", "Siu Hùng") in roles
    assert ("attends", "Rah Lan H'Ni") in roles
    assert [addressee for addressee, _ in told(reading)] == [
        "Phòng Kinh tế",
        "Trung tâm Phục vụ hành chính công",
        "Mỗi đảng viên",
    ]
    assert [c.speaker for c in reading.commitments] == ["Nguyễn Thị Kim Liên"]


def test_voters_meet_their_deputies() -> None:
    reading = read_text(VOTERS)
    assert reading.meeting.kind == "voter-meeting"
    assert reading.meeting.organisation == "Đoàn ĐBQH tỉnh Thanh Hóa"
    assert {p.speaker for p in reading.proposals} == {"Lê Đình Sơn", "Nguyễn Thị Tám", "cử tri"}
    assert [c.speaker for c in reading.commitments] == ["Lương Văn Bích", "Mai Xuân Liêm"]
    assert [addressee for addressee, _ in told(reading)] == ["lãnh đạo xã Hoằng Hóa"]
