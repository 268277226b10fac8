"""Fields the forms of this app share."""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _


class KnownValues(forms.TextInput):
    """A text field of an open list: it suggests the values in use and takes a new one."""

    def __init__(self, values: Iterable[str] = ()):
        super().__init__(attrs={"autocomplete": "off"})
        self.values = values

    def render(self, name, value, attrs=None, renderer=None):
        list_id = f"{(attrs or {}).get('id', name)}-list"
        options = format_html_join("", '<option value="{}"></option>', ((known,) for known in self.values if known))
        field = super().render(name, value, {**(attrs or {}), "list": list_id}, renderer)
        return format_html('{}<datalist id="{}">{}</datalist>', field, list_id, options)


class DecisionSigned(forms.BaseForm):
    """A form that takes no new decision of a day to come: one is signed before it is recorded."""

    def clean_decision_date(self):
        day = self.cleaned_data["decision_date"]
        if day and day > timezone.localdate() and "decision_date" in self.changed_data:
            text = _("%(value)s is in the future. Enter a day up to today.")
            raise ValidationError(text, "future", {"value": f"{day:%d/%m/%Y}"})
        return day


class KeepResultField(forms.TypedChoiceField):
    """What becomes of the result where a completion is taken back; the certificate goes anyhow. None until chosen."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("Result and certificate"),
            choices=[
                ("no", _("Remove the result and the certificate")),
                ("yes", _("Keep the result, remove only the certificate")),
            ],
            coerce=lambda value: value == "yes",
            empty_value=None,
            widget=forms.RadioSelect,
            **kwargs,
        )
