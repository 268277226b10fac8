"""The form that takes an exchange workbook."""

from django import forms
from django.utils.translation import gettext_lazy as _

from vpcp_training.screens.forms import ClearMessages


class UploadForm(ClearMessages, forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("Workbook (.xlsx)"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        help_text=_("At most 20 MB and 200,000 rows a sheet. Nothing is saved before you have seen what would happen."),
    )
