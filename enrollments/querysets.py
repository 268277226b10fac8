"""Questions asked of enrollments. The counting rule is here and nowhere else."""

import datetime
from typing import Self

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Replace, Upper

from courses.models import CourseSession
from personnel.models import Staff, Unit
from personnel.querysets import StaffQuerySet, units_of
from vpcp_training.roles import By, sees_whole_office
from vpcp_training.searching import M, closeness
from vpcp_training.text import clean_text, search_words

from .slices import SLICES
from .status import COUNTED, INACTIVE, Status


class EnrollmentQuerySet(QuerySet[M]):
    """Enrollments; compose the questions, as in `visible_to(user).participations().of_year(2012)`."""

    def participations(self) -> Self:
        """The rows that count as lượt: everyone who was sent, whatever came of it.

        Counted once, in the calendar year in which the class opens (`of_year`); proposals and those declined,
        postponed or cancelled do not count.
        """
        return self.filter(status__in=COUNTED)

    def awaiting_decision(self) -> Self:
        """Proposals: nobody has sent, declined, postponed or cancelled them so far, not even if the class is over."""
        return self.filter(status=Status.PROPOSED)

    def active(self) -> Self:
        """All but declined and cancelled: those that forbid enrolling the person in the class again."""
        return self.exclude(status__in=INACTIVE)

    def of_year(self, *years: int) -> Self:
        """Of classes that open in these years."""
        return self.filter(year__in=years)

    def in_unit(self, unit: Unit) -> Self:
        """Recorded in the unit or below it, by the posting on the opening date."""
        return self.filter(unit__in=Unit.objects.subtree_of(unit.pk))

    def visible_to(self, user: By) -> Self:
        """All for hr and admin; for a leader those recorded in their subtree."""
        return self if sees_whole_office(user) else self.filter(unit__in=units_of(user))

    def numbered_with(self, session: CourseSession) -> Self:
        """Those with a certificate of the same series as a class's: a provider numbers course by course."""
        classes = CourseSession.objects.filter(course=session.course_id, provider=session.provider_id)
        return self.filter(session__in=classes).exclude(certificate_number="")

    def in_slice(self, key: str) -> Self:
        """Those in a slice, by its key."""
        return self.filter(SLICES[key].rows)

    def without_result(self, day: datetime.date) -> Self:
        """Those sent or studying whose class is over on a day: nobody has said what became of them."""
        # One status or the other, as their index says it: SQLite does not see that a list of both is the same.
        return self.filter(Q(status=Status.SENT) | Q(status=Status.STUDYING), session__end__lt=day)

    def without_decision(self) -> Self:
        """Participations that say no number of a decision."""
        return self.participations().filter(decision_number="")

    def with_number(self, kind: str, text: str) -> Self:
        """Those whose number of a "decision" or "certificate" holds a text, in any case of letters, d for đ."""
        return self.alias(number=_plain(f"{kind}_number")).filter(number__contains=_plain_text(text))

    def matching(self, query: str) -> Self:
        """Those whose person or class holds every word of the query, or whose decision or certificate begins with it.

        Person and class are compared without diacritics; only a word with a digit may be the beginning of a number.
        """
        words, found = search_words(query), self
        of_classes = CourseSession.objects.words_held(query) if words else []
        # Words without a digit that no class holds leave the person alone, found by all of them together.
        of_people = [word for word in words if word not in of_classes and not _has_digit(word)]
        if of_people:
            found = found.filter(staff__in=Staff.objects.matching(" ".join(of_people)))
        for word in words:
            if word in of_people:
                continue
            # Looking up people and classes first reads each of them once, not once a row.
            where = Q(staff__in=Staff.objects.matching(word))
            if word in of_classes:
                where |= Q(session__in=CourseSession.objects.matching(word))
            if _has_digit(word):
                found = found.alias(decision=_plain("decision_number"), certificate=_plain("certificate_number"))
                where |= Q(decision__startswith=_plain_text(word)) | Q(certificate__startswith=_plain_text(word))
            found = found.filter(where)
        return found

    def nearness(self, query: str) -> Combinable:
        """What to order those matching by: how close the person or the class is to the query, the nearer of the two."""
        return closeness(query, "staff__", "session__")

    def people(self, staff: StaffQuerySet) -> StaffQuerySet:
        """Those of `staff` who are in these enrollments, each with the number of `participations` among them."""
        counted = self.participations().filter(staff=OuterRef("pk")).order_by()
        number = Subquery(counted.values("staff").annotate(n=Count("pk")).values("n"))
        return staff.filter(pk__in=self.order_by().values("staff")).annotate(participations=Coalesce(number, 0))

    def seats_taken_in(self, session: OuterRef) -> QuerySet:
        """How many hold a seat in the class of an outer query, as the one row of a `Subquery`."""
        counted = self.participations().filter(session=session).order_by()
        return counted.values("session").annotate(taken=Count("pk")).values("taken")

    def seats_taken(self) -> int:
        """How many hold a seat: the counted ones."""
        return self.participations().count()


def _has_digit(word: str) -> bool:
    return any(map(str.isdigit, word))


def _plain(column: str) -> Combinable:
    """A number as it is compared: capitals, D for Đ (which SQLite's own capitals leave alone)."""
    return Upper(Replace(Replace(column, Value("đ"), Value("D")), Value("Đ"), Value("D")))


def _plain_text(text: str) -> str:
    return clean_text(text).upper().replace("Đ", "D")


# The two figures of every table, always together; to be counted over participations.
COUNTS = {"participations": Count("*"), "people": Count("staff", distinct=True)}
