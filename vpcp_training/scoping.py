"""What a user may see: the whole office (hr, admin) or the subtree of their unit (leader)."""

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from .roles import ADMIN, HR


def sees_whole_office(user) -> bool:
    """Whether no unit bounds what the user sees."""
    return getattr(user, "role", None) in (ADMIN, HR)


def units_of(user) -> QuerySet:
    """The units a user sees: all, the subtree of a leader's unit, or none."""
    return get_user_model()._meta.get_field("unit").related_model.objects.visible_to(user)
