"""The forms that take an exchange workbook, and lists of people."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from enrollments.forms.fields import DecisionSigned
from enrollments.services.enrolling import Decision
from vpcp_training.lines import LineField
from vpcp_training.screens.forms import AsksAboutOldFonts, ClearMessages, VietnameseDateField


class UploadForm(ClearMessages, forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("Workbook (.xlsx)"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx", "autofocus": True}),
        help_text=_("At most 20 MB and 200,000 rows a sheet. Nothing is saved before you have seen what would happen."),
    )


class FilesInput(forms.ClearableFileInput):
    """Takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files."""

    widget = FilesInput

    def clean(self, data: list[UploadedFile] | None, initial: Any = None) -> list[UploadedFile]:
        """The files, each as a field of one file takes it."""
        return [super(FilesField, self).clean(file, initial) for file in data or []]


class ReceiveForm(ClearMessages, forms.Form):
    """Files with lists of people, or a list that is pasted."""

    sent = FilesField(
        label=_("Files"),
        required=False,
        allow_empty_file=True,
        widget=FilesInput(attrs={"accept": ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt,.docx"}),
        help_text=_("Excel, Word, OpenDocument or text, several at once. Drop them here, as the unit sent them."),
    )
    text = forms.CharField(
        label=_("Or paste a list"),
        required=False,
        max_length=500_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Names, codes, dates of birth and units in any order, with headings or without."),
    )

    def clean(self) -> dict[str, Any]:
        """Asks for a file or a text."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("sent") and not (cleaned.get("text") or "").strip():
            self.add_error("sent", _("Choose a file, or paste a list."))
        return cleaned


class DecisionForm(DecisionSigned, AsksAboutOldFonts, forms.Form):
    """The decision by which the people of a list are sent."""

    decision_number = LineField(label=_("Decision number"), max_length=100, required=False)
    decision_date = VietnameseDateField(label=_("Decision date"), required=False)
    decision_signer = LineField(label=_("Signer"), max_length=255, required=False)

    @property
    def decision(self) -> Decision:
        """The decision as it was typed."""
        values = self.cleaned_data
        return Decision(values["decision_number"], values["decision_date"], values["decision_signer"])
