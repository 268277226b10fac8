"""The cells of a list's page are written once a column; what they say is what django-tables2 would say."""

from itertools import count

import pytest
from django.template import Context, Template

from tests.builders import EnrollmentBuilder, UnitBuilder, UserBuilder

pytestmark = pytest.mark.django_db

LISTS = [
    "/enrollments/",
    "/enrollments/people/",
    "/personnel/",
    "/units/",
    "/courses/",
    "/courses/sessions/",
    "/courses/sessions/L1/",
    "/reports/untrained/?year=2011",
    "/accounts/users/",
    "/accounts/exports/",
    "/code-lists/fields/",
    "/code-lists/ranks/",
    "/code-lists/positions/",
]
BY_THE_LIBRARY = Template(
    "{% for row in table.paginated_rows %}<tr {{ row.attrs.as_html }}>{% for column, cell in row.items %}"
    '<td {{ column.attrs.td.as_html }} data-label="{{ column.header }}">{{ cell }}</td>{% endfor %}</tr>{% endfor %}'
)


@pytest.fixture
def office():
    """Rows with and without what they may hold, and with letters that mean something to HTML."""
    unit = UnitBuilder(code="QT", name="Cục <Quản trị> & Tài vụ")
    UnitBuilder(code="QT-XE", parent=unit).predecessors.add(unit)
    EnrollmentBuilder(
        session__code="L1", session__seats=1200, staff__posting__unit=unit, decision_number="12/QĐ", result='"Giỏi"'
    )
    EnrollmentBuilder(session__code="L2", session__country="Lào", staff__full_name="Trần <An>", status="proposed")
    EnrollmentBuilder(session__code="L3", staff__posting__position=None, status="declined", reason="Bận & xa")


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("role", ["admin", "leader"])
def test_cells_are_those_of_the_library(client, office, role, address):
    unit = UnitBuilder(code="QT") if role == "leader" else None
    client.force_login(UserBuilder(role=role, unit=unit))
    client.get("/enrollments/?export=xlsx")
    response = client.get(address)
    if role == "leader" and response.status_code == 403:
        return
    table = response.context["table"]
    table._counter = count()
    rows = list(table.screen_rows())
    table._counter = count()
    assert "".join(rows) == BY_THE_LIBRARY.render(Context({"table": table}))
    assert rows or role == "leader"
