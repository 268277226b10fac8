"""An exchange workbook uploaded in the browser, and what people answered about lists as offices send them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exchange.querysets import ListAnswerQuerySet
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
        PERSON = "person", _("Person")
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
