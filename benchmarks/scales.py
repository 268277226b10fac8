"""How much data a benchmark works on."""

from dataclasses import dataclass

LAST_YEAR = 2025
PEOPLE_A_CLASS = 25


@dataclass(frozen=True)
class Scale:
    """An office of a certain size; its data is the same every time it is made."""

    name: str
    classes: int
    people: int
    departments: int
    divisions: int  # of each department
    years: int

    @property
    def enrollments(self) -> int:
        """One row a person and class."""
        return self.classes * PEOPLE_A_CLASS

    @property
    def first_year(self) -> int:
        """The year of the earliest classes."""
        return LAST_YEAR - self.years + 1


SCALES = {
    scale.name: scale
    for scale in [
        Scale("XS", classes=8, people=60, departments=2, divisions=2, years=2),
        Scale("S", classes=800, people=1_500, departments=5, divisions=5, years=7),
        Scale("M", classes=40_000, people=100_000, departments=25, divisions=23, years=15),
        Scale("L", classes=400_000, people=1_000_000, departments=50, divisions=59, years=15),
    ]
}

# The same page is asked of a smaller office too, to see whether it stays as fast.
_TENTH_OF_S = Scale("tenth", classes=80, people=150, departments=5, divisions=5, years=7)
SMALLER = {"XS": SCALES["XS"], "S": _TENTH_OF_S, "M": SCALES["S"], "L": SCALES["M"]}

# Many people without any training: what the staff picker searches.
CROWD = Scale("crowd", classes=0, people=100_000, departments=25, divisions=23, years=1)
