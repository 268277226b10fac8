"""Model fields every app uses: text kept in one normal form, codes, and the columns derived from them."""

from django.core.validators import RegexValidator
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from .lines import LineField
from .searching import search_text
from .text import clean_text, dictionary_key, name_sort_key

code_validator = RegexValidator(
    r"^(?!\.{1,2}\Z)[\w.\-/]+\Z",  # "." and ".." alone are steps of an address
    _("A code has letters, digits and . - _ / only, without spaces."),
)


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
    """The unique code a record is known by in the workbook and in addresses."""

    default_validators = [code_validator]


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


class SearchField(DerivedField):
    """What a search without diacritics looks in; the code is the first of the sources."""

    def compute(self, *sources):
        return search_text(*sources)


class NameSortField(DerivedField):
    """Order of persons by Vietnamese given name."""

    def compute(self, *sources):
        return name_sort_key(" ".join(sources))


class DictionarySortField(DerivedField):
    """Vietnamese dictionary order, in hexadecimal so that every database collation gives the same."""

    def compute(self, *sources):
        return dictionary_key(" ".join(sources)).encode().hex()
