"""Makes the data of a scale: people and classes in Python, their enrollments by one statement in the database."""

import datetime
from random import Random

from django.db import connection

from courses.models import Course, CourseSession, Field, Provider
from enrollments.models import Enrollment
from personnel.models import Position, Posting, Rank, Staff, Unit, User

from .names import full_name
from .scales import LAST_YEAR, PEOPLE_A_CLASS, Scale

_SEED = 2012
_BATCH = 2_000
_DAY = datetime.timedelta(days=1)
_COURSES_A_FIELD = 4
# Who is in a class is found by arithmetic, in Python and in SQL. The step from place to place is a factor of no scale's
# number of people, so nobody is in a class twice.
_CLASS_STEP, _PLACE_STEP = 7919, 101


def fill(scale: Scale) -> None:
    """Fills an empty, migrated database; the same scale gives the same rows every time."""
    random = Random(_SEED)
    divisions = _make_units(scale)
    people = Staff.objects.bulk_create(list(_people(scale, random)), _BATCH)
    Posting.objects.bulk_create(list(_postings(scale, random, people, divisions)), _BATCH)
    classes = CourseSession.objects.bulk_create(list(_classes(scale, random)), _BATCH)
    User.objects.create_user("bench", role=User.Role.HR)
    with connection.cursor() as cursor:
        if classes:
            cursor.execute(_enroll_sql(people, classes))
            cursor.execute(_history_sql())
        # What autovacuum does on a server by and by.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def member(class_number: int, place: int, people: int) -> int:
    """The number of the person at a place of a class.

    Places from PEOPLE_A_CLASS on give people who are not in the class.
    """
    return (class_number * _CLASS_STEP + place * _PLACE_STEP) % people


def _make_units(scale: Scale) -> list[Unit]:
    """The office, its departments, and their divisions, which are returned."""
    office = Unit.objects.create(code="VP", name="Văn phòng", sort_order=1)
    departments = Unit.objects.bulk_create(
        Unit(code=f"V{d:02}", name=f"Vụ số {d}", kind="Vụ", parent=office, sort_order=d)
        for d in range(1, scale.departments + 1)
    )
    return Unit.objects.bulk_create(
        Unit(code=f"{above.code}-{p:02}", name=f"Phòng {p}, {above.name}", kind="Phòng", parent=above, sort_order=p)
        for above in departments
        for p in range(1, scale.divisions + 1)
    )


def _people(scale: Scale, random: Random):
    for number in range(scale.people):
        yield Staff(
            code=f"CB{number:07}",
            full_name=full_name(random),
            birth_date=datetime.date(1965, 1, 1) + _DAY * random.randrange(12_000),
            gender=random.choice(Staff.Gender.values),
            is_ethnic_minority=random.random() < 0.08,
            category=Staff.Category.CIVIL_SERVANT,
        )


def _postings(scale: Scale, random: Random, people: list[Staff], divisions: list[Unit]):
    """Everyone is in service all the time; three in ten change their division and position once."""
    positions, ranks = list(Position.objects.all()), list(Rank.objects.all())
    start = datetime.date(scale.first_year - 3, 1, 1)
    days = (datetime.date(LAST_YEAR, 12, 31) - start).days
    weights = [1 if position.level else 8 for position in positions]
    for person in people:
        starts = [start]
        if random.random() < 0.3:
            starts.append(start + _DAY * random.randrange(400, days))
        for day, following in zip(starts, [*starts[1:], None], strict=True):
            [position] = random.choices(positions, weights)
            yield Posting(
                staff=person,
                unit=random.choice(divisions),
                position=position,
                rank=random.choice(ranks),
                start=day,
                end=following and following - _DAY,
            )


def _classes(scale: Scale, random: Random):
    """Classes in the order of their opening days."""
    [provider] = Provider.objects.bulk_create([Provider(name="Trường Bồi dưỡng cán bộ")])
    courses = Course.objects.bulk_create(
        Course(code=f"{field.code}-{number}", field=field, name=f"{field.name}, chương trình {number}")
        for field in Field.objects.all()
        for number in range(1, _COURSES_A_FIELD + 1)
    )
    a_year = -(-scale.classes // scale.years)
    for number in range(scale.classes):
        year, of_year = scale.first_year + number // a_year, number % a_year
        course = random.choice(courses)
        start = datetime.date(year, 1, 1) + _DAY * (of_year * 350 // a_year)
        yield CourseSession(
            code=f"{year}-{course.code}-{of_year + 1:05}",
            course=course,
            name=f"{course.name} (lớp {of_year + 1} năm {year})",
            start=start,
            end=start + _DAY * random.choice([2, 4, 11, 40]),
            mode=random.choice(CourseSession.Mode.values),
            place="Hà Nội",
            country=random.choices(["", "Hàn Quốc"], [9, 1])[0],
            provider=provider,
        )


def _enroll_sql(people: list[Staff], classes: list[CourseSession]) -> str:
    """Each class gets PEOPLE_A_CLASS people of mixed status, with the snapshots of their opening day."""
    return f"""
        INSERT INTO enrollments_enrollment (
            session_id, staff_id, status, reason, decision_number, decision_date, decision_signer, result,
            certificate_number, certificate_date, year, field_id, unit_id, position_id, rank_id)
        WITH RECURSIVE
            place(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM place WHERE k < {PEOPLE_A_CLASS - 1}),
            class AS (
                SELECT s.id, s.start, s.id - {classes[0].pk} AS i, c.field_id,
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
            ON posting.staff_id = {people[0].pk} + (i * {_CLASS_STEP} + k * {_PLACE_STEP}) % {len(people)}
            AND posting.start <= class.start AND (posting."end" IS NULL OR posting."end" >= class.start)
        ORDER BY class.id, k"""


def _history_sql() -> str:
    """Every enrollment has the history row of its creation, as if the services had made it."""
    columns = ", ".join(field.column for field in Enrollment._meta.concrete_fields)
    return f"""
        INSERT INTO enrollments_historicalenrollment ({columns}, history_date, history_type)
        SELECT {columns}, CURRENT_TIMESTAMP, '+' FROM enrollments_enrollment"""
