"""The application as a WSGI server calls it."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tahaluf.web.config.settings")
application = get_wsgi_application()
# The views too, rather than with the first request: what is loaded by now stays, and is no work for the collector,
# whose long halts are felt by whoever waits.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
