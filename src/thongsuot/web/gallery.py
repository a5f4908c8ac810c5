"""Made-up values for the gallery of components."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone

from thongsuot.web.components import BUTTON_KINDS, COMPONENTS, TONES
from thongsuot.web.editing import Difference
from thongsuot.web.flow import Node, chain
from thongsuot.web.lists import Chip
from thongsuot.web.multiples import Small
from thongsuot.web.numbers import WholeField

PLACES = (
    ("Bến Mẫu", 106.70, 10.78, 7.4, 64_000),
    ("Cầu Mẫu", 106.66, 10.80, 9.1, 88_500),
    ("Chợ Mẫu", 106.63, 10.75, 5.2, 121_000),
    ("Đồng Mẫu", 106.78, 10.85, 24.0, 98_200),
    ("Gò Mẫu", 106.67, 10.84, 11.3, 152_000),
    ("Rừng Mẫu", 106.86, 10.52, 157.0, 18_900),
    ("Suối Mẫu", 106.55, 10.97, 88.0, 41_300),
    ("Tân Mẫu", 106.60, 10.86, 31.5, 76_400),
    ("Đảo Mẫu", 106.60, 8.69, 75.2, 9_800),
)


class SampleForm(forms.Form):
    name = forms.CharField(label="Tên việc", max_length=200, help_text="Một câu, bắt đầu bằng động từ.")
    kind = forms.ChoiceField(
        label="Loại", choices=[("", "Chọn…"), ("a", "Loại thứ nhất"), ("b", "Loại thứ hai")]
    )
    people = WholeField(label="Số người", help_text="Số nguyên, ví dụ 1553.")
    on = forms.DateField(label="Ngày", required=False)
    note = forms.CharField(label="Ghi chú", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    ways = forms.MultipleChoiceField(
        label="Cách gửi",
        choices=[("1", "Văn bản"), ("2", "Trực tiếp")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    sure = forms.BooleanField(label="Đã đối chiếu với bản gốc", required=False)


@dataclass(frozen=True, slots=True)
class Samples:
    tones: tuple[str, ...] = TONES
    kinds: tuple[str, ...] = BUTTON_KINDS

    @property
    def components(self) -> list[Any]:
        return [COMPONENTS[name] for name in sorted(COMPONENTS)]

    @property
    def today(self) -> date:
        return timezone.localdate()

    @property
    def soon(self) -> date:
        return self.today + timedelta(days=2)

    @property
    def later(self) -> date:
        return self.today + timedelta(days=23)

    @property
    def past(self) -> date:
        return self.today - timedelta(days=5)

    @property
    def tabs(self) -> list[dict[str, Any]]:
        return [
            {"label": "Đang mở", "url": "#", "count": 38, "active": True},
            {"label": "Chờ tôi", "url": "#", "count": 4},
            {"label": "Đã xong", "url": "#", "count": 1204},
        ]

    @property
    def chips(self) -> list[Chip]:
        return [Chip("Đơn vị", "Phường Mẫu", "#"), Chip("Hạn", "từ 01-10-2026 đến 31-10-2026", "#")]

    @property
    def page(self) -> Any:
        return Paginator(range(1680), 25).page(4)

    @property
    def events(self) -> list[dict[str, Any]]:
        now = timezone.now()
        return [
            {
                "at": now,
                "what": "Trả lại vì thiếu minh chứng",
                "who": "Người theo dõi",
                "tone": "late",
                "note": "Bổ sung biên bản.",
            },
            {
                "at": now - timedelta(days=3),
                "what": "Nộp kết quả",
                "who": "Người thực hiện",
                "tone": "calm",
                "quote": "#",
            },
            {"at": now - timedelta(days=12), "what": "Giao nhiệm vụ", "who": "Người giao", "url": "#"},
        ]

    @property
    def form(self) -> SampleForm:
        return SampleForm(prefix="blank")

    @property
    def differences(self) -> list[Difference]:
        return [
            Difference("Tên việc", "Rà soát trang thiết bị", "Rà soát máy tính", taken=False),
            Difference("Ngày", "30-11-2026", "", taken=True),
        ]

    @property
    def wrong_form(self) -> SampleForm:
        return SampleForm({"wrong-name": "", "wrong-kind": "a", "wrong-people": "12,5"}, prefix="wrong")

    @property
    def bars(self) -> dict[str, Any]:
        names = [place[0] for place in PLACES]
        return {
            "kind": "bar",
            "categories": names,
            "series": [{"name": "Số dân", "values": [place[4] for place in PLACES]}],
        }

    @property
    def stack(self) -> dict[str, Any]:
        return {
            "kind": "stack",
            "categories": ["Quý 1", "Quý 2", "Quý 3", "Quý 4"],
            "series": [
                {"name": "Xong đúng hạn", "values": [80, 96, 104, 61], "tone": "calm"},
                {"name": "Đang làm", "values": [12, 20, 18, 50], "tone": "done"},
                {"name": "Quá hạn", "values": [6, 4, 9, 12], "tone": "late"},
            ],
        }

    @property
    def lines(self) -> dict[str, Any]:
        return {
            "kind": "line",
            "categories": ["Th 5", "Th 6", "Th 7", "Th 8", "Th 9", "Th 10"],
            "series": [
                {"name": "Gửi lên", "values": [40, 52, 61, 58, 80, 77], "tone": "due"},
                {"name": "Đã trả lời", "values": [31, 44, 59, 60, 66, 75], "tone": "calm"},
                {"name": "Chỉ tiêu", "values": [50, 50, 60, 60, 70, 70], "dashed": True, "tone": "done"},
            ],
        }

    @property
    def heat(self) -> dict[str, Any]:
        return {
            "kind": "heat",
            "rows": ["Bến Mẫu", "Cầu Mẫu", "Chợ Mẫu"],
            "columns": ["Đất đai", "Hạ tầng", "Nhân sự", "Công nghệ"],
            "values": [[3, 8, 1, 0], [6, 2, 4, 9], [0, 5, 12, 7]],
        }

    @property
    def flows(self) -> dict[str, Any]:
        pairs = (
            ("Cấp xã", "Sở thứ nhất", 24),
            ("Cấp xã", "Sở thứ hai", 13),
            ("Sở thứ nhất", "Đã trả lời", 19),
            ("Sở thứ nhất", "Đang chờ", 5),
            ("Sở thứ hai", "Đã trả lời", 4),
            ("Sở thứ hai", "Đang chờ", 9),
        )
        return {"kind": "sankey", "links": [{"source": a, "target": b, "value": n} for a, b, n in pairs]}

    @property
    def smalls(self) -> dict[str, Any]:
        rises = ((12, 14, 15, 19), (3, None, 4, 6), (22, 21, 17, 18), (None, None, 9, None))
        return {
            "steps": ["Quý I", "Quý II", "Quý III", "Quý IV"],
            "items": [
                Small(PLACES[at][0], values, str(values[-1] or "chưa có"), "#")
                for at, values in enumerate(rises)
            ],
        }

    @property
    def story(self) -> dict[str, Any]:
        nodes = [
            Node("d", "Văn bản", "file-text", "Kế hoạch mẫu số 1", "24-07-2025", url="#"),
            Node(
                "m", "Buổi giám sát", "users-group", "Buổi giám sát tại hai phường mẫu", "30-10-2025", url="#"
            ),
            Node(
                "p1",
                "Kiến nghị",
                "arrow-up",
                "Bổ sung hai công chức địa chính cho phường mẫu",
                "Phường Mẫu",
                "Đã trả lời",
                "done",
                "#",
                here=True,
            ),
            Node(
                "p2",
                "Kiến nghị",
                "arrow-up",
                "Nâng cấp đường truyền",
                "Xã Mẫu",
                "Quá hạn 3 ngày",
                "late",
                "#",
            ),
            Node(
                "a", "Trả lời", "message", "Chấp thuận: giao Sở mẫu thực hiện", "12-11-2025", "Đồng ý", "calm"
            ),
            Node(
                "t", "Nhiệm vụ", "arrow-down", "Trình phương án biên chế", "Sở Mẫu", "Còn 5 ngày", "due", "#"
            ),
        ]
        return {"nodes": nodes, "edges": [*chain("d", "m", "p1", "a", "t"), *chain("m", "p2")]}

    @property
    def points(self) -> list[dict[str, Any]]:
        rows = sorted(PLACES, key=lambda place: -place[4])
        return [
            {"name": name, "lon": lon, "lat": lat, "size": people, "value": people, "url": "#"}
            for name, lon, lat, _area, people in rows
        ]

    @property
    def legend(self) -> list[tuple[str, str]]:
        return [
            ("late", "quá hạn"),
            ("due", "sắp đến hạn"),
            ("calm", "đang làm"),
            ("done", "xong"),
            ("plain", "không áp dụng"),
        ]

    @property
    def toned_points(self) -> list[dict[str, Any]]:
        return [
            {**point, "tone": tone, "text": text}
            for point, (tone, text) in zip(self.points, cycle(self.legend), strict=False)
        ]

    @property
    def heat_rows(self) -> list[tuple[str, list[tuple[int, int]]]]:
        return [
            (name, [(value, min(5, value // 2)) for value in values])
            for name, values in zip(self.heat["rows"], self.heat["values"], strict=True)
        ]
