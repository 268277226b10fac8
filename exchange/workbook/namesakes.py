"""A new person with the name and date of birth of another one, stored or in the file: perhaps the same person."""

from collections import defaultdict
from datetime import date

from django.utils.translation import gettext_lazy as _

from personnel.models import Staff
from vpcp_training.bulk import array_parameter
from vpcp_training.text import alike_key

from .messages import Message
from .plan import Plan
from .rows import Row
from .schema import STAFF

Person = tuple[str, str, Row | None]  # name, code, and the row of a new one


def warn_of_namesakes(plan: Plan) -> None:
    """Notes at each new person who else has the name and date of birth."""
    new = [row for row in plan.good_rows(STAFF) if row.record.is_new and row.cell("birth_date").value]
    if not new:
        return
    old = [row for row in plan.good_rows(STAFF) if not row.record.is_new]
    described = {row.record.pk for row in old}
    born: defaultdict[date | None, list[Person]] = defaultdict(list)
    days = {row.cell("birth_date").value for row in new}
    people = Staff.objects.filter(birth_date__in=array_parameter(days)).order_by("pk")
    for pk, name, code, day in people.values_list("pk", "full_name", "code", "birth_date"):
        if pk not in described:
            born[day].append((name, code, None))
    for row in old:
        born[row.record.now("birth_date")].append((row.record.now("full_name"), row.record.stored.code, None))
    for row in new:
        born[row.cell("birth_date").value].append((row.cell("full_name").value, row.cell("code").value, row))
    for day in days:
        if len(born[day]) > 1:
            _compare(plan, born[day])


def _compare(plan: Plan, people: list[Person]) -> None:
    """Looks at people born on one day."""
    known: dict[str, tuple[str, str]] = {}
    for name, code, row in people:
        other = known.setdefault(alike_key(name), (name, code))
        if row is not None and other != (name, code):
            text = _("%(name)s (%(code)s) has this name and date of birth too. Use that code if they are one person.")
            plan.warn(row, "full_name", Message(text, {"name": other[0], "code": other[1]}))
