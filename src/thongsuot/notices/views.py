from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_POST, require_safe

from thongsuot.accounts.actions import choose_language
from thongsuot.notices import actions
from thongsuot.notices.calendar import feed
from thongsuot.notices.forms import WishForm
from thongsuot.notices.models import CalendarLink, Notice
from thongsuot.notices.queries import notices_of, unread, ways_of
from thongsuot.notices.tables import NoticeFilter, NoticeTable
from thongsuot.units.access import MandatedRequest, needs, public
from thongsuot.web.editing import show_form
from thongsuot.web.lists import BulkAction, chosen_rows, list_page
from thongsuot.web.toasts import done

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECRET = "calendar_secret"  # noqa: S105  the session's name for it


@needs()
def notices(request: MandatedRequest) -> HttpResponseBase:
    return list_page(
        request,
        table_class=NoticeTable,
        filterset=NoticeFilter(request.GET, queryset=notices_of(request.user), request=request),
        template="notices/notice_list.html",
        context={"unread": unread(request.user).count(), "crumbs": [(_("Nhắc việc"), "")]},
        bulk_url=reverse("notices:read"),
        bulk_actions=[BulkAction("read", _("Đánh dấu đã đọc"))],
    )


@needs()
@require_safe
def open_notice(request: MandatedRequest, pk: int) -> HttpResponse:
    """To what it speaks of; whoever goes there has read it."""
    notice = get_object_or_404(Notice, pk=pk, user=request.user)
    actions.mark_read(by=request.mandate, notices=Notice.objects.filter(pk=pk))
    return redirect(notice.url or "notices:list")


@needs()
@require_POST
def read(request: MandatedRequest) -> HttpResponse:
    """Those ticked, or all that match the filters."""
    chosen = chosen_rows(request, NoticeFilter, notices_of(request.user))
    count = chosen.filter(read_at=None).count()
    moment = actions.mark_read(by=request.mandate, notices=chosen)
    said = ngettext("Đã đánh dấu %(count)s mục là đã đọc.", "Đã đánh dấu %(count)s mục là đã đọc.", count)
    undo = reverse("notices:unread", args=[(moment - _EPOCH) // timedelta(microseconds=1)]) if count else ""
    done(request, said % {"count": count}, undo_url=undo)
    return redirect("notices:list")


@needs()
@require_POST
def take_back(request: MandatedRequest, moment: int) -> HttpResponse:
    try:
        at = _EPOCH + timedelta(microseconds=moment)
    except OverflowError:
        raise Http404 from None
    if not actions.mark_unread(by=request.mandate, moment=at):
        raise Http404
    done(request, _("Đã đánh dấu lại là chưa đọc."))
    return redirect("notices:list")


@needs()
def wishes(request: MandatedRequest) -> HttpResponse:
    form = WishForm(ways_of(request.user), request.user.language, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.wish(by=request.mandate, ways=form.ways())
        choose_language(by=request.mandate, user=request.user, language=form.cleaned_data["language"])
        done(request, _("Đã lưu cách nhắc việc."))
        return redirect("notices:wishes")
    secret = request.session.pop(_SECRET, "")
    context = {
        "form": form,
        "mail_on": settings.SENDS_MAIL,
        "link": CalendarLink.objects.filter(user=request.user).first(),
        "feed_url": settings.ADDRESS + reverse("notices:feed", args=[secret]) if secret else "",
        "crumbs": [(_("Nhắc việc"), reverse("notices:list")), (_("Cách nhắc"), "")],
    }
    return show_form(request, "notices/wishes.html", context)


@needs()
@require_POST
def make_link(request: MandatedRequest) -> HttpResponse:
    request.session[_SECRET] = actions.make_calendar_link(by=request.mandate)
    done(request, _("Đã tạo liên kết lịch. Liên kết cũ, nếu có, không còn dùng được."))
    return redirect("notices:wishes")


@needs()
@require_POST
def revoke_link(request: MandatedRequest) -> HttpResponse:
    actions.revoke_calendar_link(by=request.mandate)
    done(request, _("Đã thu hồi liên kết lịch."))
    return redirect("notices:wishes")


@public  # calendar programs cannot sign in: the secret of 256 bits in the address is the key, and can be revoked
@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    links = CalendarLink.objects.select_related("user").filter(user__is_active=True)
    link = get_object_or_404(links, digest=actions.digest_of(secret))
    with override(link.user.language):
        content = feed(link.user, timezone.now())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, max-age=600"
    response["Content-Disposition"] = 'inline; filename="thong-suot.ics"'
    return response
