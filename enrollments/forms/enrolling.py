"""Forms of enrolling."""

import re
from collections.abc import Collection
from itertools import groupby
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import CourseSession
from enrollments.models import DECISION_FACTS
from enrollments.services.enrolling import Decision
from enrollments.status import Status
from personnel.models import Staff
from personnel.namesakes import staff_result
from vpcp_training.fields import foreign_letters
from vpcp_training.lines import LineField
from vpcp_training.old_fonts import LOOKS_OLD, is_in_an_old_font
from vpcp_training.screens.forms import AsksAboutOldFonts, ClearMessages, PickField, PickManyField, VietnameseDateField
from vpcp_training.text import clean_text, code_key, first_names


class EnrollForm(AsksAboutOldFonts, forms.Form):
    """Who is enrolled in a class, and by which decision; a proposal has none."""

    people = PickManyField(
        Staff.objects.none(),
        url_name="enrollments:pick_candidates",
        describe=staff_result,
        label=_("People to add"),
        required=False,
        help_text=_("Type a name, in any order and without diacritics, or a code; several codes can be pasted."),
    )
    codes = forms.CharField(
        label=_("Staff codes"),
        required=False,
        max_length=20_000,
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
        self.candidates = Staff.objects.visible_to(user).told_apart(user)
        self.fields["people"].queryset = self.candidates
        self.fields["people"].widget.attrs |= {
            "data-pick-params": urlencode({"session": session.code}),
            "data-codes": self["codes"].auto_id,
            "data-already": "",
            "autofocus": not self.is_bound,  # what was refused says so first
        }
        if not may_send:
            for name in ("status", *DECISION_FACTS):
                del self.fields[name]

    def clean(self):
        cleaned = super().clean()
        lines = [line for line in (cleaned.get("codes") or "").splitlines() if line.strip()]
        typed = list(self.candidates.filter(code__in={code for line in lines for code in _codes_in(line)}))
        known = {staff.code_key for staff in typed}
        names, unknown = [], {}
        for line in lines:
            if named := _names_in(line, known):
                names += named
            else:
                unknown |= {code_key(code): code for code in _codes_in(line) if code_key(code) not in known}
        if names:
            text = _("These are names, not codes: %(names)s. Search for each person above, or paste the codes.")
            advice = LOOKS_OLD if any(map(is_in_an_old_font, lines)) else ""
            self.add_error("codes", " ".join(filter(None, [text % {"names": first_names(names)}, str(advice)])))
        if unknown:
            text = _("No staff member has the code %(codes)s.") % {"codes": ", ".join(unknown.values())}
            self.add_error("codes", " ".join(filter(None, [text, foreign_letters("".join(unknown.values()))])))
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


def _codes_in(line: str) -> list[str]:
    return [code for code in re.split(r"[\s,;]+", clean_text(line)) if code]


def _names_in(line: str, known: Collection[str]) -> list[str]:
    """Two words or more beside each other that are no codes and hold no digit; of a row of a table the first only."""
    names = []
    for cell in re.split(r"[\t,;]+", line):
        words = cell.split()
        for is_name, run in groupby(words, lambda word: code_key(word) not in known and not re.search(r"\d", word)):
            if is_name and len(name := list(run)) > 1:
                names.append(clean_text(" ".join(name)))
    return names[:1] if "\t" in line else names


class ChooseSessionForm(ClearMessages, forms.Form):
    """The class somebody is to be sent to."""

    session = PickField(
        CourseSession.objects.filter(cancelled=False),
        url_name="enrollments:pick_session",
        label=_("Class"),
        to_field_name="code",
        help_text=_("Type the name or the code of the class."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["session"].widget.attrs["autofocus"] = not self.is_bound  # what was refused says so first
