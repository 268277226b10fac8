"""The years a scope has participations in, each with its two counts."""

from dataclasses import dataclass

from enrollments.querysets import COUNTS
from personnel.models import Unit
from vpcp_training.roles import By

from .remembered import Memory
from .yearly import participations_of


@dataclass(frozen=True)
class TrendPoint:
    """Participations and people of one year."""

    year: int
    participations: int
    people: int


def trend(user: By = None, unit: Unit | None = None) -> list[TrendPoint]:
    """Every year with participations that the user may see, of the whole office or of a unit, oldest first."""
    rows = participations_of(user, unit).values("year").annotate(**COUNTS).order_by("year")
    return [TrendPoint(**row) for row in Memory().recall_years(rows)]
