"""Who works here, and the table of who may what."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from tahaluf.domain import InputError
from tahaluf.web.accounts.forms import PersonForm
from tahaluf.web.accounts.guards import Request, for_everyone, requires
from tahaluf.web.accounts.permissions import Permission, Role
from tahaluf.web.accounts.problems import explain
from tahaluf.web.accounts.queries import duties, people
from tahaluf.web.accounts.services import create_person

PAGE = 100


@requires(Permission.SEE_PEOPLE)
@require_GET
def show_people(request: Request) -> HttpResponse:
    page = Paginator(people(), PAGE).get_page(request.GET.get("page"))
    manages = request.user.may(Permission.MANAGE_PEOPLE)
    return render(request, "accounts/people.html", {"page": page, "manages": manages})


@for_everyone
@require_GET
def show_permissions(request: Request) -> HttpResponse:
    return render(request, "accounts/permissions.html", {"roles": list(Role), "duties": duties()})


@requires(Permission.MANAGE_PEOPLE)
@never_cache
@require_http_methods(["GET", "POST"])
def add_person(request: Request) -> HttpResponse:
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            user = create_person(given.pop("username"), by=request.user, roles=given.pop("roles"), **given)
        except InputError as refused:
            explain(refused, form)
        else:
            messages.success(request, _("The person was created. Make a link now, and hand it over."))
            return redirect("accounts:person", user.pk)
    return render(request, "accounts/person_new.html", {"form": form})
