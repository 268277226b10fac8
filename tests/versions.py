"""What a form carries of the record it shows."""

from django.db import models

from vpcp_training.history import Watch


def current_version(record: models.Model) -> int:
    """The version of a form that is opened now."""
    return Watch(record.history.all()).version()
