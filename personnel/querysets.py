"""Questions asked of units, staff and postings."""

import datetime

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from vpcp_training.roles import ADMIN
from vpcp_training.scoping import sees_whole_office, units_of
from vpcp_training.text import search_words


class SearchableQuerySet(QuerySet):
    """Records with a folded `search` column."""

    def matching(self, query: str):
        """Those whose search column holds every word of the query, whatever the order and the diacritics."""
        found = self
        for word in search_words(query):
            found = found.filter(search__contains=word)
        return found


class UnitQuerySet(SearchableQuerySet):
    """Units; the tree is at most three deep, so a subtree is the unit, its children and theirs."""

    def subtree_of(self, unit_id: int):
        """The unit and all below it."""
        return self.filter(Q(pk=unit_id) | Q(parent=unit_id) | Q(parent__parent=unit_id))

    def visible_to(self, user):
        """All for hr and admin; a leader's own subtree; none for a leader without a unit."""
        if sees_whole_office(user):
            return self
        unit_id = getattr(user, "unit_id", None)
        return self.subtree_of(unit_id) if unit_id else self.none()

    def in_force(self, start: datetime.date, end: datetime.date | None = None):
        """Units in force at some time from `start` to `end` (both included; one day without `end`)."""
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=end or start), Q(valid_to=None) | Q(valid_to__gte=start)
        )


def _in_force(day, prefix: str = "") -> Q:
    ends_later = Q(**{f"{prefix}end": None}) | Q(**{f"{prefix}end__gte": day})
    return Q(**{f"{prefix}start__lte": day}) & ends_later


class PostingQuerySet(QuerySet):
    """Who was where, from–to."""

    def in_force(self, day: datetime.date):
        """Postings in force on a day (both ends included); at most one a person."""
        return self.filter(_in_force(day))

    def visible_to(self, user):
        """Postings of the units the user sees."""
        return self if sees_whole_office(user) else self.filter(unit__in=units_of(user))


class StaffQuerySet(SearchableQuerySet):
    """Staff members."""

    def by_name(self):
        """In the order of Vietnamese given names."""
        return self.order_by("sort_key", "birth_date", "pk")

    def in_service(self, day: datetime.date, units: QuerySet | None = None):
        """Persons with a posting in force on a day, in one of `units` if given."""
        condition = _in_force(day, "postings__")
        if units is not None:
            condition &= Q(postings__unit__in=units)
        return self.filter(pk__in=self.model._base_manager.filter(condition).values("pk"))

    def visible_to(self, user):
        """All for hr and admin; for a leader, people in the subtree today or with an enrollment recorded there."""
        if sees_whole_office(user):
            return self
        units = units_of(user)
        today = self.in_service(timezone.localdate(), units).values("pk")
        recorded = self.model._base_manager.filter(enrollments__unit__in=units).values("pk")
        return self.filter(Q(pk__in=today) | Q(pk__in=recorded))

    def with_posting(self, day: datetime.date, user=None):
        """Prefetches the posting in force on `day` (read it as `staff.current_posting`) in one query.

        With a user, only a posting that this user may see.
        """
        postings = self.model._meta.get_field("postings").related_model.objects.in_force(day)
        if user is not None:
            postings = postings.visible_to(user)
        related = postings.select_related("unit", "position", "rank")
        return self.prefetch_related(Prefetch("postings", related, to_attr="postings_in_force"))


class PositionQuerySet(QuerySet):
    """Positions held."""

    def leading(self):
        """Positions of leaders: level cấp Vụ or cấp Phòng."""
        return self.exclude(level="")


class UserQuerySet(QuerySet):
    """Accounts."""

    def visible_to(self, user):
        """All for an admin, else one's own."""
        return self if getattr(user, "role", None) == ADMIN else self.filter(pk=user.pk)
