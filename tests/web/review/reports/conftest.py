"""The alerts of the neighboring folder."""

from tests.web.review.alerts.conftest import alert, listings, new_alert, new_screening, purpose

__all__ = ["alert", "listings", "new_alert", "new_screening", "purpose"]
