"""What the commands of the project have in common."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from .outages import outage_of

UNUSABLE = 2


class OfficeCommand(BaseCommand):
    """Speaks the office's language, whatever that of whoever calls; an outage is a sentence and exit code 2."""

    def execute(self, *args, **options):
        with translation.override("vi"):
            try:
                return super().execute(*args, **options)
            except CommandError:
                raise
            except Exception as error:
                if not (outage := outage_of(error)):
                    raise
                raise CommandError(f"{outage.title}. {outage.words}", returncode=UNUSABLE) from error
