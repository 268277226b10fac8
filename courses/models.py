"""What is taught: fields, courses, providers, and classes (course sessions)."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vpcp_training.change_sets import History
from vpcp_training.fields import CodeField, CodeKeyField, DictionarySortField, SearchField, TextLineField
from vpcp_training.naming import BilingualName
from vpcp_training.periods import Period
from vpcp_training.text import fold

from .countries import AT_HOME, HOME_COUNTRY
from .querysets import CourseQuerySet, FieldQuerySet, ProviderQuerySet, SessionQuerySet


class CountryField(TextLineField):
    """A country's name; the ways people write Việt Nam are stored as one."""

    def to_python(self, value):
        value = super().to_python(value)
        return HOME_COUNTRY if value and fold(value).replace(" ", "") == "vietnam" else value


class Field(BilingualName):
    """Lĩnh vực: field of training. A used field is never deleted, it is retired from a year on."""

    code = CodeField(_("field code"), max_length=50, unique=True)
    code_key = CodeKeyField(of=("code",), unique=True)
    sort_order = models.PositiveIntegerField(_("order"), default=0)
    retired_from = models.PositiveIntegerField(
        _("retired from year"), null=True, blank=True, help_text=_("From this year on no new course takes this field.")
    )

    objects = FieldQuerySet.as_manager()
    history = History(excluded_fields=["code_key"])

    class Meta:
        verbose_name = _("field")
        verbose_name_plural = _("fields")
        ordering = ["sort_order", "code"]


class Provider(models.Model):
    """Cơ sở đào tạo: school or centre that gives the classes."""

    name = TextLineField(_("name"), max_length=255, unique=True)
    sort_key = DictionarySortField(of=("name",), max_length=1000)

    objects = ProviderQuerySet.as_manager()
    history = History(excluded_fields=["sort_key"])

    class Meta:
        verbose_name = _("training provider")
        verbose_name_plural = _("training providers")
        ordering = ["sort_key"]

    def __str__(self):
        return self.name


class Course(BilingualName):
    """Chương trình: a course of the catalogue; it opens as classes."""

    code = CodeField(_("course code"), max_length=50, unique=True)
    code_key = CodeKeyField(of=("code",), unique=True)
    field = models.ForeignKey(Field, models.PROTECT, related_name="courses", verbose_name=_("field"))
    level = TextLineField(_("course level"), max_length=100, blank=True)
    periods = models.PositiveIntegerField(_("teaching periods"), null=True, blank=True)
    search = SearchField(of=("code", "name", "name_en"), max_length=1200)
    sort_key = DictionarySortField(of=("name",), max_length=1000)

    objects = CourseQuerySet.as_manager()
    history = History(excluded_fields=["code_key", "search", "sort_key"])

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["field__sort_order", "code"]


class CourseSession(models.Model):
    """Lớp: one run of a course, from its opening day to its closing day."""

    class Mode(models.TextChoices):
        FULL_TIME = "full_time", _("Full-time")
        PART_TIME = "part_time", _("Part-time")
        ONLINE = "online", _("Online")
        BLENDED = "blended", _("Blended")

        @classmethod
        def compatible(cls) -> list[str]:
            """Modes that leave a person free for another class on the same days."""
            return [cls.PART_TIME, cls.ONLINE]

    class Stage(models.TextChoices):
        UPCOMING = "upcoming", _("Upcoming")
        UNDER_WAY = "under_way", _("Under way")
        ENDED = "ended", _("Ended")
        CANCELLED = "cancelled", _("Class cancelled")

    code = CodeField(_("class code"), max_length=50, unique=True)
    code_key = CodeKeyField(of=("code",), unique=True)
    course = models.ForeignKey(Course, models.PROTECT, related_name="sessions", verbose_name=_("course"))
    name = TextLineField(_("class name"), max_length=255)
    start = models.DateField(_("opening date"))
    end = models.DateField(_("closing date"))
    mode = models.CharField(_("mode of study"), max_length=20, choices=Mode, blank=True)
    place = TextLineField(_("place"), max_length=255, blank=True)
    country = CountryField(
        _("country"),
        max_length=100,
        blank=True,
        help_text=_("Empty means Viet Nam; any other country counts as overseas."),
    )
    provider = models.ForeignKey(
        Provider, models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("training provider")
    )
    seats = models.PositiveIntegerField(_("seats"), null=True, blank=True, help_text=_("Empty means no limit."))
    cost = models.PositiveBigIntegerField(_("cost"), null=True, blank=True, help_text=_("In dong."))
    cancelled = models.BooleanField(_("class cancelled"), default=False, editable=False)
    cancel_reason = TextLineField(_("reason for cancelling"), max_length=500, blank=True, editable=False)
    search = SearchField(of=("code", "name"), max_length=700)

    objects = SessionQuerySet.as_manager()
    history = History(excluded_fields=["code_key", "search"])

    class Meta:
        verbose_name = _("class")
        verbose_name_plural = _("classes")
        ordering = ["-start", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gte=F("start")),
                name="session_end_not_before_start",
                violation_error_message=_("The closing date must not be before the opening date."),
            ),
        ]
        indexes = [
            models.Index(fields=["start", "end"], name="session_dates"),
            models.Index(fields=["-start", "code"], name="session_recent"),
        ]

    def __str__(self):
        return f"{self.name} ({self.code})"

    @property
    def is_overseas(self) -> bool:
        """Whether the class is held outside Viet Nam; an empty country means Viet Nam."""
        return self.country not in AT_HOME

    @property
    def days(self) -> Period:
        """From the opening to the closing date."""
        return Period(self.start, self.end)

    def stage(self, today: datetime.date | None = None) -> Stage:
        """Where the class stands, from its dates; only a cancellation is recorded."""
        today = today or timezone.localdate()
        if self.cancelled:
            return self.Stage.CANCELLED
        if today < self.start:
            return self.Stage.UPCOMING
        return self.Stage.UNDER_WAY if self.days.covers(today) else self.Stage.ENDED
