"""The pages of this app."""

from django.urls import URLPattern, URLResolver, path

from tahaluf.web.accounts.views import invitation, language, office, own, people, person

app_name = "accounts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("language/", language.switch, name="language"),
    path("invitation/<str:token>/", invitation.accept, name="invitation"),
    path("account/settings/", own.preferences, name="preferences"),
    path("account/tokens/", own.tokens, name="tokens"),
    path("account/tokens/<int:pk>/revoke/", own.end_token, name="token_revoke"),
    path("letterhead/", office.letterhead, name="letterhead"),
    path("people/", people.show_people, name="people"),
    path("people/permissions/", people.show_permissions, name="permissions"),
    path("people/new/", people.add_person, name="person_new"),
    path("people/<int:pk>/", person.show_person, name="person"),
    path("people/<int:pk>/deactivate/", person.deactivate, name="person_deactivate"),
    path("people/<int:pk>/reactivate/", person.reactivate, name="person_reactivate"),
    path("people/<int:pk>/second-factor/", person.reset_second_factor, name="person_second_factor"),
    path("people/<int:pk>/sign-out/", person.end_sessions, name="person_sign_out"),
    path("people/<int:pk>/tokens/<int:token>/revoke/", person.end_token, name="person_token_revoke"),
]
