"""What the frame around every page needs to know: the doors, the mandates, the demonstration banner."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thongsuot.accounts.models import User
from thongsuot.notices.queries import MANY, unread_up_to_many
from thongsuot.web.links import link_to_list


@dataclass(frozen=True, slots=True)
class DoorPlan:
    label: Any
    icon: str
    url_name: str
    verb: str = ""  # only for mandates that allow it
    others: tuple[tuple[str, Any], ...] = ()  # further pages behind the door: (url name, label)


MAIN = (
    DoorPlan(_("Việc của tôi"), "inbox", "home"),
    DoorPlan(
        _("Nhiệm vụ & kiến nghị"),
        "arrows-up-down",
        "matters:proposals",
        verb="read",
        others=(("matters:proposals", _("Kiến nghị")), ("matters:tasks", _("Nhiệm vụ"))),
    ),
    DoorPlan(_("Giám sát & hội nghị"), "users-group", "oversight:meetings", verb="read"),
    DoorPlan(
        _("Văn bản"),
        "file-text",
        "documents:list",
        verb="read",
        others=(("documents:list", _("Sổ văn bản")), ("documents:directives", _("Giao thực hiện"))),
    ),
    DoorPlan(
        _("Số liệu & báo cáo"),
        "chart-bar",
        "indicators:figures",
        verb="read",
        others=(
            ("indicators:totals", _("Tổng hợp")),
            ("returns:rounds", pgettext_lazy("returns", "Báo cáo")),
            ("indicators:figures", _("Số liệu")),
            ("indicators:catalogue", _("Danh mục chỉ tiêu")),
        ),
    ),
    DoorPlan(
        _("Nhân sự"),
        "users",
        "staffing:board",
        verb="read_staff",
        others=(
            ("staffing:board", _("Thừa, thiếu")),
            ("staffing:people", _("Người")),
            ("staffing:plans", pgettext_lazy("several", "Phương án bố trí")),
            ("staffing:transfers", pgettext_lazy("several", "Hồ sơ điều động")),
        ),
    ),
)
BELOW = (
    DoorPlan(pgettext_lazy("several", "Đơn vị"), "building-community", "units:list"),
    DoorPlan(_("Tiếp nhận"), "file-import", "intake:drafts", verb="intake"),
    DoorPlan(_("Tra cứu"), "search", "search"),
    DoorPlan(_("Quản trị"), "settings", "administration:home", verb="manage_mandates"),
)
# What waits for the mandate behind a door: url name -> count. Filled by the site's own start-up.
COUNTS: dict[str, Callable[[Any], int]] = {}


@dataclass(frozen=True, slots=True)
class Door:
    label: Any
    icon: str
    url_name: str
    url: str
    active: bool = False
    count: int | None = None
    pages: tuple["Door", ...] = ()


@dataclass
class Frame:
    """Computed on first use, so that fragments without a frame cost nothing."""

    request: HttpRequest
    demo: bool = field(default_factory=lambda: bool(getattr(settings, "DEMO", False)))
    development: bool = field(default_factory=lambda: bool(getattr(settings, "DEVELOPMENT", False)))

    @cached_property
    def mandate(self) -> Any:
        return getattr(self.request, "mandate", None)

    @cached_property
    def mandates(self) -> list[Any]:
        return list(getattr(self.request, "mandates", []))

    @cached_property
    def doors(self) -> list[Door]:
        return self._doors(MAIN)

    @cached_property
    def doors_below(self) -> list[Door]:
        return self._doors(BELOW)

    @cached_property
    def bell_url(self) -> str:
        return url_of("notices:list") if self.mandate is not None else ""

    @cached_property
    def bell(self) -> str:
        """How many notices are unread; empty for none."""
        user = self.request.user
        count = unread_up_to_many(user) if isinstance(user, User) else 0
        return "99+" if count == MANY else str(count or "")

    @cached_property
    def search_url(self) -> str:
        return url_of("search")

    @cached_property
    def suggest_url(self) -> str:
        return url_of("suggest")

    @cached_property
    def switch_url(self) -> str:
        return url_of("units:switch-mandate")

    @cached_property
    def language_url(self) -> str:
        return url_of("set_language")

    def _doors(self, plans: tuple[DoorPlan, ...]) -> list[Door]:
        if not self.request.user.is_authenticated:
            return []
        doors = (self._door(plan) for plan in plans if not plan.verb or self._allows(plan.verb))
        return [door for door in doors if door is not None]

    def _door(self, plan: DoorPlan) -> Door | None:
        pages = tuple(
            Door(label, "", name, url, active=self._is_here(name))
            for name, label in plan.others
            if (url := url_of(name))
        )
        url = url_of(plan.url_name) or (pages[0].url if pages else "")
        if not url:
            return None
        count = COUNTS[plan.url_name](self.mandate) if self.mandate and plan.url_name in COUNTS else None
        inside = any(
            self._is_inside(name) for name in (plan.url_name, *(name for name, _label in plan.others))
        )
        return Door(plan.label, plan.icon, plan.url_name, url, inside, count, pages)

    def _allows(self, verb: str) -> bool:
        return self.mandate is not None and self.mandate.allows(verb)

    def _is_inside(self, url_name: str) -> bool:
        app, _colon, _page = url_name.rpartition(":")
        match = self.request.resolver_match
        return match is not None and (match.namespace == app if app else match.view_name == url_name)

    def _is_here(self, url_name: str) -> bool:
        match = self.request.resolver_match
        return match is not None and match.view_name == url_name


def url_of(name: str) -> str:
    """Empty for a page that does not exist yet."""
    try:
        return link_to_list(name)
    except NoReverseMatch:
        return ""


def frame(request: HttpRequest) -> dict[str, Any]:
    return {"frame": SimpleLazyObject(lambda: Frame(request))}
