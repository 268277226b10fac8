"""A signed-in HR officer asking for pages, as fast as Django's test client."""

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from personnel.models import User

# Pages name static files without a digest and WhiteNoise misses no folder: nothing need have been collected.
without_collected_files = override_settings(
    STATIC_ROOT=settings.BASE_DIR / "static",
    STORAGES={
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
)


class Browser:
    """One session in the database that is in use when it is made."""

    def __init__(self):
        self._client = Client(SERVER_NAME="localhost")
        self._client.force_login(User.objects.get())

    def get(self, address: str) -> HttpResponse:
        """The page, which has to be there."""
        response = self._client.get(address)
        assert response.status_code == 200, f"{address}: {response.status_code}"
        return response

    def queries(self, address: str) -> int:
        """How many questions to the database the page takes."""
        with CaptureQueriesContext(connection) as queries:
            self.get(address)
        return len(queries)
