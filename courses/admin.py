"""Code lists of the catalogue in Django's own admin. Courses are not among them: changing one moves snapshots."""

from django.contrib import admin

from courses.code_lists import FieldForm, ProviderForm
from courses.models import Field, Provider
from vpcp_training.admin import OfficeAdmin


@admin.register(Field)
class FieldAdmin(OfficeAdmin):
    """A used field is retired, never deleted: its references protect it."""

    form = FieldForm
    list_display = ["code", "name", "name_en", "sort_order", "retired_from"]
    search_fields = ["code", "name", "name_en"]


@admin.register(Provider)
class ProviderAdmin(OfficeAdmin):
    form = ProviderForm
    list_display = ["name"]
    search_fields = ["name"]
