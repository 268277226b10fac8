"""Django's own admin, for accounts and code lists only: everything else has services it would walk around."""

from django.contrib import admin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from .change_sets import change_set
from .text import first_names

admin.site.site_title = admin.site.site_header = _("Training records")
admin.site.index_title = _("Code lists")
admin.site.unregister(Group)  # rights follow from the role of an account


class OfficeAdmin(admin.ModelAdmin):
    """The base of every page here; what is changed belongs to a change set, as by the pages of code lists."""

    def save_model(self, request, obj, form, change):
        with change_set(request.user, "save_item", str(obj)):
            super().save_model(request, obj, form, change)

    def delete_model(self, request, obj):
        with change_set(request.user, "delete_item", str(obj)):
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        with change_set(request.user, "delete_item", first_names([str(obj) for obj in queryset])):
            super().delete_queryset(request, queryset)

    def lookup_allowed(self, lookup, value, request):
        """Only what the list's own filters ask for: by others a password's hash could be guessed, piece by piece."""
        asked = lookup.removesuffix("__exact").removesuffix("__isnull")
        return asked in self.get_list_filter(request) and "\x00" not in value
