"""Django's own admin, for accounts and code lists only: everything else has services it would walk around."""

from django.contrib import admin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

admin.site.site_title = admin.site.site_header = _("Training records")
admin.site.index_title = _("Code lists")
admin.site.unregister(Group)  # rights follow from the role of an account
