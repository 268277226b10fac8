"""`purge`: removes what nobody needs any more; to be run every day."""

import shutil
import time
from contextlib import suppress
from datetime import timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.services import uploads
from vpcp_training.commands import OfficeCommand
from vpcp_training.private_files import close_folders

LEFT_BEHIND = timedelta(days=1)  # a file of an upload of a process that was killed


class Command(OfficeCommand):
    help = (
        "Removes abandoned uploads, ended sessions, temporary files and old records of sign-ins, "
        "and closes folders with people's names to other users of the machine."
    )

    def handle(self, *args, **options):
        close_folders()
        removed = {
            _("abandoned uploads"): uploads.remove_abandoned(),
            _("ended sessions"): Session.objects.filter(expire_date__lt=timezone.now()).delete()[0],
            _("temporary files"): self.remove_files(),
            _("old records of sign-ins"): self.remove_sign_ins(),
        }
        self.stdout.write(_("Removed:") + " " + ", ".join(f"{count} {what}" for what, count in removed.items()))

    def remove_files(self) -> int:
        """Removes what uploads left on disk; returns how many."""
        latest, removed = time.time() - LEFT_BEHIND.total_seconds(), 0
        for path in settings.FILE_UPLOAD_TEMP_DIR.iterdir():
            with suppress(FileNotFoundError):  # an upload that ends meanwhile takes its file along
                if path.stat().st_mtime < latest:
                    shutil.rmtree(path) if path.is_dir() else path.unlink()
                    removed += 1
        return removed

    def remove_sign_ins(self) -> int:
        """Removes the records of sign-ins that are kept no longer, and counts that stop nobody; returns how many."""
        kept = {
            AccessAttempt: settings.AXES_COOLOFF_TIME,
            AccessFailureLog: settings.SIGN_INS_KEPT,
            AccessLog: settings.SIGN_INS_KEPT,
        }
        now = timezone.now()
        return sum(log.objects.filter(attempt_time__lt=now - span).delete()[0] for log, span in kept.items())
