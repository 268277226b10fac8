"""Forms of what happens to an enrollment: its facts, a step of its status, the completion of a whole class."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField
from django.forms.models import fields_for_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enrollments.models import FACTS, Enrollment
from enrollments.status import Status, needs_reason
from vpcp_training.forms import ClearMessages, RecordForm, VietnameseDateField, office_field

from .fields import KnownValues, LineField

# The facts that come with a step of the workflow: the decision with the sending, the outcome at the end.
_FACTS_OF = {Status.SENT: FACTS[:3], Status.COMPLETED: FACTS[3:], Status.NOT_COMPLETED: FACTS[3:4]}


class EnrollmentForm(RecordForm):
    """The facts of an enrollment; its status has a page of its own."""

    class Meta(RecordForm.Meta):
        model = Enrollment
        fields = FACTS


class StatusForm(ClearMessages, forms.Form):
    """A step of the workflow, of one enrollment or of several, with the facts that come with it."""

    reason = LineField(label=gettext_lazy("Reason"), max_length=500)
    confirmed = forms.BooleanField(label=gettext_lazy("Send in spite of what is said above"), required=False)

    def __init__(self, *args, rows: list[Enrollment], status: Status, to_confirm: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.single = len(rows) == 1
        names = _FACTS_OF.get(status, ()) if rows else ()
        if not self.single:
            names = [name for name in names if name != "certificate_number"]  # which is one person's own
        facts = fields_for_model(Enrollment, names, formfield_callback=office_field)
        self.fields.update(facts)
        if self.single:
            self.initial = {name: getattr(rows[0], name) for name in facts} | self.initial
        if not any(needs_reason(row.status, status) for row in rows):
            del self.fields["reason"]
        if not to_confirm:
            del self.fields["confirmed"]

    @property
    def facts(self) -> dict:
        """The facts to store; what is left empty for several people keeps what each of them has."""
        given = {name: self.cleaned_data[name] for name in FACTS if name in self.fields}
        return {name: value for name, value in given.items() if value or self.single}


@dataclass(frozen=True)
class CompletionRow:
    """One person of the class and the fields to fill in."""

    enrollment: Enrollment
    status: BoundField
    reason: BoundField
    result: BoundField
    certificate: BoundField

    @property
    def names(self) -> list[str]:
        """The names of the fields."""
        return [field.name for field in (self.status, self.reason, self.result, self.certificate)]

    @property
    def outcome(self) -> str:
        """The words of the outcome that was chosen; what was sent in its place otherwise."""
        value = self.status.value()
        return Status(value).label if value in Status.values else value


class CompletionForm(ClearMessages, forms.Form):
    """A whole class: everyone completes it, except where another outcome is chosen."""

    OUTCOMES = (Status.COMPLETED, Status.NOT_COMPLETED, Status.DROPPED_OUT)
    certificate_date = VietnameseDateField(
        label=gettext_lazy("Certificates issued on"),
        required=False,
        help_text=gettext_lazy("Stored for those with a certificate number below; nobody else gets a date."),
    )

    def __init__(self, *args, rows: list[Enrollment], **kwargs):
        super().__init__(*args, **kwargs)
        self.enrollments = rows
        if not rows:
            del self.fields["certificate_date"]
        results = sorted({row.result for row in rows if row.result})
        for row in rows:
            labels = {"name": row.staff.full_name}
            self.fields |= {
                f"status_{row.pk}": forms.ChoiceField(
                    label=_("Outcome of %(name)s") % labels,
                    choices=[(status, status.label) for status in self.OUTCOMES],
                    initial=Status.COMPLETED,
                ),
                f"reason_{row.pk}": LineField(label=_("Reason for %(name)s") % labels, max_length=500, required=False),
                f"result_{row.pk}": LineField(
                    label=_("Result of %(name)s") % labels,
                    max_length=100,
                    required=False,
                    initial=row.result,
                    widget=KnownValues(results),
                ),
                f"certificate_{row.pk}": LineField(
                    label=_("Certificate number of %(name)s") % labels,
                    max_length=100,
                    required=False,
                    initial=row.certificate_number,
                ),
            }

    def clean(self):
        cleaned = super().clean()
        for row in self.enrollments:
            status = cleaned.get(f"status_{row.pk}")
            if status and needs_reason(row.status, status) and not cleaned.get(f"reason_{row.pk}"):
                self.add_error(f"reason_{row.pk}", _("Say why it is “%(status)s”.") % {"status": Status(status).label})
        if cleaned.get("certificate_date") and not any(self._is_certified(row) for row in self.enrollments):
            text = _("Nobody who completes has a certificate number. Enter the numbers below, or leave the date empty.")
            self.add_error("certificate_date", text)
        return cleaned

    def _is_certified(self, row: Enrollment) -> bool:
        """Whether the person completes and has a number, or has a field in which something else is wrong."""
        values = [self.cleaned_data.get(f"{name}_{row.pk}") for name in ("status", "certificate")]
        return values[0] == Status.COMPLETED and values[1] != ""

    def rows(self) -> Iterator[CompletionRow]:
        """The people with their fields, in the order of the roster."""
        for row in self.enrollments:
            yield CompletionRow(
                row, *(self[f"{name}_{row.pk}"] for name in ("status", "reason", "result", "certificate"))
            )

    @property
    def exceptions(self) -> dict[int, tuple[Status, str]]:
        """Those who do not complete the class, and why."""
        outcomes = {row.pk: Status(self._of(row, "status")) for row in self.enrollments}
        return {
            row.pk: (outcomes[row.pk], self._of(row, "reason"))
            for row in self.enrollments
            if outcomes[row.pk] != Status.COMPLETED
        }

    @property
    def results(self) -> dict[int, str]:
        """The result of each person."""
        return {row.pk: self._of(row, "result") for row in self.enrollments}

    @property
    def certificates(self) -> dict[int, tuple[str, datetime.date | None]]:
        """Number and date of issue of each certificate; without a number there is no date."""
        common, certificates = self.cleaned_data.get("certificate_date"), {}
        for row in self.enrollments:
            number = self._of(row, "certificate")
            certificates[row.pk] = (number, (common or row.certificate_date) if number else None)
        return certificates

    def _of(self, row: Enrollment, name: str):
        return self.cleaned_data[f"{name}_{row.pk}"]
