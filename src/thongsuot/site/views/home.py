from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from thongsuot.units.access import signed_in


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "site/home.html", {})
