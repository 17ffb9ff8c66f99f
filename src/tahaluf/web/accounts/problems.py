"""What a service refused, said beside the form that asked for it."""

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.text import capfirst

from tahaluf.domain import TahalufError
from tahaluf.prose.problems import describe_found


def explain(error: TahalufError, form: BaseForm) -> None:
    """Puts the reason with the field it is about, where the form has that."""
    field = error.problem.where.field
    form.add_error(field if field in form.fields else None, capfirst(describe_found(error.problem)))


def tell(request: HttpRequest, error: TahalufError) -> None:
    """Shows the reason on the next page."""
    messages.error(request, capfirst(describe_found(error.problem)))
