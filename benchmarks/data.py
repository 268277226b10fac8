"""Makes the data of a scale: a few thousand rows in Python, the many by statements in the database."""

import datetime
from random import Random

from django.db import connection

from courses.models import Course, CourseSession, Field, Provider
from enrollments.models import Enrollment
from personnel.models import Position, Rank, Staff, Unit, User

from .names import full_name
from .scales import PEOPLE_A_CLASS, Scale

_SEED = 2012
_COURSES_A_FIELD = 4
_NAMED = 10_000  # people; the others of a large scale are their namesakes
_MOVED = 3  # of ten people change their post once
# Who is in a class is found by arithmetic, in Python and in SQL. The step from place to place is a factor of no scale's
# number of people, so nobody is in a class twice.
_CLASS_STEP, _PLACE_STEP = 7919, 101


def fill(scale: Scale) -> None:
    """Fills an empty, migrated database; the same scale gives the same rows every time."""
    random = Random(_SEED)
    _make_units(scale)
    _make_people(scale, random)
    _make_classes(scale, random)
    User.objects.create_user("bench", role=User.Role.HR)
    with connection.cursor() as cursor:
        _make_postings(scale, cursor)
        if scale.classes:
            cursor.execute(_enroll_sql(scale))
            cursor.execute(_history_sql())
        # What autovacuum does on a server by and by.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def member(class_number: int, place: int, people: int) -> int:
    """The number of the person at a place of a class.

    Places from PEOPLE_A_CLASS on give people who are not in the class.
    """
    return (class_number * _CLASS_STEP + place * _PLACE_STEP) % people


def _make_units(scale: Scale) -> None:
    """The office, its departments, and their divisions."""
    office = Unit.objects.create(code="VP", name="Văn phòng", sort_order=1)
    departments = Unit.objects.bulk_create(
        Unit(code=f"V{d:02}", name=f"Vụ số {d}", kind="Vụ", parent=office, sort_order=d)
        for d in range(1, scale.departments + 1)
    )
    Unit.objects.bulk_create(
        Unit(code=f"{above.code}-{p:02}", name=f"Phòng {p}, {above.name}", kind="Phòng", parent=above, sort_order=p)
        for above in departments
        for p in range(1, scale.divisions + 1)
    )


def _make_people(scale: Scale, random: Random) -> None:
    named = [
        Staff(
            code=f"CB00{number:05}",
            full_name=full_name(random),
            birth_date=datetime.date(1965, 1, 1) + datetime.timedelta(days=random.randrange(12_000)),
            gender=random.choice(Staff.Gender.values),
            is_ethnic_minority=random.random() < 0.08,
            category=Staff.Category.CIVIL_SERVANT,
        )
        for number in range(min(scale.people, _NAMED))
    ]
    Staff.objects.bulk_create(named)
    with connection.cursor() as cursor:
        for copy in range(1, scale.people // _NAMED):
            cursor.execute(
                """INSERT INTO personnel_staff
                    (code, full_name, birth_date, gender, is_ethnic_minority, category, code_key, search, sort_key,
                    alike)
                SELECT %s || substr(code, 5), full_name, birth_date, gender, is_ethnic_minority, category,
                    replace(code_key, 'cb00', %s), replace(search, 'cb00', %s), sort_key, alike
                FROM personnel_staff WHERE code LIKE 'CB00%%' ORDER BY id""",
                [f"CB{copy:02}", f"cb{copy:02}", f"cb{copy:02}"],
            )


def _make_postings(scale: Scale, cursor) -> None:
    """Everyone is in service all the time; those who move do so on the first day of one of the years."""
    first_person, first_division = Staff.objects.earliest("pk").pk, Unit.objects.get(code="V01-01").pk
    divisions = scale.departments * scale.divisions
    leading = list(Position.objects.leading().values_list("pk", flat=True))
    others = list(Position.objects.filter(level="").values_list("pk", flat=True))
    positions, ranks = _pick([*leading, *others * 12]), _pick(list(Rank.objects.values_list("pk", flat=True)))

    def post(start: datetime.date, end: datetime.date | None, who: str, number: int) -> None:
        """Posts these people; the first and the second post differ in the unit."""
        unit = f"{first_division} + (i * 31 + {number} * 17) % {divisions}"
        last_day = f"'{end}'" if end else "NULL"
        cursor.execute(
            f"""INSERT INTO personnel_posting (staff_id, unit_id, position_id, rank_id, start, "end")
            SELECT id, {unit}, {positions}, {ranks}, '{start}', {last_day}
            FROM (SELECT id, id - {first_person} AS i FROM personnel_staff) AS person WHERE {who} ORDER BY id"""
        )

    hired = datetime.date(scale.first_year - 3, 1, 1)
    post(hired, None, f"i % 10 >= {_MOVED}", 0)
    for number in range(scale.years):
        moved = datetime.date(scale.first_year + number, 1, 1)
        who = f"i % 10 < {_MOVED} AND i / 10 % {scale.years} = {number}"
        post(hired, moved - datetime.timedelta(days=1), who, 0)
        post(moved, None, who, 1)


def _pick(pks: list[int]) -> str:
    """Expression for one of these ids, by the number `i` of a person."""
    return f"CASE i % {len(pks)} {' '.join(f'WHEN {number} THEN {pk}' for number, pk in enumerate(pks))} END"


def _make_classes(scale: Scale, random: Random) -> None:
    """Classes in the order of their opening days."""
    provider = Provider.objects.create(name="Trường Bồi dưỡng cán bộ")
    courses = Course.objects.bulk_create(
        Course(code=f"{field.code}-{number}", field=field, name=f"{field.name}, chương trình {number}")
        for field in Field.objects.all()
        for number in range(1, _COURSES_A_FIELD + 1)
    )
    a_year = -(-scale.classes // scale.years)
    classes = []
    for number in range(scale.classes):
        year, of_year = scale.first_year + number // a_year, number % a_year
        course = random.choice(courses)
        start = datetime.date(year, 1, 1) + datetime.timedelta(days=of_year * 350 // a_year)
        classes.append(
            CourseSession(
                code=f"{year}-{course.code}-{of_year + 1:05}",
                course=course,
                name=f"{course.name} (lớp {of_year + 1} năm {year})",
                start=start,
                end=start + datetime.timedelta(days=random.choice([2, 4, 11, 40])),
                mode=random.choice(CourseSession.Mode.values),
                place="Hà Nội",
                country=random.choices(["", "Hàn Quốc"], [9, 1])[0],
                provider=provider,
            )
        )
    CourseSession.objects.bulk_create(classes, batch_size=2_000)


def _enroll_sql(scale: Scale) -> str:
    """Each class gets PEOPLE_A_CLASS people of mixed status, with the snapshots of their opening day."""
    first_person, first_class = Staff.objects.earliest("pk").pk, CourseSession.objects.earliest("pk").pk
    return f"""
        INSERT INTO enrollments_enrollment (
            session_id, staff_id, status, reason, decision_number, decision_date, decision_signer, result,
            certificate_number, certificate_date, year, field_id, unit_id, position_id, rank_id)
        WITH RECURSIVE
            place(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM place WHERE k < {PEOPLE_A_CLASS - 1}),
            class AS (
                SELECT s.id, s.start, s.id - {first_class} AS i, c.field_id,
                    CAST(substr(s.code, 1, 4) AS integer) AS year
                FROM courses_coursesession s JOIN courses_course c ON c.id = s.course_id)
        SELECT
            class.id, posting.staff_id,
            CASE (i + k) % 50 WHEN 3 THEN 'cancelled' WHEN 7 THEN 'declined' WHEN 11 THEN 'postponed'
                WHEN 13 THEN 'proposed' WHEN 17 THEN 'not_completed' WHEN 19 THEN 'dropped_out' ELSE 'completed' END,
            '', (i % 900 + 1) || '/QĐ-VP', class.start, 'Chánh Văn phòng', '',
            '', NULL, class.year, class.field_id, posting.unit_id, posting.position_id, posting.rank_id
        FROM class CROSS JOIN place
        JOIN personnel_posting posting
            ON posting.staff_id = {first_person} + (i * {_CLASS_STEP} + k * {_PLACE_STEP}) % {scale.people}
            AND posting.start <= class.start AND (posting."end" IS NULL OR posting."end" >= class.start)
        ORDER BY class.id, k"""


def _history_sql() -> str:
    """Every enrollment has the history row of its creation, made on the day of the decision."""
    columns = ", ".join(field.column for field in Enrollment._meta.concrete_fields)
    return f"""
        INSERT INTO enrollments_historicalenrollment ({columns}, history_date, history_type)
        SELECT {columns}, decision_date, '+' FROM enrollments_enrollment ORDER BY id"""
