"""One person in one class."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import CourseSession, Field
from enrollments.querysets import EnrollmentQuerySet
from enrollments.status import COUNTED, INACTIVE, Status
from personnel.models import Position, Rank, Staff, Unit
from vpcp_training.change_sets import History
from vpcp_training.fields import TextLineField

# What is recorded of an enrollment besides its status: the decision to send, and what came of it.
DECISION_FACTS = ("decision_number", "decision_date", "decision_signer")
OUTCOME_FACTS = ("result", "certificate_number", "certificate_date")
FACTS = (*DECISION_FACTS, *OUTCOME_FACTS)


class EnrollmentHistory(History):
    """History of enrollments, asked by record and by class; an index for each reference would cost more than its rows.

    New rows are counted by year (`reports.remembered`), and the few that were deleted are asked by person as well.
    """

    def get_extra_fields(self, model, fields):
        return {**super().get_extra_fields(model, fields), "history_date": models.DateTimeField()}

    def get_meta_options(self, model):
        growth = models.Index(fields=["year", "history_date"], name="enrollment_history_growth")
        removed = models.Index(fields=["staff"], condition=Q(history_type="-"), name="enrollment_removed")
        return {**super().get_meta_options(model), "indexes": [growth, removed]}


class Enrollment(models.Model):
    """One person in one class.

    Year and field are those of the class; unit, position and rank are the person's posting on its opening date. They
    are snapshots, so that no later move changes a past year; `enrollments.snapshots` derives them, nothing else.
    """

    session = models.ForeignKey(CourseSession, models.PROTECT, related_name="enrollments", verbose_name=_("class"))
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="enrollments", verbose_name=_("staff member"))
    status = models.CharField(_("status"), max_length=20, choices=Status)
    reason = TextLineField(_("reason"), max_length=500, blank=True)
    decision_number = TextLineField(_("decision number"), max_length=100, blank=True)
    decision_date = models.DateField(_("decision date"), null=True, blank=True)
    decision_signer = TextLineField(_("signer"), max_length=255, blank=True)
    result = TextLineField(_("result"), max_length=100, blank=True)
    certificate_number = TextLineField(_("certificate number"), max_length=100, blank=True)
    certificate_date = models.DateField(_("certificate issued on"), null=True, blank=True)

    year = models.PositiveSmallIntegerField(_("year"), editable=False)
    field = models.ForeignKey(Field, models.PROTECT, editable=False, related_name="+", verbose_name=_("field"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, editable=False, related_name="enrollments", verbose_name=_("unit")
    )
    position = models.ForeignKey(
        Position, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("position held")
    )
    rank = models.ForeignKey(Rank, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("rank"))

    objects = EnrollmentQuerySet.as_manager()
    history = EnrollmentHistory(no_db_index=["staff", "field", "unit", "position", "rank"])

    class Meta:
        verbose_name = _("enrollment")
        verbose_name_plural = _("enrollments")
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "staff"],
                condition=~Q(status__in=INACTIVE),
                name="enrollment_active_session_staff_unique",
                violation_error_message=_("This person is already in the class."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=COUNTED) | Q(unit__isnull=False), name="enrollment_counted_has_unit"
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="enrollment_status_is_known"),
        ]
        indexes = [
            models.Index(fields=["year", "field", "unit", "status", "staff"], name="enrollment_report"),
            models.Index(fields=["-year", "-id"], name="enrollment_recent"),
            models.Index(fields=["year", "staff", "status"], name="enrollment_people"),
            # What waits for hr, each of them a few rows among all; with the status SQLite need not look at the rows.
            models.Index(fields=["status", "unit"], condition=Q(status=Status.PROPOSED), name="enrollment_proposed"),
            models.Index(
                fields=["status", "session"],
                condition=Q(status=Status.SENT) | Q(status=Status.STUDYING),
                name="enrollment_without_result",
            ),
            models.Index(
                fields=["status", "unit"], condition=Q(decision_number=""), name="enrollment_without_decision"
            ),
        ]

    def __str__(self):
        return f"{self.staff}: {self.session}"

    @property
    def is_counted(self) -> bool:
        """Whether the row is a participation (lượt)."""
        return self.status in COUNTED
