"""One listing, and the search for listings."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tahaluf.web.accounts.guards import Request, requires
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.catalogue import queries
from tahaluf.web.catalogue.forms import SearchForm
from tahaluf.web.catalogue.pages import events_of, facts_of, links_of, names_by_script
from tahaluf.web.catalogue.ports import references_to
from tahaluf.web.catalogue.showing import show_all
from tahaluf.web.catalogue.stored import from_plain

FOUND = 50


@requires(Permission.SEE_LISTS)
@require_safe
def show_listing(request: Request, slug: str, listing_id: str) -> HttpResponse:
    states = queries.history(slug, listing_id)
    if not states:
        elsewhere = queries.listings_now(listing_id)
        told = {"slug": slug, "listing_id": listing_id[:200], "elsewhere": elsewhere}
        return render(request, "catalogue/no_listing.html", told, status=404)
    state = states[0]
    listing = from_plain(state.content)
    return render(
        request,
        "catalogue/listing.html",
        {
            "state": state,
            "source": state.source,
            "listing": listing,
            "gone": state.until if state.until and state.until.ready else None,
            "scripts": names_by_script(listing.names),
            "designations": show_all("designations", listing.designations),
            "facts": facts_of(listing),
            "links": links_of(listing),
            "extra": show_all("extra", listing.extra),
            "events": events_of(states),
            "references": references_to(slug, listing_id, request.user),
        },
    )


@requires(Permission.SEARCH)
@require_safe
def search_listings(request: Request) -> HttpResponse:
    form = SearchForm(request.GET or None)
    found, text = None, ""
    if form.is_bound and form.is_valid() and (text := form.cleaned_data["q"]):
        asked = form.cleaned_data
        found = queries.search(text, limit=FOUND, dataset=asked["list"] or None, kind=asked["kind"] or None)
    template = "catalogue/found.html" if request.htmx and not request.htmx.boosted else "catalogue/search.html"
    response = render(request, template, {"form": form, "found": found, "text": text, "most": FOUND})
    response["Vary"] = "HX-Request"
    return response
