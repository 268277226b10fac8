"""Staff members and where they were posted."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from personnel.querysets import PositionQuerySet, PostingQuerySet, RankQuerySet, StaffQuerySet
from vpcp_training.change_sets import History
from vpcp_training.fields import AlikeField, CodeField, CodeKeyField, NameSortField, SearchField, TextLineField
from vpcp_training.naming import BilingualName
from vpcp_training.partial_dates import PartialDateField
from vpcp_training.periods import Period
from vpcp_training.years import birth_problem

from .unit import Unit


class Rank(BilingualName):
    """Ngạch: grade of the civil service, such as 01.003 Chuyên viên."""

    code = CodeField(_("rank code"), max_length=50, unique=True)
    code_key = CodeKeyField(of=("code",), unique=True)

    objects = RankQuerySet.as_manager()
    history = History(excluded_fields=["code_key"])

    class Meta:
        verbose_name = _("rank")
        verbose_name_plural = _("ranks")
        ordering = ["code"]

    @property
    def code_and_name(self) -> str:
        """As people of the office know it: 01.003 Chuyên viên."""
        return f"{self.code} {self.display_name}"


class Position(BilingualName):
    """Chức vụ: position held; its level says whether the holder counts as a leader."""

    class Level(models.TextChoices):
        DEPARTMENT = "department", _("Department level")
        DIVISION = "division", _("Division level")

    level = models.CharField(_("level"), max_length=20, choices=Level, blank=True)
    sort_order = models.PositiveIntegerField(_("order"), default=1000)

    objects = PositionQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["sort_order", "name"]
        constraints = [models.UniqueConstraint(fields=["name"], name="position_name_unique")]


class Staff(models.Model):
    """A cadre, civil servant, public employee or contract worker of the office."""

    class Gender(models.TextChoices):
        MALE = "male", _("Male")
        FEMALE = "female", _("Female")

    class Category(models.TextChoices):
        CADRE = "cadre", _("Cadre")
        CIVIL_SERVANT = "civil_servant", _("Civil servant")
        PUBLIC_EMPLOYEE = "public_employee", _("Public employee")
        CONTRACT_WORKER = "contract_worker", _("Contract worker")

    code = CodeField(_("staff code"), max_length=50, unique=True)
    code_key = CodeKeyField(of=("code",), unique=True)
    full_name = TextLineField(_("full name"), max_length=100)
    birth_date = PartialDateField(_("date of birth"), null=True, blank=True)
    gender = models.CharField(_("gender"), max_length=10, choices=Gender)
    is_ethnic_minority = models.BooleanField(_("ethnic minority"), default=False)
    category = models.CharField(_("category"), max_length=20, choices=Category, blank=True)
    search = SearchField(of=("code", "full_name"), max_length=300)
    sort_key = NameSortField(of=("full_name",), max_length=1500)
    alike = AlikeField(of=("full_name",))

    objects = StaffQuerySet.as_manager()
    history = History(excluded_fields=["code_key", "search", "sort_key", "alike"])

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff")
        ordering = ["sort_key", "birth_date", "pk"]
        # With the search column, a search in the order of names need not visit the rows that do not match.
        indexes = [
            models.Index(fields=["sort_key", "birth_date", "id", "search"], name="staff_by_name"),
            models.Index(fields=["alike"], name="staff_alike"),
        ]

    def __str__(self):
        return f"{self.full_name} ({self.code})"

    def clean(self):
        super().clean()
        if self.birth_date and (problem := birth_problem(self.birth_date)):
            raise ValidationError({"birth_date": problem})

    @property
    def current_posting(self) -> "Posting | None":
        """The posting prefetched by `StaffQuerySet.with_posting`."""
        return next(iter(self.postings_in_force), None)


class Posting(models.Model):
    """One person in one unit, position and rank, from a day to a day (both included; open without an end).

    Postings of a person never overlap: an exclusion constraint on PostgreSQL, the services on SQLite.
    """

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="postings", verbose_name=_("staff member"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="postings", verbose_name=_("unit"))
    position = models.ForeignKey(
        Position, models.PROTECT, null=True, blank=True, related_name="postings", verbose_name=_("position held")
    )
    rank = models.ForeignKey(
        Rank, models.PROTECT, null=True, blank=True, related_name="postings", verbose_name=_("rank")
    )
    start = models.DateField(_("from date"))
    end = models.DateField(_("to date"), null=True, blank=True)

    objects = PostingQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        ordering = ["-start"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gte=F("start")) | Q(end=None),
                name="posting_end_not_before_start",
                violation_error_message=_("The last day must not be before the first day."),
            ),
            models.UniqueConstraint(fields=["staff", "start"], name="posting_staff_start_unique"),
        ]
        indexes = [models.Index(fields=["staff", "start", "end"], name="posting_staff_dates")]

    def __str__(self):
        return f"{self.staff}: {self.unit}"

    @property
    def period(self) -> str:
        """From which day to which, in words."""
        end = date_format(self.end, "SHORT_DATE_FORMAT") if self.end else gettext("now")
        return f"{date_format(self.start, 'SHORT_DATE_FORMAT')} – {end}"

    @property
    def days(self) -> Period:
        """When the posting is in force."""
        return Period(self.start, self.end)
