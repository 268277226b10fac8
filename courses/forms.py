"""Forms of the course catalogue."""

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models import Course, Field
from vpcp_training.screens.forms import CODE_TAKEN, RecordForm


class CourseForm(RecordForm):
    """A course. It takes a field that is still offered, or keeps the one it has."""

    field = forms.ModelChoiceField(Field.objects.none(), label=_("Field"))

    open_lists = ("level",)

    class Meta(RecordForm.Meta):
        model = Course
        fields = ["code", "name", "name_en", "field", "level", "periods"]
        error_messages = {"code": {"unique": CODE_TAKEN}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offered = Field.objects.offered_in(timezone.localdate().year)
        self.fields["field"].queryset = Field.objects.filter(Q(pk__in=offered) | Q(pk=self.instance.field_id))
        self.fields["code"].help_text = _("Letters, digits and . - _ / without spaces, such as QLNN-CV.")
