"""`rename_code KIND OLD NEW`: gives a record another code, also before the database is migrated."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from vpcp_training.change_sets import change_set
from vpcp_training.commands import UNUSABLE, OfficeCommand
from vpcp_training.errors import DomainError
from vpcp_training.mending import CODED, rename, stored_apps


class Command(OfficeCommand):
    help = "Gives a record another code; where two differ only in the case of letters, OLD is the one spelled so."

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=CODED, metavar="KIND", help=", ".join(CODED))
        parser.add_argument("old", metavar="OLD", help="the code now")
        parser.add_argument("new", metavar="NEW", help="the code from now on")

    def handle(self, *args, kind, old, new, **options):
        try:
            with change_set(None, "rename_code", f"{old} → {new}"):
                old, new = rename(stored_apps(), kind, old, new)
        except DomainError as error:
            raise CommandError(str(error), returncode=UNUSABLE) from error
        self.stderr.write(_("%(old)s is now %(new)s.") % {"old": old, "new": new})
