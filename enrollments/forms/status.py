"""Forms of what happens to an enrollment: its facts, a step of its status."""

from django import forms
from django.forms.models import fields_for_model
from django.utils.translation import gettext_lazy as _

from enrollments.models import DECISION_FACTS, FACTS, OUTCOME_FACTS, Enrollment
from enrollments.services.certificates import is_taken_back
from enrollments.status import Status, needs_reason
from vpcp_training.lines import LineField
from vpcp_training.screens.forms import AsksAboutOldFonts, RecordForm, office_field
from vpcp_training.spelling import Spelling, words_in_use

from .fields import DecisionSigned, KeepResultField

# The facts that come with a step of the workflow: the decision with the sending, the outcome at the end.
_FACTS_OF = {Status.SENT: DECISION_FACTS, Status.COMPLETED: OUTCOME_FACTS, Status.NOT_COMPLETED: ("result",)}


class EnrollmentForm(DecisionSigned, RecordForm):
    """The facts of an enrollment; its status has a page of its own."""

    open_lists = ("result",)

    class Meta(RecordForm.Meta):
        model = Enrollment
        fields = FACTS

    def beside(self):
        """The others in the class: of all there are too many."""
        return super().beside().filter(session=self.instance.session_id)


class StatusForm(DecisionSigned, AsksAboutOldFonts, forms.Form):
    """A step of the workflow, of one enrollment or of several, with the facts that come with it."""

    reason = LineField(label=_("Reason"), max_length=500)
    keep_result = KeepResultField()
    confirmed = forms.BooleanField(label=_("Send in spite of what is said above"), required=False)

    def __init__(self, *args, rows: list[Enrollment], status: Status, to_confirm: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows, self.single = rows, len(rows) == 1
        names = _FACTS_OF.get(status, ()) if rows else ()
        if not self.single:
            names = [name for name in names if name != "certificate_number"]  # which is one person's own
        facts = fields_for_model(Enrollment, names, formfield_callback=office_field)
        self.fields.update(facts)
        if self.single:
            self.initial = {name: getattr(rows[0], name) for name in facts} | self.initial
        if not any(needs_reason(row.status, status) for row in rows):
            del self.fields["reason"]
        if not any(is_taken_back(row, status) for row in rows):
            del self.fields["keep_result"]
        if not to_confirm:
            del self.fields["confirmed"]

    def clean_result(self):
        beside = Enrollment.objects.filter(session__in={row.session_id for row in self.rows}).exclude(
            pk__in=[row.pk for row in self.rows]
        )
        return Spelling(words_in_use(beside, "result")).of(self.cleaned_data["result"])

    @property
    def facts(self) -> dict:
        """The facts to store; what is left empty for several people keeps what each of them has."""
        given = {name: self.cleaned_data[name] for name in FACTS if name in self.fields}
        return {name: value for name, value in given.items() if value or self.single}
