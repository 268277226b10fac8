"""The code lists of the catalogue: fields of training and training providers."""

import django_tables2 as tables
from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.models import Field, Provider
from vpcp_training.screens.code_lists import CodeList, CodeListForm, CodeListTable, EnglishNameColumn
from vpcp_training.screens.tables import CountColumn
from vpcp_training.years import FIRST_YEAR, LAST_YEAR


class FieldTable(CodeListTable):
    """Fields, in their order."""

    code = tables.Column(verbose_name=_("Code"))
    name_en = EnglishNameColumn()
    sort_order = CountColumn()

    class Meta(CodeListTable.Meta):
        model = Field
        fields = ("code", "name_en", "sort_order", "retired_from")


class FieldForm(CodeListForm):
    """A field of training: retired from a year on, when new courses shall not take it any more."""

    retired_from = forms.IntegerField(
        label=_("Retired from year"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("From this year on no new course takes this field."),
    )

    class Meta(CodeListForm.Meta):
        model = Field
        fields = ["code", "name", "name_en", "sort_order", "retired_from"]


class ProviderTable(CodeListTable):
    """Training providers."""

    name_order = "sort_key"
    name_language = ""  # each in its own

    class Meta(CodeListTable.Meta):
        model = Provider
        fields = ()


class ProviderForm(CodeListForm):
    """A training provider."""

    known_by = "name"

    class Meta(CodeListForm.Meta):
        model = Provider
        fields = ["name"]


FIELDS = CodeList(
    Field,
    FieldTable,
    FieldForm,
    used_by="courses",
    file_name="linh-vuc",
    uses_at=lambda record: reverse("courses:course_list", query={"field": record.code}),
)
PROVIDERS = CodeList(
    Provider,
    ProviderTable,
    ProviderForm,
    used_by="sessions",
    file_name="co-so-dao-tao",
    uses_at=lambda record: reverse("enrollments:session_list", query={"provider": record.pk}),
)
