"""Form fields that take what people of the office type, and say what to do when they cannot.

class StaffForm(RecordForm):
    birth_date = BirthField(label=_("Date of birth"), required=False)
    class Meta(RecordForm.Meta):           # dates and counts of the model become the fields below
        model = Staff
        fields = ["code", "full_name", "birth_date"]

class EnrollForm(ClearMessages, forms.Form):
    people = PickManyField(Staff.objects.all(), url_name="enrollments:pick_staff", params={"session": "L01"})
"""

import copy
import datetime
import json
import re
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models.fields import BLANK_CHOICE_DASH
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..figures import grouped
from ..lines import LineField, OneLine, one_line
from ..old_fonts import LOOKS_OLD, is_in_an_old_font
from ..partial_dates import PartialDate, PartialDateField
from ..spelling import Spelling, words_in_use
from ..structured_log import log_event
from ..text import clean_text
from ..years import birth_problem, year_problem

CODE_TAKEN = _("This code is taken. Choose another, or edit the record that has it.")

_DATE = re.compile(r"(?P<day>\d{1,2})[\s/.\-](?P<month>\d{1,2})[\s/.\-](?P<year>\d{4}|\d{2})")
_DIGITS = re.compile(r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4}|\d{2})")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_MONTH_OR_YEAR = re.compile(r"(?:(?P<month>\d{1,2})[\s/.\-])?(?P<year>\d{4})")
_GROUPED = re.compile(r"\d{1,3}([.,\s]\d{3})+")
_LONGEST_NUMBER = 18
Describe = Callable[[models.Model], Mapping[str, str]] | None


def sections(*fieldsets: Fieldset) -> FormHelper:
    """The form in sections; the page brings the form element and the buttons."""
    helper = FormHelper()
    helper.form_tag, helper.disable_csrf = False, True
    helper.layout = Layout(*fieldsets)
    return helper


class VietnameseDateField(OneLine, forms.DateField):
    """A date typed day first: 3/4/12, 03042012 or 03/04/2012."""

    date_class = datetime.date

    widget = forms.DateInput(
        format="%d/%m/%Y", attrs={"inputmode": "numeric", "placeholder": _("dd/mm/yyyy"), "autocomplete": "off"}
    )
    default_error_messages = {
        "invalid": _("“%(value)s” is not a date. Enter it as 03/04/2012."),
        "no_such_day": _("There is no %(value)s. Enter it as 03/04/2012."),
    }

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, (datetime.date, datetime.datetime)):
            return super().to_python(value)
        text = clean_text(one_line(str(value)))
        match = _DATE.fullmatch(text) or _DIGITS.fullmatch(text) or _ISO.fullmatch(text)
        if not match:
            raise ValidationError(self.error_messages["invalid"], "invalid", {"value": text[:40]})
        day, month, year = (int(match[part]) for part in ("day", "month", "year"))
        if len(match["year"]) == 2:
            year = self._century(year)
        return self._date(year, month, day)

    def _date(self, *parts: int) -> datetime.date:
        """The date of year, month and day."""
        try:
            date = self.date_class(*parts)
        except ValueError:
            shown = "/".join(f"{part:02}" for part in reversed(parts))
            raise ValidationError(self.error_messages["no_such_day"], "no_such_day", {"value": shown}) from None
        if problem := year_problem(date):
            raise ValidationError(problem, "out_of_range")
        return date

    def _century(self, year: int) -> int:
        return year + (1900 if year >= 69 else 2000)


class BirthField(VietnameseDateField):
    """A day up to today, of which the month or the year may be all that is known: 3/1975, 1975."""

    date_class = PartialDate

    def to_python(self, value):
        if isinstance(value, str) and (found := _MONTH_OR_YEAR.fullmatch(clean_text(one_line(value)))):
            month, year = found["month"], int(found["year"])
            return self._date(year, int(month)) if month else self._date(year)
        return super().to_python(value)

    def prepare_value(self, value):
        return value.shown if isinstance(value, PartialDate) else value

    def _date(self, *parts):
        date = super()._date(*parts)
        if problem := birth_problem(date):
            raise ValidationError(problem, "future")
        return date

    def _century(self, year):
        full = super()._century(year)
        return full - 100 if full > timezone.localdate().year else full


class CountField(OneLine, forms.IntegerField):
    """A whole number from 0 on, also typed with its thousands grouped: 2.863."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    default_error_messages = {
        "invalid": _("Enter a whole number from 0 on, such as 40 or 2.863."),
        "max_value": _("That number is too large."),
    }

    def __init__(self, **kwargs):
        super().__init__(**{"min_value": 0, **kwargs})

    def to_python(self, value):
        if isinstance(value, str):
            value = clean_text(one_line(value))
            if _GROUPED.fullmatch(value):
                value = re.sub(r"\D", "", value)
            elif value and not value.isdigit():
                raise ValidationError(self.error_messages["invalid"], "invalid")
        return super().to_python(value)

    def prepare_value(self, value):
        return grouped(value) if isinstance(value, int) else super().prepare_value(value)


def _may_be_key(value) -> bool:
    """No number beyond what the databases can compare with."""
    text = str(value)
    return len(text) < _LONGEST_NUMBER or not text.lstrip("-").isdigit()


class _Picker:
    """A select that holds the chosen options only; `picker.js` searches for others on the server.

    `describe` of its field says what the search shows of a record, `text` and `note`: the chosen ones show it as well.
    """

    described: Mapping = {}

    def __init__(self, url_name: str, params: Mapping[str, str], attrs=None):
        picking = {
            "data-pick-url": reverse_lazy(url_name),
            "data-pick-params": urlencode(params),
            "data-none": _("Nobody and nothing found."),
            "data-failed": _("The search did not answer. Try again."),
            "data-remove": _("Remove"),
            "data-several": _("Several have this name. Choose one of them with the arrow keys or the mouse."),
            "data-left": _("“{text}” was not chosen. Choose from the list, or empty the box."),
            "placeholder": _("Type a name or a code"),
        }
        super().__init__(attrs={**picking, **(attrs or {})})

    def optgroups(self, name, value, attrs=None):
        options = self.choices
        key = options.field.to_field_name or "pk"
        try:
            chosen = list(options.queryset.filter(**{f"{key}__in": [v for v in value if v and _may_be_key(v)]}))
        except (ValueError, TypeError):
            chosen = []
        shown = copy.copy(self)
        if describe := options.field.describe:
            said = {options.field.prepare_value(record): describe(record) for record in chosen}
            self.described = {key: {name: of[name] for name in ("text", "note")} for key, of in said.items()}
        shown.choices = [("", "")] + [
            (options.field.prepare_value(o), options.field.label_from_instance(o)) for o in chosen
        ]
        return super(_Picker, shown).optgroups(name, [str(key) for key, _label in shown.choices if key], attrs)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        if self.described:
            context["widget"]["attrs"]["data-described"] = json.dumps(self.described, ensure_ascii=False)
        return context


class PickSelect(_Picker, forms.Select):
    """Picks one."""


class PickSelectMultiple(_Picker, forms.SelectMultiple):
    """Picks many."""


class PickField(forms.ModelChoiceField):
    """One record out of very many, found by typing. `queryset` says which may be chosen at all."""

    widget_class = PickSelect

    def __init__(
        self, queryset, *, url_name: str, params: Mapping[str, str] | None = None, describe: Describe = None, **kwargs
    ):
        super().__init__(queryset, widget=self.widget_class(url_name, params or {}), **kwargs)
        self.describe = describe


class PickManyField(forms.ModelMultipleChoiceField):
    """Many records out of very many."""

    def __init__(
        self, queryset, *, url_name: str, params: Mapping[str, str] | None = None, describe: Describe = None, **kwargs
    ):
        super().__init__(queryset, widget=PickSelectMultiple(url_name, params or {}), **kwargs)
        self.describe = describe

    def clean(self, value):
        if wrong := [key for key in value or [] if not _may_be_key(key)]:
            raise ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": wrong[0][:20]})
        return super().clean(value)


def _say_what_to_choose(field: forms.Field) -> None:
    """Names in its empty choice what is chosen, for Django's own, which is a row of dashes."""
    dashes = BLANK_CHOICE_DASH[0][1]
    label = str(field.label)
    text = _("— Choose %(label)s —") % {"label": label[:1].lower() + label[1:]}
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == dashes:
            field.empty_label = text
    elif isinstance(field, forms.ChoiceField):
        field.choices = [(value, text if name == dashes else name) for value, name in field.choices]


class ClearMessages:
    """A form whose fields are named in what it says: where a required one is empty, and in a choice not made yet."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _say_what_to_choose(field)
            if field.required and field.label:
                chosen = isinstance(field, (forms.ChoiceField, forms.FileField))
                text = _("Choose: %(label)s.") if chosen else _("Fill in: %(label)s.")
                field.error_messages["required"] = text % {"label": capfirst(field.label)}


class SignInForm(AuthenticationForm):
    """The user name and the password."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": _("Wrong user name or password. Try again, with an eye on capital letters."),
        "expired": _("This temporary password has expired. Ask the administrator for a new one."),
    }

    def confirm_login_allowed(self, user):
        super().confirm_login_allowed(user)
        if user.temporary_password_expired:
            log_event("temporary password expired", user=user.get_username())
            raise ValidationError(self.error_messages["expired"], "expired")


class SignInAnewForm(SignInForm):
    """The password alone: who it is stands fast."""

    error_messages = {
        **SignInForm.error_messages,
        "invalid_login": _("Wrong password. Try again, with an eye on capital letters."),
    }


class OwnPasswordForm(ClearMessages, PasswordChangeForm):
    """Everyone's own password. A new one is another one, and ends a temporary one.

    The one of now is asked as at signing in: whoever guesses it is counted, logged and stopped.
    """

    error_messages = {
        "expired": SignInForm.error_messages["expired"],
        "password_incorrect": _("This is not your password. Enter the one you have now."),
        "password_mismatch": _("This is not the password you entered above. Enter it again in both fields."),
    }

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["new_password2"].help_text = ""

    def clean_old_password(self):
        if self.user.temporary_password_expired:  # since it was signed in with
            log_event("temporary password expired", user=self.user.get_username())
            raise ValidationError(self.error_messages["expired"], "expired")
        password = self.cleaned_data["old_password"]
        user = authenticate(self.request, username=self.user.get_username(), password=password)
        if user is None:
            raise ValidationError(self.error_messages["password_incorrect"], "password_incorrect")
        self.user = user  # as it was looked at
        return password

    def validate_password_for_user(self, user, password_field_name="new_password1"):
        super().validate_password_for_user(user, "new_password1")  # where it is chosen; Django says it where repeated

    def clean(self):
        cleaned = super().clean()
        new = cleaned.get("new_password1")
        if new and new == cleaned.get("old_password"):
            self.add_error("new_password1", _("This is the password you have now. Choose another one."))
        return cleaned

    def save(self, commit=True):
        self.user.must_change_password = False
        self.user._change_reason = gettext("Password changed")
        return super().save(commit)


class ConfirmForm(forms.Form):
    """Asks for nothing but the press of its button."""


def office_field(db_field: models.Field, **kwargs):
    """The form field of a model field: dates typed day first, numbers with their grouping."""
    if isinstance(db_field, PartialDateField):
        return db_field.formfield(form_class=BirthField, **kwargs)
    if isinstance(db_field, models.DateField) and not isinstance(db_field, models.DateTimeField):
        return db_field.formfield(form_class=VietnameseDateField, **kwargs)
    if isinstance(db_field, models.IntegerField) and not db_field.choices:
        # The limit of every database, also on SQLite, which has none of its own.
        _least, most = BaseDatabaseOperations.integer_field_ranges[db_field.get_internal_type()]
        return db_field.formfield(form_class=CountField, max_value=most, **kwargs)
    return db_field.formfield(**kwargs)


class AsksAboutOldFonts(ClearMessages):
    """A form that takes a doubtful text, as one typed for an old font, only when it is sent a second time as it is."""

    def clean(self):
        cleaned = super().clean()
        for name, advice in self.doubts().items():
            if name not in self.errors and self[name].data not in self.data.getlist("kept_as_typed"):
                text = _("%(advice)s If it is right as it is, press the button again.")
                self.add_error(name, ValidationError(text, "doubtful", {"advice": advice}))
        return cleaned

    @property
    def asked_texts(self) -> list[str]:
        """The texts that the page asks about; it sends them along, so that they are taken when they come again."""
        return [self[name].data for name in self.doubts()] if self.is_bound else []

    def doubts(self) -> dict[str, Promise]:
        """What to ask about fields with a new text, as typed: cleaned it would lack some letters of old fonts."""
        lines = [name for name in self.changed_data if isinstance(self.fields[name], LineField)]
        return {name: LOOKS_OLD for name in lines if is_in_an_old_font(self[name].data or "")}


class RecordForm(AsksAboutOldFonts, forms.ModelForm):
    """The form of a record.

    The words of its `open_lists` are spelled as the records `beside` it have them.
    """

    open_lists: tuple[str, ...] = ()

    class Meta:
        formfield_callback = office_field

    def beside(self) -> models.QuerySet:
        """The other records."""
        return self._meta.model.objects.exclude(pk=self.instance.pk)

    def clean(self):
        cleaned = super().clean()
        for name in self.open_lists:
            if name in self.changed_data and cleaned.get(name):
                cleaned[name] = Spelling(words_in_use(self.beside(), name)).of(cleaned[name])
        return cleaned

    def _get_validation_exclusions(self):
        """A code that stays is not judged anew: there may be old ones that nobody could give now."""
        excluded = super()._get_validation_exclusions()
        if self.instance.pk and "code" not in self.changed_data:
            excluded.add("code")
        return excluded
