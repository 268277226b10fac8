"""Model fields every app uses: text kept in one normal form, codes, and the columns derived from them."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import connection, models
from django.db.models.expressions import Col
from django.db.models.lookups import Exact, In
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .lines import LineField
from .searching import search_text
from .text import alike_column, clean_text, code_key, dictionary_key, first_names, name_sort_key

CODE = re.compile(r"^(?!\.{1,2}\Z)[\w.\-/]+\Z")  # "." and ".." alone are steps of an address
code_validator = RegexValidator(CODE, _("A code has letters, digits and . - _ / only, without spaces."))
# Letters of Latin script are those of Western and Vietnamese text: no fullwidth or phonetic ones, which look like them.
_FOREIGN = re.compile(r"[^\WA-Za-zÀ-ÖØ-öø-žƠơƯưḀ-ỿ0-9_]")


def foreign_letters(code: str) -> str:
    """What to say of letters and digits that only look like those of a code; empty where there are none."""
    found = dict.fromkeys(_FOREIGN.findall(clean_text(code)))
    if not found:
        return ""
    named = first_names([f"“{letter}” (U+{ord(letter):04X})" for letter in found])
    text = gettext(
        "Not Latin, though it may look so: %(letters)s. Type the code again with Latin letters (Vietnamese ones too) "
        "and the digits 0–9."
    )
    return text % {"letters": named}


def validate_script(code: str) -> None:
    """Refuses a code that is not in Latin script: nobody could tell СВ01 from CB01."""
    if problem := foreign_letters(code):
        raise ValidationError(problem, "script")


class TextLineField(models.CharField):
    """One line of text, stored in NFC with clean spaces however it arrives (form, import, shell)."""

    def to_python(self, value):
        value = super().to_python(value)
        return clean_text(value) if isinstance(value, str) else value

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": LineField, **kwargs})

    def pre_save(self, model_instance, add):
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value


class CodeField(TextLineField):
    """The unique code a record is known by in the workbook and in addresses; it is stored as it was spelled first.

    Codes are compared without regard to case: to ask for a code, or for one among several, asks the record's
    `CodeKeyField`. Where there is none, as in a history, the code is meant as it is spelled.
    """

    default_validators = [code_validator, validate_script]


@CodeField.register_lookup
class _SameCode(Exact):
    def __init__(self, lhs, rhs):
        if isinstance(rhs, str) and (key := _key_column(lhs)):
            lhs, rhs = key, code_key(rhs)
        super().__init__(lhs, rhs)


@CodeField.register_lookup
class _AmongCodes(In):
    def __init__(self, lhs, rhs):
        if not hasattr(rhs, "resolve_expression") and (key := _key_column(lhs)):
            lhs, rhs = key, [code_key(code) for code in rhs]
        super().__init__(lhs, rhs)


def _key_column(column) -> Col | None:
    """The column that a code is compared in."""
    if not isinstance(column, Col):
        return None
    code = column.target
    keys = (field for field in code.model._meta.concrete_fields if isinstance(field, CodeKeyField))
    return next((key.get_col(column.alias) for key in keys if key.of == (code.name,)), None)


class DerivedField(models.CharField):
    """A column computed from other fields of the record whenever it is saved, one by one or by `bulk_create`.

    `bulk_update` asks no field for its value: call `derive(instance)` first and name the column among the updated ones.
    """

    def __init__(self, *args, of: tuple[str, ...] = (), **kwargs):
        self.of = of
        kwargs.update(editable=False)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["editable"]
        return name, path, args, {**kwargs, "of": self.of}

    def derive(self, instance: models.Model) -> str:
        """Set and return the column of `instance`."""
        value = self.value_of(*(getattr(instance, name) for name in self.of))
        setattr(instance, self.attname, value)
        return value

    def value_of(self, *sources: str | None) -> str:
        """The column of a record with these values in the fields it is computed from."""
        return self.compute(*(clean_text(source or "") for source in sources))[: self.max_length]

    def compute(self, *sources: str) -> str:
        raise NotImplementedError

    def pre_save(self, model_instance, add):
        return self.derive(model_instance)


def derive_anew(model: type[models.Model], name: str) -> None:
    """Write a derived column of every stored record again, for the migration that changes how it is computed."""
    field = model._meta.get_field(name)
    rows = [(field.value_of(*sources), pk) for pk, *sources in model._base_manager.values_list("pk", *field.of)]
    with connection.cursor() as cursor:
        cursor.executemany(f'UPDATE "{model._meta.db_table}" SET "{field.column}" = %s WHERE id = %s', rows)


class CodeKeyField(DerivedField):
    """What makes a code unique: its letters without regard to case, also where the database only knows ASCII."""

    def __init__(self, *args, **kwargs):
        # Of a code of 50 characters: some letters become several.
        super().__init__(*args, **{"max_length": 150, **kwargs})

    def compute(self, *sources):
        return code_key("".join(sources))


class SearchField(DerivedField):
    """What a search without diacritics looks in; the code is the first of the sources."""

    def compute(self, *sources):
        return search_text(*sources)


class AlikeField(DerivedField):
    """What names that are perhaps the same have in common; an index finds them by the beginning."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 600, **kwargs})

    def compute(self, *sources):
        return alike_column(" ".join(sources))


class NameSortField(DerivedField):
    """Order of persons by Vietnamese given name."""

    def compute(self, *sources):
        return name_sort_key(" ".join(sources))


class DictionarySortField(DerivedField):
    """Vietnamese dictionary order, in hexadecimal so that every database collation gives the same."""

    def compute(self, *sources):
        return dictionary_key(" ".join(sources)).encode().hex()
