"""The first page: what waits for this person, how the lists stand."""

from django.http import HttpResponse
from django.shortcuts import render

from tahaluf.web.accounts.guards import Request, for_everyone


@for_everyone
def home(request: Request) -> HttpResponse:
    return render(request, "ui/home.html")
