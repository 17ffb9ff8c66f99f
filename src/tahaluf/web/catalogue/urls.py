"""The pages of this app."""

from django.urls import URLPattern, URLResolver, path

from tahaluf.web.catalogue.views import feeds, imports, listings, lists, managing

app_name = "catalogue"
urlpatterns: list[URLPattern | URLResolver] = [
    path("lists/", lists.show_lists, name="lists"),
    path("lists/search/", listings.search_listings, name="search"),
    path("lists/upload/", imports.upload_list, name="upload"),
    path("lists/imports/<uuid:pk>/", imports.show_import, name="import"),
    path("lists/imports/<uuid:pk>/accept/", imports.accept_import, name="accept"),
    path("lists/imports/<uuid:pk>/cancel/", imports.cancel_import, name="cancel"),
    path("lists/rebuild/", managing.rebuild_all, name="rebuild"),
    path("lists/collections/", managing.edit_collections, name="collections"),
    path("lists/collections/<slug:slug>/", managing.edit_collection, name="collection"),
    path("lists/feed.atom", feeds.feed, {"form": "atom"}, name="feed"),
    path("lists/feed.json", feeds.feed, {"form": "json"}, name="feed_json"),
    path("lists/<slug:slug>/", lists.show_list, name="list"),
    path("lists/<slug:slug>/edit/", managing.edit_list, name="edit"),
    path("lists/<slug:slug>/fetch/", imports.fetch_list, name="fetch"),
    path("lists/<slug:slug>/feed.atom", feeds.feed, {"form": "atom"}, name="list_feed"),
    path("lists/<slug:slug>/feed.json", feeds.feed, {"form": "json"}, name="list_feed_json"),
    path("lists/<slug:slug>/difference/", lists.show_difference, name="difference"),
    path("lists/<slug:slug>/versions/<int:number>/", lists.show_version, name="version"),
    path("lists/<slug:slug>/listings/<path:listing_id>", listings.show_listing, name="listing"),
]
