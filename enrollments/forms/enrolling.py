"""Forms of enrolling."""

import re
from collections.abc import Collection, Sequence
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
from vpcp_training.text import clean_text, code_key, first_names, fold

from .fields import DecisionSigned

_CELLS = re.compile(r"[\t,;]+")
_BETWEEN_WORDS = re.compile(r"[\s,;:()\[\]|]+")
_CODE = re.compile(r"[A-Za-zĐđ]{1,6}[-./]?\d{2,}")  # what nobody takes for anything else
_RUNNING_NUMBER = re.compile(r"\d{1,3}[.)]?")
_DATE = re.compile(r"\d+(?:[/.-]\d+)+")
_HEADING = re.compile(  # folded
    r"s?tt|so (?:tt|thu tu)|(?:ma|ma so|so hieu)(?: can bo| cong chuc| cb| cbcc| nhan vien| nv)?|no\.?"
    r"|(?:ho va ten|ho ten|ho dem|ho|ten)(?: can bo| cong chuc| hoc vien)?|(?:staff )?code|(?:full )?name"
)


class EnrollForm(DecisionSigned, AsksAboutOldFonts, forms.Form):
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
        help_text=_("Codes with spaces, commas or line breaks between them, or rows of Excel with a code in each."),
    )
    status = forms.ChoiceField(
        label=_("Recorded as"), choices=[(status, status.label) for status in (Status.SENT, Status.PROPOSED)]
    )
    decision_number = LineField(label=_("Decision number"), max_length=100, required=False)
    decision_date = VietnameseDateField(label=_("Decision date"), required=False)
    decision_signer = LineField(label=_("Signer"), max_length=255, required=False)

    def __init__(self, *args, session: CourseSession, user, may_send: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.sees_all = may_send
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
        typed, names, unknown = self._read(cleaned.get("codes") or "")
        if names:
            text = _("These are names, not codes: %(names)s. Search for each person above, or paste the codes.")
            advice = LOOKS_OLD if any(map(is_in_an_old_font, cleaned["codes"].splitlines())) else ""
            self.add_error("codes", " ".join(filter(None, [text % {"names": first_names(names)}, str(advice)])))
        if unknown:
            if self.sees_all:
                text = _("No staff member has the code %(codes)s.")
            else:
                text = _("No staff member of your unit has the code %(codes)s.")
            text %= {"codes": ", ".join(unknown)}
            self.add_error("codes", " ".join(filter(None, [text, foreign_letters("".join(unknown))])))
        chosen = {staff.pk: staff for staff in [*cleaned.get("people", []), *typed]}
        if not chosen and not self.errors:
            self.add_error("people", _("Choose at least one person."))
        cleaned["chosen"] = sorted(chosen.values(), key=lambda staff: (staff.sort_key, staff.pk))
        return cleaned

    def _read(self, pasted: str) -> tuple[list[Staff], list[str], list[str]]:
        """The people whose codes stand in the lines, the names of lines that have none, and codes of nobody."""
        lines = [line for line in pasted.splitlines() if line.strip()]
        staff = {found.code_key: found for found in self.candidates.filter(code__in=set(_words_in(pasted)))}
        if lines and _is_heading(lines[0]) and not any(code_key(word) in staff for word in _words_in(lines[0])):
            del lines[0]
        rows = [_words_in(line) for line in lines]
        if _are_numbered(rows):
            rows = [words[1:] for words in rows]
        typed, names, unknown = {}, [], {}
        for line, words in zip(lines, rows, strict=True):
            codes, of_nobody = _codes_of(line, words, staff)
            typed |= {code: staff[code] for code in codes}
            if not codes and not any(map(_CODE.fullmatch, of_nobody)) and (named := _names_in(line, staff)):
                names += named
            else:
                unknown |= {code_key(word): word for word in of_nobody}
        return list(typed.values()), names, list(unknown.values())

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


def _words_in(text: str) -> list[str]:
    return [word for word in _BETWEEN_WORDS.split(clean_text(text)) if word]


def _is_heading(line: str) -> bool:
    return any(_HEADING.fullmatch(fold(cell)) for cell in _CELLS.split(line))


def _are_numbered(rows: Sequence[list[str]]) -> bool:
    """Whether the first words are the running numbers of the lines, which may be codes of others."""
    return len(rows) > 1 and all(
        len(words) > 1 and words[0].rstrip(".)") == str(number) for number, words in enumerate(rows, 1)
    )


def _codes_of(line: str, words: Sequence[str], known: Collection[str]) -> tuple[list[str], list[str]]:
    """The keys of the known codes in a line, and which other words of it must be codes.

    Beside a known code those must that are built like it; all of them, where nothing but codes stands in the line.
    """
    codes = [code for word in words if (code := code_key(word)) in known]
    others = [word for word in words if code_key(word) not in known and not _DATE.fullmatch(word)]
    if len(others) + len(codes) > 1 and others[:1] == words[:1] and _RUNNING_NUMBER.fullmatch(words[0]):
        del others[0]
    if not codes:
        return [], [word for word in others if _CODE.fullmatch(word)] or others
    passed_over = len(words) > len(codes) + len(others)
    if "\t" in line or passed_over or any(map(_is_of_a_name, others)) or _names_in(line, known):
        if len(words) > len(codes):
            codes = [code for code in codes if not code.isdecimal()] or codes[:1]  # no year of birth
        built = {_build(code) for code in codes} - {_build("0")}
        others = [word for word in others if _build(code_key(word)) in built]
    return codes, others


def _is_of_a_name(word: str) -> bool:
    return not word.isupper() and not re.search(r"\d", word)


def _build(code: str) -> str:
    """Codes that differ by their numbers alone are built alike."""
    return re.sub(r"\d+", "0", code)


def _names_in(line: str, known: Collection[str]) -> list[str]:
    """Two words or more beside each other that are no codes and hold no digit; of a row of a table the first only."""
    names = []
    for cell in _CELLS.split(line):
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
