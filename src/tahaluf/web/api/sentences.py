"""The sentences of the API's own refusals: what is wrong, and what to do; by code."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = Promise | str

SENTENCES: dict[str, tuple[Text, Text]] = {
    "api.token": (
        _("The request carries no valid token."),
        _(
            "Send the header “Authorization: Bearer TOKEN”. Whoever may have tokens makes one on the page of their "
            "tokens."
        ),
    ),
    "api.scope": (
        _("The token lacks the scope “%(expected)s”."),
        _("Use a token that has this scope."),
    ),
    "api.permission": (
        _("The owner of the token may not do this."),
        _("Ask an administrator which role may, or use the token of someone who has it."),
    ),
    "api.rate": (
        _("Too many requests: at most %(expected)s are taken from this token."),
        _(
            "Wait for the number of seconds in the header Retry-After, then go on. Put several queries into one "
            "request."
        ),
    ),
    "api.too_large": (
        _("The request is larger than %(expected)s."),
        _("Send several smaller requests."),
    ),
    "api.json": (
        _("The body is not JSON that can be read: %(found)s."),
        _("Send one JSON object in UTF-8, with the header “Content-Type: application/json”."),
    ),
    "api.json_depth": (
        _("The JSON is nested more deeply than %(expected)s levels."),
        _("Send the form that the documentation describes."),
    ),
    "api.text": (
        _("“%(field)s” holds a character that no text has (NUL, or half of a character)."),
        _("Remove it and send the request again."),
    ),
    "api.path": (
        _("There is nothing at this address."),
        _("The addresses are listed at /api/v1/docs."),
    ),
    "api.method": (
        _("This address does not take %(found)s."),
        _("Use one of: %(expected)s."),
    ),
    "api.not_found": (
        _("There is no “%(field)s” of this identifier, or it may not be seen."),
        _("Look it up in the list that the same address without the identifier gives."),
    ),
    "api.entity": (
        _("No such entity!"),
        _("It may have been taken off its list. Search for it by name."),
    ),
    "api.property": (
        _("No such property!"),
        _("The same address without the property names those that there are."),
    ),
    "api.value": (
        _("“%(field)s” is not as expected: %(expected)s."),
        _("Correct the value and send the request again."),
    ),
    "api.dataset": (
        _("No such dataset."),
        _("/catalog names the datasets: “default” holds all lists."),
    ),
    "api.no_queries": (
        _("No queries provided."),
        _("Send at least one query under “queries”."),
    ),
    "api.too_many": (
        _("Too many of “%(field)s” in one request (limit: %(expected)s)."),
        _("Send several smaller requests."),
    ),
    "api.too_long": (
        _("A value of “%(field)s” is longer than %(expected)s characters; it was not screened."),
        _("Send the name alone. A whole text is screened as a file of payments."),
    ),
    "api.schema": (
        _("Cannot screen this schema: %(found)s."),
        _("Use one of: %(expected)s."),
    ),
    "api.schema_missing": (
        _("A query has no schema."),
        _("Add “schema”, for example “Person”."),
    ),
    "api.algorithm": (
        _("Unknown algorithm: %(found)s."),
        _("/algorithms names them; “best” is always there."),
    ),
    "api.config": (
        _("Invalid configuration parameter: %(found)s for algorithm %(expected)s."),
        _("The engine has no settings of its own: leave “config” out."),
    ),
    "api.weights": (
        _("Weights are not changed by a request: %(found)s."),
        _("Leave “weights” out. What the score is made of stands in docs/accuracy.md."),
    ),
    "api.no_purpose": (
        _("The token was made for no purpose, and nothing is screened without one."),
        _("Make a token, and choose what it is for."),
    ),
    "api.purpose": (
        _("The token does not screen for “%(found)s”; it was made for: %(expected)s."),
        _("Leave “purpose” out, or name one of these. For another purpose, make another token."),
    ),
    "api.purpose_over": (
        _("The purpose “%(found)s” is no longer in use, and nothing is screened for it."),
        _("Ask an administrator, or make a token for another purpose."),
    ),
    "api.screened_before": (
        _("This file was screened for this purpose before: screening %(found)s."),
        _("Read that screening. To screen the file once more, alerts included, send it with “again=true”."),
    ),
    "api.lists": (
        _("No list has been compiled yet: nothing can be screened."),
        _("Import a list, then try again."),
    ),
    "api.statements": (
        _("Statements are not offered."),
        _("The versions of a list and their differences are at /api/v1/lists."),
    ),
    "api.cursor": (
        _("The cursor is not one that was given out for this address."),
        _("Begin without a cursor, and pass on “next” as it came."),
    ),
    "api.key_reused": (
        _("The idempotency key was used for another request before."),
        _("Use a new key for each new request, and the same one only to repeat the same."),
    ),
    "api.key_running": (
        _("The first request of this idempotency key is still being worked on."),
        _("Send it again in a few seconds."),
    ),
    "api.internal": (
        _("Something went wrong here. It has been noted."),
        _("Try again later; tell the administrators when it was, if it stays."),
    ),
}  # fmt: skip

OF_ONE: Text = _("Query “%(item)s”: %(sentence)s")
GENERAL: dict[int, Text] = {
    400: _("Correct the request and send it again."),
    500: _("Try again in a few seconds."),
}
