"""The form of the results of a whole class: a line for each person who was sent."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enrollments.models import Enrollment
from enrollments.services.certificates import ensure_study_has_ended, is_taken_back
from enrollments.services.workflow import Outcome
from enrollments.status import COUNTED, Status, needs_reason, steps_to
from vpcp_training.errors import DomainError
from vpcp_training.lines import LineField
from vpcp_training.screens.forms import ClearMessages, VietnameseDateField
from vpcp_training.spelling import Spelling
from vpcp_training.text import first_names

from .fields import KeepResultField, KnownValues

_CELLS = ("status", "reason", "result", "certificate", "day")


@dataclass(frozen=True)
class ResultsRow:
    """One person of the class and the fields to fill in."""

    enrollment: Enrollment
    status: BoundField
    reason: BoundField
    result: BoundField
    certificate: BoundField
    day: BoundField

    @property
    def cells(self) -> list[BoundField]:
        """The fields in the order of the columns."""
        return [getattr(self, name) for name in _CELLS]

    @property
    def has_errors(self) -> bool:
        """Whether something in the line has to be corrected."""
        return any(cell.errors for cell in self.cells)

    @property
    def recorded_reason(self) -> str:
        """The reason of the status as it stands."""
        reason = self.enrollment.reason
        return reason and _("Recorded: %(reason)s") % {"reason": reason}

    @property
    def chosen_status(self) -> str:
        """The words of the status that was chosen; what was sent in its place otherwise."""
        value = self.status.value()
        return Status(value).label if value in Status.values else value


class ResultsForm(ClearMessages, forms.Form):
    """What became of everybody in a class, as it stands and as it is now entered.

    From the closing date on (`ended`), those who were sent or study are taken to have completed it unless another
    status is chosen. Before, everybody stays as they are, and so does always whoever was `decided` about once, by the
    keys of enrollments: an outcome that was taken back does not come again by itself.
    """

    certificate_date = VietnameseDateField(
        label=gettext_lazy("Certificates issued on"),
        required=False,
        help_text=gettext_lazy("Stored for those with a certificate number and no day of their own below."),
    )
    keep_result = KeepResultField(required=False)

    def __init__(self, *args, rows: list[Enrollment], ended: bool, decided: set[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.enrollments, self.ended = rows, ended
        self.undecided = {row.pk for row in rows} - decided
        if not rows:
            self.fields.clear()
        results = sorted({row.result for row in rows if row.result})
        for row in rows:
            labels = {"name": row.staff.full_name}
            self.fields |= {
                f"status_{row.pk}": forms.ChoiceField(
                    label=_("Status of %(name)s") % labels,
                    choices=list(_choices(row)),
                    initial=Status.COMPLETED if ended and row.pk in self.undecided else row.status,
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
                f"day_{row.pk}": VietnameseDateField(
                    label=_("Issue date for %(name)s") % labels,
                    required=False,
                    initial=row.certificate_date,
                ),
            }

    def clean(self):
        cleaned = super().clean()
        asked = [row.staff.full_name for row in self.enrollments if self._takes_back(row)]
        if asked and cleaned.get("keep_result") is None and "keep_result" not in self.errors:
            text = _("Say what becomes of the result and the certificate of %(names)s.")
            self.add_error("keep_result", text % {"names": first_names(asked)})
        self._spell_results()
        for row in self.enrollments:
            self._check_reason(row)
            self._check_certificate(row)
        if cleaned.get("certificate_date"):
            self._check_common_day()
        return cleaned

    def _takes_back(self, row: Enrollment) -> bool:
        """Whether a completion is taken back and its result or certificate left as stored; what is to go then goes."""
        status = self.cleaned_data.get(f"status_{row.pk}")
        if not status or status == row.status or not (row.status == Status.COMPLETED or is_taken_back(row, status)):
            return False
        stored = {"result": row.result, "certificate": row.certificate_number, "day": row.certificate_date}
        left = [name for name, value in stored.items() if value and self._of(row, name) == value]
        keep = self.cleaned_data.get("keep_result")
        for name in left:
            if keep is not None and not (keep and name == "result"):
                self.cleaned_data[f"{name}_{row.pk}"] = None if name == "day" else ""
        return bool(left)

    def _spell_results(self) -> None:
        """Spells the results that are new as those that stay, and as each other."""
        results = {row: self._of(row, "result") for row in self.enrollments}
        spelling = Spelling(sorted(result for row, result in results.items() if result and result == row.result))
        for row, result in results.items():
            if result:
                self.cleaned_data[f"result_{row.pk}"] = spelling.of(result)

    def _check_reason(self, row: Enrollment) -> None:
        status, reason = self._of(row, "status"), self._of(row, "reason")
        if status == row.status and reason:
            self.add_error(f"reason_{row.pk}", _("The status stays as it is: choose another one, or empty the reason."))
        elif status and status != row.status and needs_reason(row.status, status) and not reason:
            self.add_error(
                f"reason_{row.pk}", _("Say why the status changes to “%(status)s”.") % {"status": Status(status).label}
            )

    def _check_certificate(self, row: Enrollment) -> None:
        """What is wrong with a certificate that is entered anew."""
        status, number, day = (self._of(row, name) for name in ("status", "certificate", "day"))
        if not status or (number, day) == (row.certificate_number, row.certificate_date):
            return
        if day and number == "":
            text = _("Enter the number of the certificate as well, or empty the day.")
            self.add_error(f"day_{row.pk}", text)
        if self.cleaned_data.get("keep_result") is None and is_taken_back(row, status):
            return  # is asked what becomes of it
        try:
            ensure_study_has_ended(status, number, day)
        except DomainError as error:
            self.add_error(f"certificate_{row.pk}", str(error))

    def _check_common_day(self) -> None:
        numbered = [row for row in self.enrollments if self._is_certified(row)]
        if not numbered:
            text = _("Nobody who completes has a certificate number. Enter the numbers below, or leave the date empty.")
            self.add_error("certificate_date", text)
        elif all(self._of(row, "day") for row in numbered):
            text = _("Everybody with a certificate number has a day of their own below. Leave this date empty.")
            self.add_error("certificate_date", text)

    def _is_certified(self, row: Enrollment) -> bool:
        """Whether the person completes and has a number, or has a field in which something else is wrong."""
        return self._of(row, "status") == Status.COMPLETED and self._of(row, "certificate") != ""

    def rows(self) -> Iterator[ResultsRow]:
        """The people with their fields, in the order of the roster."""
        for row in self.enrollments:
            yield ResultsRow(row, **{name: self[f"{name}_{row.pk}"] for name in _CELLS})

    @property
    def outcomes(self) -> dict[int, Outcome]:
        """What became of each person; the common day goes to whoever has a number and no day."""
        return {row.pk: self._outcome(row) for row in self.enrollments}

    def _outcome(self, row: Enrollment) -> Outcome:
        number, day = self._of(row, "certificate"), self._of(row, "day")
        if number and not day:
            day = self.cleaned_data.get("certificate_date")
        return Outcome(
            status=Status(self._of(row, "status")),
            reason=self._of(row, "reason"),
            result=self._of(row, "result"),
            certificate_number=number,
            certificate_date=day,
        )

    def _of(self, row: Enrollment, name: str) -> str | datetime.date | None:
        return self.cleaned_data.get(f"{name}_{row.pk}")


def _choices(row: Enrollment) -> Iterator[tuple[str, str]]:
    """The status as it is, then those to which there is a way; nobody leaves the class here."""
    yield row.status, _("%(status)s (as before)") % {"status": row.get_status_display()}
    for status in COUNTED:
        if steps_to(row.status, status):
            yield status, status.label
