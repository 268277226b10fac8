"""A new person with the name and date of birth of another one, stored or in the file: perhaps the same person."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from personnel.models import Staff
from vpcp_training.bulk import array_parameter
from vpcp_training.partial_dates import PartialDate
from vpcp_training.text import alike_column

from .messages import Message
from .plan import Plan
from .rows import Row
from .schema import STAFF

Person = tuple[str, str, PartialDate, Row | None]  # name, code, birth, and the row of a new one


def warn_of_namesakes(plan: Plan) -> None:
    """Notes at each new person who else has the name and, as far as both are known, the date of birth."""
    known: defaultdict[tuple[str, int], dict[PartialDate, Person]] = defaultdict(dict)
    for person in _people(plan):
        name, _code, born, row = person
        alike = known[alike_column(name), born.year]
        if row is not None and (other := next((alike[day] for day in alike if day.agrees(born)), None)):
            text = _("%(name)s (%(code)s) has this name and date of birth too. Use that code if they are one person.")
            plan.warn(row, "full_name", Message(text, {"name": other[0], "code": other[1]}))
        alike.setdefault(born, person)


def _people(plan: Plan) -> Iterator[Person]:
    """Who may be a namesake of a new person: first those who are stored, then the new ones themselves."""
    good = list(plan.good_rows(STAFF))
    new = [row for row in good if row.record.is_new and row.cell("birth_date").value]
    if not new:
        return
    described = {row.record.pk: row.record for row in good if not row.record.is_new}
    names = {alike_column(row.cell("full_name").value) for row in new}
    years = {row.cell("birth_date").value.year for row in new}
    people = Staff.objects.filter(alike__in=array_parameter(names)).order_by("pk")
    for pk, name, code, born in people.values_list("pk", "full_name", "code", "birth_date"):
        if born and pk not in described:
            yield name, code, born, None
    for record in described.values():
        born = record.now("birth_date")
        if born and born.year in years:
            yield record.now("full_name"), record.stored.code, born, None
    for row in new:
        yield row.cell("full_name").value, row.cell("code").value, row.cell("birth_date").value, row
