"""Questions asked of received lists, and of what people answered about their words."""

from collections.abc import Collection
from typing import Self

from django.db.models import Q, QuerySet

from vpcp_training.bulk import array_parameter
from vpcp_training.roles import By, sees_whole_office


class ListAnswerQuerySet(QuerySet):
    """Answers, which hold for the whole office."""

    def visible_to(self, user: By) -> Self:
        """All for those who see the whole office, else none: their words name anybody."""
        return self if sees_whole_office(user) else self.none()

    def matching(self, query: str) -> Self:
        """Those whose words, or the name or code of whom they mean, hold the query."""
        people = self.model._meta.get_field("staff").related_model.objects.matching(query)
        return self.filter(Q(words__icontains=query) | Q(staff__in=people))

    def people(self, keys: Collection[str]) -> QuerySet:
        """Keys and people of those answers to words about a person that have one of these keys."""
        found = self.filter(kind=self.model.Kind.PERSON, key__in=array_parameter(keys)) if keys else self.none()
        return found.order_by().values_list("key", "staff")

    def units(self) -> QuerySet:
        """Keys and units of the answers to words about a unit."""
        return self.filter(kind=self.model.Kind.UNIT).order_by().values_list("key", "unit")

    def headings(self) -> QuerySet:
        """Words and columns of the answers to headings."""
        return self.filter(kind=self.model.Kind.HEADING).order_by("pk").values_list("words", "column")


class ReceivedListQuerySet(QuerySet):
    """Lists of people that were received."""

    def visible_to(self, user: By) -> Self:
        """One's own."""
        return self.filter(file__user=user) if user else self

    def not_discarded(self) -> Self:
        """Those to be looked at, and those that were sent."""
        return self.exclude(state=self.model.State.DISCARDED)
