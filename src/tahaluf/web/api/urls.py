"""The addresses for programs: yente's at the root, ours below `/api/v1/`."""

from django.urls import URLPattern, URLResolver, path

from tahaluf.web.api.match import adjacent, matching, reading, updating
from tahaluf.web.api.v1.api import v1_urls

app_name = "api"
# Reached the short way (`api/direct.py`).
PLAIN: list[URLPattern] = [
    path("match/<str:dataset>", matching.match, name="match"),
    path("search/<str:dataset>", reading.search, name="search"),
    path("entities/<str:entity_id>", adjacent.entity, name="entity"),
    path("entities/<str:entity_id>/adjacent", adjacent.adjacent, name="adjacent"),
    path("entities/<str:entity_id>/adjacent/<str:property_name>", adjacent.adjacent_by, name="adjacent-by"),
    path("catalog", reading.catalog, name="catalog"),
    path("algorithms", reading.algorithms, name="algorithms"),
    path("statements", reading.statements, name="statements"),
    path("readyz", reading.readyz, name="readyz"),
    path("updatez", updating.updatez, name="updatez"),
]
urlpatterns: list[URLPattern | URLResolver] = [*PLAIN, path("api/v1/", v1_urls())]
