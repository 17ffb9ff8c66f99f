"""How the desk does: `/healthz` for whoever watches it, `/metrics` for Prometheus."""
