"""Files that came in: exchange workbooks, lists of people, and what people answered about the words of lists."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import CourseSession
from exchange.querysets import ListAnswerQuerySet, ReceivedListQuerySet
from personnel.models import Staff, Unit
from vpcp_training.change_sets import History


class WorkbookUpload(models.Model):
    """The file, the cells mended on screen, what the last check found, and when it was applied."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="uploads", verbose_name=_("user"))
    at = models.DateTimeField(_("time"), auto_now_add=True)
    file_name = models.CharField(_("file"), max_length=255)
    content = models.BinaryField(_("content"))
    corrections = models.JSONField(_("corrections"), default=list)
    report = models.JSONField(_("report"), default=dict)
    applied_at = models.DateTimeField(_("applied on"), null=True)

    class Meta:
        db_table = "enrollments_workbookupload"  # where it was made
        verbose_name = _("uploaded workbook")
        verbose_name_plural = _("uploaded workbooks")
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_written(self) -> bool:
        """Whether all of it was written."""
        return self.report["applied"] and not self.report["errors"]


class ListAnswer(models.Model):
    """What words of a list mean, as a person said: a person, a unit, or a column for a heading.

    `words` are shown; `key` is the same for all words that have the same answer (`exchange.lists.words`).
    """

    class Kind(models.TextChoices):
        PERSON = "person", pgettext_lazy("named by a list", "Person")
        UNIT = "unit", _("Unit")
        HEADING = "heading", _("Heading")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    words = models.TextField(_("words of the list"))
    key = models.CharField(max_length=64, editable=False)
    staff = models.ForeignKey(
        Staff, models.CASCADE, null=True, related_name="list_answers", verbose_name=_("staff member")
    )
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="list_answers", verbose_name=_("unit"))
    column = models.CharField(_("column"), max_length=50, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("answered by")
    )
    at = models.DateTimeField(_("time"), auto_now=True)

    objects = ListAnswerQuerySet.as_manager()
    history = History(excluded_fields=["key", "by", "at"])

    class Meta:
        verbose_name = _("answer to a list")
        verbose_name_plural = _("answers to lists")
        ordering = ["kind", "words", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="list_answer_words_unique"),
            models.CheckConstraint(
                condition=Q(kind="person", staff__isnull=False, unit=None, column="")
                | Q(kind="unit", unit__isnull=False, staff=None, column="")
                | (Q(kind="heading", staff=None, unit=None) & ~Q(column="")),
                name="list_answer_is_of_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def meaning(self) -> str:
        """The person, the unit or the column, as a person reads it."""
        return str(self.staff or self.unit or self.column)


class ReceivedFile(models.Model):
    """A file with lists of people, or a text that was pasted, as it came."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="received_files", verbose_name=_("user")
    )
    at = models.DateTimeField(_("time"), auto_now_add=True)
    name = models.CharField(_("file"), max_length=255)
    content = models.BinaryField(_("content"))
    digest = models.CharField(max_length=64, editable=False)
    asked_for = models.CharField(max_length=50, blank=True, editable=False)  # the code of the class it was sent for

    class Meta:
        verbose_name = _("received file")
        verbose_name_plural = _("received files")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "digest", "asked_for"], name="received_file_once")]

    def __str__(self) -> str:
        return self.name


class ReceivedList(models.Model):
    """A list in a received file, its class, and who was chosen for its rows, until it is sent or discarded.

    `answers` are by the number of the row: the key of a person, or 0 for somebody left out. The counts are those of
    the last look.
    """

    class State(models.TextChoices):
        OPEN = "open", _("To be looked at")
        SENT = "sent", _("Sent")
        DISCARDED = "discarded", _("Discarded")

    file = models.ForeignKey(ReceivedFile, models.CASCADE, related_name="lists", verbose_name=_("file"))
    place = models.PositiveSmallIntegerField()  # among the lists of the file
    name = models.CharField(_("sheet"), max_length=255, blank=True)
    title = models.TextField(_("title"), blank=True)
    decision_number = models.CharField(_("decision number"), max_length=100, blank=True)
    decision_date = models.DateField(_("decision date"), null=True)
    session = models.ForeignKey(
        CourseSession, models.SET_NULL, null=True, related_name="received_lists", verbose_name=_("class")
    )
    answers = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    sure = models.PositiveIntegerField(_("sure"), default=0)
    doubtful = models.PositiveIntegerField(_("to choose"), default=0)
    unknown = models.PositiveIntegerField(_("unknown"), default=0)
    sent = models.PositiveIntegerField(_("people sent"), default=0)

    objects = ReceivedListQuerySet.as_manager()

    class Meta:
        verbose_name = _("received list")
        verbose_name_plural = _("received lists")
        ordering = ["-file__at", "-file_id", "place"]
        constraints = [models.UniqueConstraint(fields=["file", "place"], name="received_list_place")]

    def __str__(self) -> str:
        return " · ".join(filter(None, [self.title or self.name, self.file.name]))

    @property
    def is_open(self) -> bool:
        """Whether it is still to be sent or discarded."""
        return self.state == self.State.OPEN

    @property
    def is_ready(self) -> bool:
        """Whether nothing is left to say but that the people are sent."""
        return self.is_open and self.session_id is not None and not self.doubtful and not self.unknown

    @property
    def label(self) -> str:
        """What the list calls itself, else its sheet or its file."""
        return self.title or self.name or self.file.name
