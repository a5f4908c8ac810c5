"""What each component is called, which props it takes and what they may be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.template import TemplateSyntaxError

from thongsuot.web import drawing

Props = dict[str, object]

TONES = ("plain", "late", "due", "calm", "done")
BUTTON_KINDS = ("primary", "plain", "quiet", "danger")
SIZES = ("normal", "small")
# Extra attributes a component passes on to its main element.
PASSED_ON = ("hx-", "data-", "aria-", "form", "id", "title", "target", "download", "rel")


@dataclass(frozen=True, slots=True)
class Component:
    name: str
    says: str
    required: tuple[str, ...] = ()
    optional: Mapping[str, object] = field(default_factory=dict)
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    block: bool = False
    slots: tuple[str, ...] = ()
    passes_on: bool = False
    prepare: Callable[[Props], Props] | None = None
    # Looks the same wherever the same props stand, in one language and on one day; so it is drawn once.
    repeats: bool = False

    @property
    def template(self) -> str:
        return f"web/components/{self.name}.html"

    def check_names(self, names: set[str]) -> None:
        """At compile time: a misspelt prop is found before any page is served."""
        unknown = {name for name in names if not self._knows(name)}
        if unknown:
            raise TemplateSyntaxError(
                f"'{self.name}' has no prop {_listed(unknown)}; it has {_listed(self.props)}"
            )
        if missing := set(self.required) - names:
            raise TemplateSyntaxError(f"'{self.name}' needs {_listed(missing)}")

    def complete(self, given: Props) -> Props:
        """At render time: defaults, checked choices, derived values."""
        passed = {name: value for name, value in given.items() if name not in self.props}
        props = {**self.optional, **{name: value for name, value in given.items() if name in self.props}}
        for name, allowed in self.choices.items():
            if props[name] not in allowed:
                raise TemplateSyntaxError(
                    f"'{self.name}': {name}={props[name]!r} is not one of {_listed(allowed)}"
                )
        if self.prepare:
            props.update(self.prepare(props))
        return {**props, "attrs": {name: _attribute(value) for name, value in passed.items()}}

    @property
    def props(self) -> set[str]:
        return {*self.required, *self.optional}

    def _knows(self, name: str) -> bool:
        return name in self.props or (self.passes_on and name.startswith(PASSED_ON))


def _attribute(value: object) -> object:
    return value if isinstance(value, bool) else str(value)


def _listed(names: object) -> str:
    return ", ".join(sorted(str(name) for name in names)) or "none"  # type: ignore[attr-defined]


_TONE = {"tone": TONES}

COMPONENTS: dict[str, Component] = {
    component.name: component
    for component in (
        Component("icon", "Biểu tượng", ("name",), {"label": ""}, repeats=True),
        Component("badge", "Nhãn trạng thái", ("label",), {"tone": "plain", "icon": ""}, _TONE, repeats=True),
        Component(
            "due", "Thời hạn", ("on",), {"closed": False, "soon": 3}, prepare=drawing.due, repeats=True
        ),
        Component(
            "button",
            "Nút hoặc liên kết có dạng nút",
            ("label",),
            {
                "kind": "plain",
                "size": "normal",
                "icon": "",
                "url": "",
                "type": "submit",
                "name": "",
                "value": "",
                "opens": "",
                "disabled": False,
                "why_not": "",
            },
            {"kind": BUTTON_KINDS, "size": SIZES},
            passes_on=True,
        ),
        Component(
            "card",
            "Khối tách riêng",
            (),
            {"title": "", "icon": "", "flush": False},
            block=True,
            slots=("actions", "footer"),
            passes_on=True,
        ),
        Component(
            "section",
            "Phần của trang, không khung",
            ("title",),
            {"note": ""},
            block=True,
            slots=("actions",),
            passes_on=True,
        ),
        Component("answer", "Dòng trả lời ở đầu trang", block=True),
        Component(
            "stat",
            "Số là liên kết tới đúng các dòng ấy",
            ("value", "label"),
            {"url": "", "tone": "plain"},
            _TONE,
            repeats=True,
        ),
        Component("crumbs", "Đường dẫn", ("items",)),
        Component("facts", "Danh sách thông tin", block=True, optional={"columns": 1}),
        Component("fact", "Một thông tin", ("label",), {"value": "", "url": "", "quote": ""}, block=True),
        Component("empty", "Chưa có gì", ("title", "text"), {"icon": "inbox", "url": "", "action": ""}),
        Component(
            "alert",
            "Thông báo trong trang",
            ("title",),
            {"tone": "calm", "icon": ""},
            _TONE,
            block=True,
            prepare=drawing.alert,
        ),
        Component("tabs", "Thẻ", ("items",), {"label": ""}, prepare=drawing.tabs),
        Component("chips", "Bộ lọc đang áp dụng", ("items",), {"clear_url": ""}),
        Component(
            "pager",
            "Phân trang",
            ("page", "request"),
            {"sizes": (25, 50, 100), "target": ""},
            prepare=drawing.pager,
        ),
        Component(
            "table", "Khung cuộn của bảng", (), {"label": "", "sticky": False}, block=True, passes_on=True
        ),
        Component("quote", "Dấu trích dẫn về câu gốc", ("url",), {"text": ""}, passes_on=True),
        Component("timeline", "Lịch sử", ("events",)),
        Component(
            "heat",
            "Ô của bảng nhiệt",
            ("value",),
            {"level": 0, "url": "", "label": "", "tone": "plain", "quote": ""},
            _TONE,
            prepare=drawing.heat,
        ),
        Component(
            "progress",
            "Tiến độ",
            ("done", "total"),
            {"label": "", "tone": "calm"},
            _TONE,
            prepare=drawing.progress,
        ),
        Component(
            "drop",
            "Nơi thả tệp",
            ("name",),
            {"label": "", "accept": "", "multiple": True, "upload_url": "", "help": "", "max_bytes": 0},
        ),
        Component(
            "chart",
            "Biểu đồ",
            ("id", "title", "data"),
            {"height": "medium"},
            {"height": ("low", "medium", "tall")},
            prepare=drawing.chart,
        ),
        Component(
            "map",
            "Bản đồ các đơn vị",
            ("id", "title", "points"),
            {"size_label": "", "value_label": "", "lines": (), "legend": ()},
            prepare=drawing.points,
        ),
        Component(
            "flow",
            "Dòng việc: cái này dẫn tới cái kia",
            ("id", "title", "nodes", "edges"),
            {"open": False},
            prepare=drawing.flow,
        ),
        Component(
            "multiples",
            "Biểu đồ nhỏ cạnh nhau, cùng một thang",
            ("id", "title", "steps", "items"),
            prepare=drawing.multiples,
        ),
        Component("field", "Ô nhập", ("field",), {"label": "", "help": "", "wide": False}),
        Component(
            "reason",
            "Hộp hỏi lý do",
            ("id", "title", "action", "submit"),
            {"text": "", "name": "reason", "label": "", "kind": "danger", "required": True},
            {"kind": BUTTON_KINDS},
            block=True,
        ),
        Component("overtaken", "Người khác vừa sửa", ("differences",)),
        Component("toast", "Báo xong và hoàn tác", ("text",), {"tone": "done", "undo_url": ""}, _TONE),
        Component(
            "menu",
            "Trình đơn",
            ("label",),
            {"icon": "", "kind": "plain", "size": "small", "align": "end"},
            {"kind": BUTTON_KINDS, "size": SIZES, "align": ("start", "end")},
            block=True,
        ),
    )
}
