"""Forms of a class."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models import Course, CourseSession, Provider
from vpcp_training.lines import LineField
from vpcp_training.screens.forms import CODE_TAKEN, ClearMessages, RecordForm

from .fields import KnownValues

# A slip in the year would move everybody's first page, which opens on the latest year with participations.
_YEARS_AHEAD = 5


class SessionForm(RecordForm):
    """A class of a course."""

    provider_name = LineField(
        label=_("Training provider"),
        max_length=255,
        required=False,
        widget=KnownValues(),
        show_hidden_initial=True,  # who leaves it alone keeps the provider, whatever its name is by then
        help_text=_("Choose a known one, or type a new one."),
    )

    open_lists = ("country",)

    class Meta(RecordForm.Meta):
        model = CourseSession
        fields = ["code", "course", "name", "start", "end", "mode", "place", "country", "seats", "cost"]
        error_messages = {"code": {"unique": CODE_TAKEN}}

    helper = FormHelper()
    helper.form_tag = False
    helper.layout = Layout(
        Fieldset(_("Class"), "code", "course", "name", "start", "end"),
        Fieldset(_("Where and how"), "mode", "place", "country", "provider_name"),
        Fieldset(_("Seats and cost"), "seats", "cost"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sessions = CourseSession.objects.order_by()
        self.fields["code"].help_text = _("Letters, digits and . - _ / without spaces, such as 2012-QLNN-CV-03.")
        self.fields["course"].queryset = Course.objects.select_related("field")
        self.fields["course"].label_from_instance = lambda course: f"{course.display_name} ({course.code})"
        self.fields["name"].required = False
        self.fields["name"].help_text = _("Left empty, the class takes the name of its course.")
        self.fields["provider_name"].initial = str(self.instance.provider or "")
        for name, values in {
            "place": sessions.values_list("place", flat=True).distinct(),
            "country": sessions.values_list("country", flat=True).distinct(),
            "provider_name": Provider.objects.values_list("name", flat=True),
        }.items():
            self.fields[name].widget = KnownValues(values)

    def clean(self):
        cleaned = super().clean()
        course, start, end = (cleaned.get(name) for name in ("course", "start", "end"))
        if course and not cleaned.get("name"):
            cleaned["name"] = course.name
        if start and start.year > (most := timezone.localdate().year + _YEARS_AHEAD):
            self.add_error("start", _("The opening date must not be later than the year %(year)d.") % {"year": most})
        if start and end and end < start:
            self.add_error("end", _("The closing date must not be before the opening date."))
        return cleaned


class CancelForm(ClearMessages, forms.Form):
    """Why a class is cancelled."""

    reason = LineField(label=_("Reason"), max_length=500)
