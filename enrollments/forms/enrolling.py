"""Forms of enrolling."""

import re
from urllib.parse import urlencode

from django import forms
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from courses.models import CourseSession
from enrollments.services.enrolling import Decision
from enrollments.status import Status
from personnel.models import Staff
from vpcp_training.forms import ClearMessages, PickField, PickManyField, VietnameseDateField
from vpcp_training.text import clean_text

from .fields import LineField


class EnrollForm(ClearMessages, forms.Form):
    """Who is enrolled in a class, and by which decision; a proposal has none."""

    people = PickManyField(
        Staff.objects.none(),
        url_name="enrollments:pick_candidates",
        label=_("People to add"),
        required=False,
        help_text=_("Type a name, in any order and without diacritics, or a code; several codes can be pasted."),
    )
    codes = forms.CharField(
        label=_("Staff codes"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Several codes with spaces, commas, semicolons or line breaks between them."),
    )
    status = forms.ChoiceField(
        label=_("Recorded as"), choices=[(status, status.label) for status in (Status.SENT, Status.PROPOSED)]
    )
    decision_number = LineField(label=_("Decision number"), max_length=100, required=False)
    decision_date = VietnameseDateField(label=_("Decision date"), required=False)
    decision_signer = LineField(label=_("Signer"), max_length=255, required=False)

    def __init__(self, *args, session: CourseSession, user, may_send: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.candidates = Staff.objects.visible_to(user)
        self.fields["people"].queryset = self.candidates
        self.fields["people"].widget.attrs |= {
            "data-pick-params": urlencode({"session": session.code}),
            "data-codes": self["codes"].auto_id,
            "autofocus": not self.is_bound,  # what was refused says so first
        }
        if not may_send:
            for name in ("status", "decision_number", "decision_date", "decision_signer"):
                del self.fields[name]

    def clean(self):
        cleaned = super().clean()
        codes = re.split(r"[\s,;]+", clean_text(cleaned.get("codes") or ""))
        wanted = {code.casefold(): code for code in codes if code}
        lower = [code.lower() for code in wanted.values()]
        typed = list(self.candidates.alias(lower=Lower("code")).filter(lower__in=lower))
        unknown = [code for key, code in wanted.items() if key not in {staff.code.casefold() for staff in typed}]
        if unknown:
            self.add_error("codes", _("No staff member has the code %(codes)s.") % {"codes": ", ".join(unknown)})
        chosen = {staff.pk: staff for staff in [*cleaned.get("people", []), *typed]}
        if not chosen and not self.errors:
            self.add_error("people", _("Choose at least one person."))
        cleaned["chosen"] = sorted(chosen.values(), key=lambda staff: (staff.sort_key, staff.pk))
        return cleaned

    @property
    def target(self) -> Status:
        """The status they get."""
        return Status(self.cleaned_data.get("status", Status.PROPOSED))

    @property
    def decision(self) -> Decision:
        """The decision, empty for a proposal of a leader."""
        values = self.cleaned_data
        return Decision(
            values.get("decision_number", ""), values.get("decision_date"), values.get("decision_signer", "")
        )


class ChooseSessionForm(ClearMessages, forms.Form):
    """The class somebody is to be sent to."""

    session = PickField(
        CourseSession.objects.filter(cancelled=False),
        url_name="enrollments:pick_session",
        label=_("Class"),
        to_field_name="code",
        help_text=_("Type the name or the code of the class."),
    )
