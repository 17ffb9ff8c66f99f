"""Pages of webhooks; a secret is shown once, when its webhook is made."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tahaluf.domain import InputError
from tahaluf.web.accounts.guards import Request, requires
from tahaluf.web.accounts.permissions import Permission as P
from tahaluf.web.monitoring import queries, services
from tahaluf.web.monitoring.forms import WebhookForm
from tahaluf.web.monitoring.models import Webhook

ON_A_PAGE = 50


@requires(P.MANAGE_WEBHOOKS)
def show_webhooks(request: Request) -> HttpResponse:
    """All webhooks, and a form for another."""
    form, secret, problem = WebhookForm(request.POST or None), "", None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            _, secret = services.add_webhook(request.user, data["url"], data["kinds"], data["description"])
            form = WebhookForm()
        except InputError as refused:
            problem = refused.problem
    context = {"webhooks": queries.webhooks(), "form": form, "secret": secret, "problem": problem}
    return render(request, "monitoring/webhooks.html", context, status=422 if problem else 200)


@requires(P.MANAGE_WEBHOOKS)
@require_GET
def show_webhook(request: Request, pk: int) -> HttpResponse:
    """What was sent to one, how often it was tried, what was answered."""
    webhook = get_object_or_404(Webhook, pk=pk)
    page = Paginator(queries.deliveries_of(webhook), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "monitoring/webhook.html", {"webhook": webhook, "page": page})


@requires(P.MANAGE_WEBHOOKS)
@require_POST
def set_active(request: Request, pk: int) -> HttpResponse:
    services.set_webhook(request.user, get_object_or_404(Webhook, pk=pk), active=request.POST.get("active") == "1")
    return redirect("monitoring:webhook", pk=pk)


@requires(P.MANAGE_WEBHOOKS)
@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    services.remove_webhook(request.user, get_object_or_404(Webhook, pk=pk))
    messages.success(request, _("The webhook is removed."))
    return redirect("monitoring:webhooks")
