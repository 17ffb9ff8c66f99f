"""One person's page, for whoever manages people.

What answers with the page itself (a form with errors, a new link) is posted to the page; every other act has an address
of its own and leads back.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tahaluf.domain import InputError
from tahaluf.web.accounts import services
from tahaluf.web.accounts.forms import DetailsForm, RolesForm
from tahaluf.web.accounts.guards import Request, requires
from tahaluf.web.accounts.models import ApiToken, User
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.accounts.problems import explain, tell
from tahaluf.web.accounts.queries import last_seen, people, tokens_of


@requires(Permission.MANAGE_PEOPLE)
@never_cache
@require_http_methods(["GET", "POST"])
def show_person(request: Request, pk: int) -> HttpResponse:
    user = _found(pk)
    if request.method == "POST":
        asked = {"details": _change_details, "roles": _change_roles, "link": _make_link}.get(
            request.POST.get("act", "")
        )
        if asked is not None:
            return asked(request, user)
    return _page(request, user)


def _change_details(request: Request, user: User) -> HttpResponse:
    form = DetailsForm(request.POST, instance=User(pk=user.pk, username=user.username))
    if not form.is_valid():
        return _page(request, user, details=form)
    services.change_details(user, request.user, **form.cleaned_data)
    messages.success(request, _("The details were changed."))
    return redirect("accounts:person", user.pk)


def _change_roles(request: Request, user: User) -> HttpResponse:
    form = RolesForm(request.POST)
    if form.is_valid():
        try:
            services.set_roles(user, form.cleaned_data["roles"], request.user)
        except InputError as refused:
            explain(refused, form)
        else:
            messages.success(request, _("The roles were changed."))
            return redirect("accounts:person", user.pk)
    return _page(request, user, roles=form)


def _make_link(request: Request, user: User) -> HttpResponse:
    """The link stands in this answer and nowhere else."""
    if not user.is_active:
        messages.error(request, _("A deactivated person cannot use a link. Reactivate the person first."))
        return redirect("accounts:person", user.pk)
    return _page(request, user, link=request.build_absolute_uri(services.invite(user, request.user)))


@requires(Permission.MANAGE_PEOPLE)
@require_POST
def deactivate(request: Request, pk: int) -> HttpResponse:
    done = _("The person was deactivated, and is signed out everywhere.")
    return _act(request, pk, lambda user: services.deactivate(user, request.user), done)


@requires(Permission.MANAGE_PEOPLE)
@require_POST
def reactivate(request: Request, pk: int) -> HttpResponse:
    return _act(request, pk, lambda user: services.reactivate(user, request.user), _("The person was reactivated."))


@requires(Permission.MANAGE_PEOPLE)
@require_POST
def reset_second_factor(request: Request, pk: int) -> HttpResponse:
    done = _("The second factor was taken away. The person sets up a new one after signing in.")
    return _act(request, pk, lambda user: services.reset_second_factor(user, request.user), done)


@requires(Permission.MANAGE_PEOPLE)
@require_POST
def end_sessions(request: Request, pk: int) -> HttpResponse:
    return _act(
        request, pk, lambda user: services.end_sessions(user, request.user), _("The person is signed out everywhere.")
    )


@requires(Permission.MANAGE_PEOPLE)
@require_POST
def end_token(request: Request, pk: int, token: int) -> HttpResponse:
    found = get_object_or_404(ApiToken.objects.select_related("owner"), pk=token, owner=pk)
    return _act(request, pk, lambda _user: services.revoke_token(found, request.user), _("The token was revoked."))


def _found(pk: int) -> User:
    return get_object_or_404(people(), pk=pk)


def _act(request: Request, pk: int, act: Callable[[User], None], done: str) -> HttpResponse:
    try:
        act(_found(pk))
    except InputError as refused:
        tell(request, refused)
    else:
        messages.success(request, done)
    return redirect("accounts:person", pk)


def _page(
    request: Request,
    user: User,
    *,
    details: DetailsForm | None = None,
    roles: RolesForm | None = None,
    link: str = "",
) -> HttpResponse:
    context = {
        "person": user,
        "last_seen": last_seen(user),
        "details": details or DetailsForm(instance=user),
        "roles": roles or RolesForm({"roles": sorted(user.roles)}),
        "tokens": tokens_of(user),
        "link": link,
        "is_self": user.pk == request.user.pk,
    }
    return render(request, "accounts/person.html", context)
