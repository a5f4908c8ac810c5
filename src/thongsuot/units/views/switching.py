from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from thongsuot.units.access import signed_in
from thongsuot.units.middleware import SESSION_KEY
from thongsuot.web.once import repeatable


@repeatable
@signed_in
@require_POST
def switch_mandate(request: HttpRequest) -> HttpResponse:
    """Work under another of one's mandates in force; the page asked for comes next."""
    chosen = request.POST.get("mandate")
    held = {str(mandate.pk): mandate for mandate in request.mandates}  # type: ignore[attr-defined]
    if chosen not in held:
        raise Http404
    request.session[SESSION_KEY] = held[chosen].pk
    after = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(after, {request.get_host()}, require_https=request.is_secure()):
        after = resolve_url("home")
    return HttpResponseRedirect(after)
