"""What an import makes of the figures of years that are over."""

from collections import Counter
from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import ngettext

from enrollments.status import COUNTED
from vpcp_training.figures import grouped

from .participations import Participation
from .plan import Plan
from .rosters import Rosters


def changes_of_past_years(plan: Plan, rosters: Rosters, after: list[Participation]) -> dict[int, int]:
    """By how many participations each year changes that is over: the file may move a class out of one into another."""
    sessions = plan.indexes["sessions"].by_pk
    changes = Counter(participation.session.now("start").year for participation in after)
    changes.subtract(
        sessions[entry.session_id].stored.start.year for entry in rosters.values() if entry.status in COUNTED
    )
    this_year = timezone.localdate().year
    return {year: change for year, change in sorted(changes.items()) if change and year < this_year}


def told(changes: Mapping[int, int]) -> list[str]:
    """The changes in words, a sentence a year."""
    return [_sentence(year, change) for year, change in changes.items()]


def _sentence(year: int, change: int) -> str:
    if change > 0:
        text = ngettext(
            "The year %(year)d is over, and gets %(count)s participation more.",
            "The year %(year)d is over, and gets %(count)s participations more.",
            change,
        )
    else:
        text = ngettext(
            "The year %(year)d is over, and gets %(count)s participation fewer.",
            "The year %(year)d is over, and gets %(count)s participations fewer.",
            -change,
        )
    return text % {"year": year, "count": grouped(abs(change))}
