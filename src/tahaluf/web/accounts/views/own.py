"""What a person sets for themselves: how the desk looks and speaks, and tokens for programs."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tahaluf.domain import InputError
from tahaluf.web.accounts.forms import PreferencesForm, TokenForm
from tahaluf.web.accounts.guards import Request, for_everyone, requires
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.accounts.problems import explain
from tahaluf.web.accounts.queries import has_second_factor, tokens_of
from tahaluf.web.accounts.services import make_token, revoke_token, save_preferences
from tahaluf.web.accounts.views.language import remember


@for_everyone
@never_cache
@require_http_methods(["GET", "POST"])
def preferences(request: Request) -> HttpResponse:
    form = PreferencesForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        save_preferences(request.user, **form.cleaned_data)
        answer = redirect("accounts:preferences")
        language = request.user.language
        remember(answer, language)
        with override(language or request.LANGUAGE_CODE):
            messages.success(request, _("Your settings were saved."))
        return answer
    context = {"form": form, "second_factor": has_second_factor(request.user), "idle": settings.IDLE_SECONDS // 60}
    return render(request, "accounts/preferences.html", context)


@requires(Permission.OWN_TOKENS)
@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: Request) -> HttpResponse:
    """The secret of a new token stands in this answer and nowhere else."""
    form = TokenForm(request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        try:
            _made, secret = make_token(request.user, **form.cleaned_data)
        except InputError as refused:
            explain(refused, form)
        else:
            form = TokenForm()
    return render(request, "accounts/tokens.html", {"form": form, "secret": secret, "tokens": tokens_of(request.user)})


@requires(Permission.OWN_TOKENS)
@require_POST
def end_token(request: Request, pk: int) -> HttpResponse:
    revoke_token(get_object_or_404(request.user.tokens.select_related("owner"), pk=pk), request.user)
    messages.success(request, _("The token was revoked."))
    return redirect("accounts:tokens")
