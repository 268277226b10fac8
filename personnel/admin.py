"""Code lists in Django's own admin, and the accounts to look at: they are changed where the rules are kept."""

from django.contrib import admin

from personnel.code_lists import PositionForm, RankForm
from personnel.models import Position, Rank, User
from vpcp_training.admin import OfficeAdmin


@admin.register(Rank)
class RankAdmin(OfficeAdmin):
    form = RankForm
    list_display = ["code", "name", "name_en"]
    search_fields = ["code", "name", "name_en"]


@admin.register(Position)
class PositionAdmin(OfficeAdmin):
    form = PositionForm
    list_display = ["name", "name_en", "level", "sort_order"]
    list_filter = ["level"]
    search_fields = ["name", "name_en"]


@admin.register(User)
class UserAdmin(OfficeAdmin):
    list_display = ["username", "full_name", "role", "unit", "is_active", "last_login"]
    list_filter = ["role", "is_active"]
    search_fields = ["username", "full_name"]
    fields = ["username", "full_name", "role", "unit", "staff", "is_active", "date_joined", "last_login"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
