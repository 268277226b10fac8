"""Forms of staff, units and accounts."""

from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from personnel.models import Position, Posting, Rank, Staff, Unit, User
from personnel.namesakes import staff_result
from vpcp_training.naming import DIGIT_IN_NAME
from vpcp_training.screens.forms import CODE_TAKEN, PickField, PickManyField, RecordForm, VietnameseDateField, sections
from vpcp_training.text import clean_text, code_key

POSTING_FIELDS = ("unit", "position", "rank", "start")


class UnitLabels:
    """Units in a select as the tree they are; one that is no longer in force says until when it was."""

    def label_from_instance(self, unit: Unit) -> str:
        name = "\u2003" * (unit.depth - 1) + unit.display_name
        if unit.valid_to and unit.valid_to < timezone.localdate():
            day = date_format(unit.valid_to, "SHORT_DATE_FORMAT")
            return gettext("%(unit)s (until %(day)s)") % {"unit": name, "day": day}
        return name


class UnitChoiceField(UnitLabels, forms.ModelChoiceField):
    """Picks a unit; give it `Unit.objects….as_tree()`."""


class RankChoiceField(forms.ModelChoiceField):
    """Picks a rank, shown with its code, since ranks and positions are named alike."""

    def label_from_instance(self, rank: Rank) -> str:
        return rank.code_and_name


class PersonForm(RecordForm):
    """A record of a person, whose name has no digits; an old one that has stands."""

    def clean_full_name(self):
        name = self.cleaned_data["full_name"]
        if "full_name" in self.changed_data and any(map(str.isdigit, name)):
            raise ValidationError(DIGIT_IN_NAME, "digit")
        return name


class StaffForm(PersonForm):
    """Who a staff member is. A person who seems to be there already has to be confirmed."""

    other_person = forms.BooleanField(
        label=_("This is another person of the same name and date of birth"), required=False
    )

    class Meta(RecordForm.Meta):
        model = Staff
        fields = ["code", "full_name", "birth_date", "gender", "category", "is_ethnic_minority"]
        error_messages = {"code": {"unique": CODE_TAKEN}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = sections(Fieldset("", *self.Meta.fields))
        self.namesakes: list[Staff] = []
        self.fields["code"].help_text = _("Letters, digits and . - _ / without spaces, such as CB0123.")
        self.fields["birth_date"].help_text = _("The month or the year alone is fine too: 03/1975, 1975.")
        self.fields["full_name"].help_text = _("Family name first; the last word is the given name.")
        self.fields["full_name"].widget.attrs |= {
            "data-name-lower": _("The name is in lower case throughout. Is it {name}?"),
            "data-name-upper": _("The name is in capitals throughout. Is it {name}?"),
            "data-name-take": _("Write it so"),
        }

    def clean(self):
        cleaned = super().clean()
        name, born = cleaned.get("full_name"), cleaned.get("birth_date")
        same = "full_name" not in self.changed_data and "birth_date" not in self.changed_data
        if name and born and not same:
            self.namesakes = list(Staff.objects.namesakes(name, born).exclude(pk=self.instance.pk))
            if self.namesakes and not cleaned.get("other_person"):
                text = _("Somebody of this name and date of birth is there already. Tick this if it is another person.")
                self.add_error("other_person", text)
        return cleaned

    def doubts(self):
        name = clean_text(self["full_name"].data or "")
        if "full_name" in self.changed_data and name and " " not in name:
            return {"full_name": _("One word alone: is it the whole name?"), **super().doubts()}
        return super().doubts()

    def posting(self) -> Posting | None:
        """The posting to save with the person: none, postings have pages of their own."""
        return None


class NewStaffForm(StaffForm):
    """A new staff member, with the first posting if it is known."""

    unit = UnitChoiceField(Unit.objects.none(), label=_("Unit"), required=False)
    position = forms.ModelChoiceField(Position.objects.all(), label=_("Position held"), required=False)
    rank = RankChoiceField(Rank.objects.all(), label=_("Rank"), required=False)
    start = VietnameseDateField(label=_("From date"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.as_tree()
        self.helper = sections(
            Fieldset(_("Person"), *StaffForm.Meta.fields),
            Fieldset(_("First posting, if it is known"), *POSTING_FIELDS),
        )

    def clean(self):
        cleaned = super().clean()
        given = [name for name in POSTING_FIELDS if cleaned.get(name)]
        for name in ("unit", "start"):
            if given and not cleaned.get(name) and name not in self.errors:
                label = self.fields[name].label
                self.add_error(name, _("A posting needs it. Fill in: %(label)s.") % {"label": label})
        return cleaned

    def posting(self) -> Posting | None:
        """The first posting, unsaved and still without its staff member."""
        values = {name: self.cleaned_data[name] for name in POSTING_FIELDS}
        return Posting(**values) if values["unit"] else None


class UnitForm(RecordForm):
    """A unit. Code and parent are given once, when it is created."""

    predecessors = PickManyField(
        Unit.objects.all(),
        url_name="personnel:pick_unit",
        label=_("Predecessors"),
        required=False,
        help_text=_("The units this one was renamed, merged or split from."),
    )

    open_lists = ("kind",)

    class Meta(RecordForm.Meta):
        model = Unit
        fields = ["name", "name_en", "short_names", "kind", "sort_order", "valid_from", "valid_to"]
        error_messages = {"code": {"unique": CODE_TAKEN}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.setdefault("predecessors", list(self.instance.predecessors.all()))

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("valid_from"), cleaned.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("The last day must not be before the first day."))
        return cleaned


class NewUnitForm(UnitForm):
    """A new unit."""

    parent = UnitChoiceField(
        Unit.objects.none(),
        label=_("Parent unit"),
        required=False,
        help_text=_("It cannot be changed later: a unit that moves becomes a new one, with this one as predecessor."),
    )

    class Meta(UnitForm.Meta):
        fields = ["code", "name", "name_en", "short_names", "kind", "parent", "sort_order", "valid_from", "valid_to"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = Unit.objects.as_tree()


class PostingForm(RecordForm):
    """Where a staff member was, from when to when."""

    unit = UnitChoiceField(Unit.objects.none(), label=_("Unit"))
    rank = RankChoiceField(Rank.objects.all(), label=_("Rank"), required=False)

    class Meta(RecordForm.Meta):
        model = Posting
        fields = ["unit", "position", "rank", "start", "end"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.as_tree()
        self.fields["end"].help_text = _("The last day there. Empty while the person is there.")

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", _("The last day must not be before the first day."))
        return cleaned


class NewPostingForm(PostingForm):
    """A move or a promotion."""

    end_previous = forms.BooleanField(label=_("End the posting before on the eve of this one"), required=False)


class UserForm(PersonForm):
    """An account: whose it is, what it may do, what it may see."""

    unit = UnitChoiceField(
        Unit.objects.none(),
        label=_("Unit in scope"),
        required=False,
        help_text=_("A leader sees this unit and all below it; without a unit, nothing."),
    )
    staff = PickField(
        Staff.objects.all(),
        url_name="personnel:pick_staff",
        describe=staff_result,
        label=_("Staff record"),
        required=False,
        error_messages={"unique": _("This person has an account already.")},
    )

    class Meta(RecordForm.Meta):
        model = User
        fields = ["full_name", "role", "unit", "staff"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.as_tree()
        self.fields["staff"].queryset = Staff.objects.told_apart()


class NewUserForm(UserForm):
    """A new account; its first password is made by the system."""

    class Meta(UserForm.Meta):
        fields = ["username", *UserForm.Meta.fields]
        help_texts = {
            "username": _("Letters, digits and @ . + - _ without spaces, such as an.nv. It cannot be changed later.")
        }
        error_messages = {
            "username": {
                "invalid": _("A user name has letters, digits and @ . + - _ only, without spaces."),
                "max_length": _("Too long: take at most %(limit_value)d characters."),
            }
        }

    def clean_username(self):
        username = self.cleaned_data["username"]
        if User.objects.filter(username_key=code_key(username)).exists():
            raise ValidationError(_("This user name is taken. Choose another."))
        return username
