"""Addresses of staff, units and accounts."""

from django.urls import path

from .code_lists import POSITIONS, RANKS
from .views import accounts, pickers, staff, units

app_name = "personnel"

urlpatterns = [
    path("personnel/", staff.StaffList.as_view(), name="staff_list"),
    path("new/staff/", staff.StaffAdd.as_view(), name="staff_add"),
    path("personnel/<code:code>/edit/", staff.StaffEdit.as_view(), name="staff_edit"),
    path("deleted/staff/", staff.StaffDeleted.as_view(), name="staff_deleted"),
    path("personnel/<code:code>/delete/", staff.StaffDelete.as_view(), name="staff_delete"),
    path("pick/staff/", pickers.pick_staff, name="pick_staff"),
    path("pick/unit/", pickers.pick_unit, name="pick_unit"),
    path("units/", units.UnitList.as_view(), name="unit_list"),
    path("new/unit/", units.UnitAdd.as_view(), name="unit_add"),
    path("units/<code:code>/edit/", units.UnitEdit.as_view(), name="unit_edit"),
    path("deleted/units/", units.UnitDeleted.as_view(), name="unit_deleted"),
    path("units/<code:code>/delete/", units.UnitDelete.as_view(), name="unit_delete"),
    path("units/<code:code>/history/", units.UnitHistory.as_view(), name="unit_history"),
    *POSITIONS.urls,
    *RANKS.urls,
    path("accounts/exports/", accounts.ExportList.as_view(), name="export_list"),
    path("accounts/users/", accounts.UserList.as_view(), name="user_list"),
    path("accounts/users/add/", accounts.UserAdd.as_view(), name="user_add"),
    path("accounts/users/<int:pk>/", accounts.UserEdit.as_view(), name="user_edit"),
    path("accounts/users/<int:pk>/password/", accounts.UserPassword.as_view(), name="user_password"),
    path("accounts/users/<int:pk>/unlock/", accounts.unlock_user, name="user_unlock"),
    path("accounts/users/<int:pk>/deactivate/", accounts.UserDeactivate.as_view(), name="user_deactivate"),
    path("accounts/users/<int:pk>/reactivate/", accounts.UserReactivate.as_view(), name="user_reactivate"),
    path("accounts/users/<int:pk>/history/", accounts.UserHistory.as_view(), name="user_history"),
]
