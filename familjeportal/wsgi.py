"""The WSGI entry point that gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "familjeportal.settings")

application = get_wsgi_application()

# A list builds tens of thousands of values and lets go of them at once, without any cycle. With
# Python's own thresholds the collector looks through all of them many times while they are built,
# and through every module too: it took half the time of a page.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
