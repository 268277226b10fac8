"""What a form carries of the record it shows."""

from django.db import models

from vpcp_training.history import Watch


def current_version(record: models.Model) -> str:
    """The version of a form that is opened now."""
    return version_of(record.history.all())


def version_of(history: models.QuerySet) -> str:
    """The version of a page about several records that is opened now."""
    return "-".join(map(str, Watch(history).version()))
