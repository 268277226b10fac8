"""Questions asked of units, staff and postings."""

import datetime
from collections import Counter
from functools import reduce
from operator import or_
from typing import Self

from django.apps import apps
from django.conf import settings
from django.db.models import Case, Count, F, FilteredRelation, Prefetch, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext, override

from vpcp_training.periods import Period, PeriodColumns
from vpcp_training.roles import ADMINS, LOG_READERS, By, has_role, sees_minority, sees_whole_office
from vpcp_training.searching import CodeListQuerySet, FewQuerySet, M, SearchableQuerySet
from vpcp_training.text import alike_beginnings, alike_column, fold, spellings

VALIDITY = PeriodColumns("valid_from", "valid_to", open_start=True, open_end=True)  # of a unit
POSTED = PeriodColumns("start", "end", open_end=True)  # of a posting


def units_of(user: By) -> QuerySet:
    """The units a user sees: all, the subtree of a leader's unit, or none."""
    return apps.get_model("personnel", "Unit").objects.visible_to(user)


def tree_order(unit: str = "", *, within: QuerySet | None = None, descending: bool = False) -> list:
    """What to order by so that rows come as the tree of units reads: each unit, then those below it, in their order.

    `unit` is the path to the unit, such as "unit__". Rows without one, or with one that is not `within` these units,
    come last either way.
    """
    up, top = f"{unit}parent__", f"{unit}parent__parent__"
    is_third, is_second = Q(**{f"{top}pk__isnull": False}), Q(**{f"{up}pk__isnull": False})

    def of_level(name: str, before: int | str) -> tuple[Coalesce, Case, Case]:
        own, parent = F(f"{unit}{name}"), F(f"{up}{name}")
        return (
            Coalesce(F(f"{top}{name}"), parent, own),
            Case(When(is_third, then=parent), When(is_second, then=own), default=Value(before)),
            Case(When(is_third, then=own), default=Value(before)),
        )

    levels = zip(of_level("sort_order", -1), of_level("code", ""), strict=True)
    keys = [key for level in levels for key in level]
    if within is not None:
        keys = [Case(When(**{f"{unit}pk__in": within}, then=key)) for key in keys]
    return [key.desc(nulls_last=True) if descending else key.asc(nulls_last=True) for key in keys]


class UnitQuerySet(SearchableQuerySet[M]):
    """Units; the tree is at most three deep, so a subtree is the unit, its children and theirs."""

    def as_tree(self) -> Self:
        """Each unit before those below it; `depth` is known without further queries."""
        return self.select_related("parent__parent").order_by(*tree_order())

    def subtree_of(self, unit_id: int) -> Self:
        """The unit and all below it."""
        return self.filter(Q(pk=unit_id) | Q(parent=unit_id) | Q(parent__parent=unit_id))

    def people_on(self, day: datetime.date) -> dict[int, int]:
        """How many people are posted on a day in each unit and all below it, by the id of the unit."""
        postings = apps.get_model("personnel", "Posting").objects.in_force(day).filter(unit__in=self)
        posted = dict(postings.order_by().values_list("unit").annotate(Count("pk")))
        people: Counter[int] = Counter()
        for units in self.order_by().values_list("pk", "parent", "parent__parent"):
            people.update(dict.fromkeys(filter(None, units), posted.get(units[0], 0)))
        return people

    def visible_to(self, user: By) -> Self:
        """All for hr and admin; a leader's own subtree; none for a leader without a unit."""
        if sees_whole_office(user):
            return self
        unit_id = getattr(user, "unit_id", None)
        return self.subtree_of(unit_id) if unit_id else self.none()

    def in_force(self, start: datetime.date, end: datetime.date | None = None) -> Self:
        """Units in force at some time from `start` to `end` (both included; one day without `end`)."""
        return self.filter(VALIDITY.overlaps(Period(start, end or start)))


class PostingQuerySet(QuerySet[M]):
    """Who was where, from–to."""

    def in_force(self, day: datetime.date) -> Self:
        """Postings in force on a day (both ends included); at most one a person."""
        return self.filter(POSTED.covers(day))

    def visible_to(self, user: By) -> Self:
        """Postings of the units the user sees."""
        return self if sees_whole_office(user) else self.filter(unit__in=units_of(user))


class StaffQuerySet(SearchableQuerySet[M]):
    """Staff members."""

    def by_name(self) -> Self:
        """In the order of Vietnamese given names."""
        return self.order_by("sort_key", "birth_date", "pk")

    def called(self, query: str) -> Self:
        """Those whose code or name this may be, whatever the diacritics, and perhaps others: an index finds them."""
        return self.filter(Q(code__in={query, *spellings(fold(query))}) | Q(alike=alike_column(query)))

    def name_begins(self, query: str) -> Self:
        """Those whose name, not their code, begins with the query, whatever the diacritics: an index finds them."""
        line = f"\n {fold(query)}"
        ranges = (Q(alike__gte=key, alike__lt=f"{key}g") for key in alike_beginnings(query))
        return self.filter(reduce(or_, ranges), search__contains=line).exclude(search__startswith=line)

    def in_service(self, day: datetime.date, units: QuerySet | None = None) -> Self:
        """Persons with a posting in force on a day, in one of `units` if given."""
        postings = apps.get_model("personnel", "Posting").objects.in_force(day)
        if units is not None:
            postings = postings.filter(unit__in=units)
        return self.filter(pk__in=postings.values("staff"))

    def posted(self, day: datetime.date) -> Self:
        """Joins the posting in force on `day` as `post`, to order by it or annotate from it (`post__unit__name`).

        It is joined whoever asks: leave to `units_of(user)` what is told of its unit.
        """
        return self.annotate(post=FilteredRelation("postings", condition=POSTED.of("postings").covers(day)))

    def told_apart(self, user: By = None) -> Self:
        """Annotates the name of today's unit, as far as the user sees it: `unit_name` and `unit_name_en`."""
        names: dict[str, Combinable] = {"unit_name": F("post__unit__name"), "unit_name_en": F("post__unit__name_en")}
        if user and not sees_whole_office(user):
            names = {key: Case(When(post__unit__in=units_of(user), then=name)) for key, name in names.items()}
        return self.posted(timezone.localdate()).annotate(**names)

    def namesakes(self, full_name: str, birth_date: datetime.date) -> Self:
        """Persons of the same name, whatever the diacritics, y or i, perhaps born on the same day: the same person?"""
        return self.filter(birth_date__agrees=birth_date, alike=alike_column(full_name))

    def visible_to(self, user: By) -> Self:
        """All for hr and admin; for a leader, people in the subtree today or with an enrollment recorded there."""
        if sees_whole_office(user):
            return self
        units = units_of(user)
        today = self.in_service(timezone.localdate(), units).values("pk")
        recorded = self.model._base_manager.filter(enrollments__unit__in=units).values("pk")
        return self.filter(Q(pk__in=today) | Q(pk__in=recorded))

    def with_posting(self, day: datetime.date, user: By = None) -> Self:
        """Prefetches the posting in force on `day` (read it as `staff.current_posting`) in one query.

        With a user, only a posting that this user may see.
        """
        postings = apps.get_model("personnel", "Posting").objects.in_force(day)
        if user is not None:
            postings = postings.visible_to(user)
        related = postings.select_related("unit", "position", "rank")
        return self.prefetch_related(Prefetch("postings", related, to_attr="postings_in_force"))


class RankQuerySet(CodeListQuerySet[M]):
    """Ranks."""

    searched = ("code", "name", "name_en")


class PositionQuerySet(CodeListQuerySet[M]):
    """Positions held."""

    searched = ("name", "name_en")

    def leading(self) -> Self:
        """Positions of leaders: level cấp Vụ or cấp Phòng."""
        return self.exclude(level="")


class UserQuerySet(FewQuerySet[M]):
    """Accounts."""

    searched = ("username", "full_name")

    def active_admins(self) -> Self:
        """Those who can let others in."""
        return self.filter(role__in=ADMINS, is_active=True)

    def visible_to(self, user: By) -> Self:
        """All for an admin, else one's own."""
        return self if user is None or has_role(user, ADMINS) else self.filter(pk=user.pk)


class ExportLogQuerySet(QuerySet[M]):
    """Who took what out of the system."""

    def visible_to(self, user: By) -> Self:
        """All for those who read logs, but lists by a mark that they do not see; else one's own."""
        if not has_role(user, LOG_READERS):
            return self.filter(user=user)
        return self if sees_minority(user) else self.exclude(_by_minority())

    def matching(self, query: str) -> Self:
        """Those of a user so named, or whose list or filter holds the query as it is written."""
        users = apps.get_model("personnel", "User").objects.matching(query)
        return self.filter(Q(user__in=users) | Q(what__icontains=query) | Q(query__icontains=query))


def _by_minority() -> Q:
    """Exports of lists by the ethnic-minority mark: their filter is kept in the words of whoever exported."""
    found = Q()
    for code, _name in settings.LANGUAGES:
        with override(code):
            found |= Q(query__contains=gettext("Ethnic minority"))
    return found
