"""The page of a one-time link: it sets a password, and sends to sign in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from tahaluf.domain import InputError
from tahaluf.web.accounts.forms import PasswordForm
from tahaluf.web.accounts.guards import public
from tahaluf.web.accounts.services import accept_invitation, find_invitation


@public
@never_cache
@sensitive_post_parameters()
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """The link's secret is the permission; a link that is not good any more says so, and nothing of whose it was."""
    invitation = find_invitation(token)
    if invitation is None:
        return render(request, "accounts/invitation_over.html", status=410)
    form = PasswordForm(invitation.user, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "accounts/invitation.html", {"form": form, "person": invitation.user})
    try:
        accept_invitation(token, form.cleaned_data["password1"])
    except InputError:
        return render(request, "accounts/invitation_over.html", status=410)
    messages.success(request, _("The password is set. Sign in with it."))
    return redirect("account_login")
