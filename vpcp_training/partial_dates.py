"""Dates of which the day, or the day and the month, may not be known: born in 1975, or in 03/1975."""

import datetime
import re
from typing import Any, Literal, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.lookups import Lookup
from django.utils.translation import gettext_lazy as _

_TEXT = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)


class PartialDate(datetime.date):
    """The first day that it may be, and how much of it is `known`: PartialDate(1975, 3) is some day of that March.

    A plain date is known to the day.
    """

    __slots__ = ("known",)
    known: Literal["day", "month", "year"]

    def __new__(cls, year: int, month: int | None = None, day: int | None = None) -> Self:
        made = super().__new__(cls, year, 1 if month is None else month, 1 if day is None else day)
        made.known = "year" if month is None else "month" if day is None else "day"
        return made

    @classmethod
    def of(cls, day: datetime.date) -> "PartialDate":
        """A date as a partial one."""
        return day if isinstance(day, PartialDate) else cls(day.year, day.month, day.day)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """From "1975-03-05", "1975-03" or "1975"; raises ValueError of anything else."""
        if not _TEXT.fullmatch(text):
            raise ValueError(text)
        return cls(*map(int, text.split("-")))

    def isoformat(self) -> str:
        """What is known, as "1975-03-05", "1975-03" or "1975"."""
        return "-".join(reversed(self._parts))

    @property
    def shown(self) -> str:
        """What is known, as 05/03/1975, 03/1975 or 1975."""
        return "/".join(self._parts)

    def agrees(self, other: datetime.date) -> bool:
        """Whether both may be the same day."""
        shorter, longer = sorted((self.isoformat(), other.isoformat()), key=len)
        return longer.startswith(shorter)

    @property
    def _parts(self) -> list[str]:
        parts = [f"{self.day:02}", f"{self.month:02}", f"{self.year:04}"]
        return parts[("day", "month", "year").index(self.known) :]

    def __eq__(self, other: object) -> bool:
        same = super().__eq__(other)
        return same if same is NotImplemented else same and self.known == getattr(other, "known", "day")

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = datetime.date.__hash__

    def __reduce__(self) -> tuple:
        return type(self), tuple(int(part) for part in reversed(self._parts))


class PartialDateField(models.Field):
    """A PartialDate, stored as its text, which sorts as the days do; plain dates and texts are taken as well.

    Asked are `year`, and with `agrees` those that may be the same day.
    """

    default_error_messages = {"invalid": _("“%(value)s” is not a date. Enter it as 03/04/2012.")}
    _pyi_private_set_type: datetime.date | str | None
    _pyi_private_get_type: PartialDate

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **{**kwargs, "max_length": 10})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def get_internal_type(self) -> str:
        return "CharField"

    def to_python(self, value: Any) -> PartialDate | None:
        if value is None:
            return None
        if isinstance(value, datetime.date):
            return PartialDate.of(value)
        try:
            return PartialDate.from_text(value)
        except (TypeError, ValueError):
            raise ValidationError(self.error_messages["invalid"], "invalid", {"value": value}) from None

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> PartialDate | None:
        return None if value is None else PartialDate.from_text(value)

    def get_prep_value(self, value: Any) -> str | None:
        known = self.to_python(super().get_prep_value(value))
        return known and known.isoformat()

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def pre_save(self, model_instance: models.Model, add: bool) -> PartialDate | None:
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value


@PartialDateField.register_lookup
class _Year(models.Transform):
    lookup_name = "year"
    template = "CAST(SUBSTR(%(expressions)s, 1, 4) AS integer)"
    output_field = models.IntegerField()


@PartialDateField.register_lookup
class _Agrees(Lookup):
    """Whether the shorter text begins the longer one."""

    lookup_name = "agrees"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list]:
        ours, our_values = self.process_lhs(compiler, connection)
        theirs, their_values = self.process_rhs(compiler, connection)
        sql = f"SUBSTR({ours}, 1, LENGTH({theirs})) = SUBSTR({theirs}, 1, LENGTH({ours}))"
        return sql, [*our_values, *their_values, *their_values, *our_values]
