"""A search over enrollments asks what it can of people alone, and finds what a question word by word finds."""

import datetime

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from courses.models import CourseSession
from enrollments.models import Enrollment
from personnel.models import Staff
from tests.builders import EnrollmentBuilder, SessionBuilder, StaffBuilder
from vpcp_training.text import search_words

pytestmark = pytest.mark.django_db

quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

NAMES = ["Nguyễn Thị Hòa", "Nguyễn Văn Tin", "Đặng Hòa An", "Trần Lập"]
CLASSES = ["Tin học văn phòng", "Thị trường vốn 2012", "Lập pháp"]
NUMBERS = ["12/QĐ-VP", "2012/QĐ", ""]
WORDS = [
    "nguyễn",
    "thi",
    "hòa",
    "tin",
    "van",
    "lap",
    "đặng",
    "an",
    "hoc",
    "xyz",
    "cb",
    "cb01",
    "2012",
    "12",
    "12/qd",
    "1",
]


@pytest.fixture
def rows():
    """Every person in every class: a row for each way of being found."""
    people = [StaffBuilder(full_name=name, code=f"CB{number:02}") for number, name in enumerate(NAMES)]
    for number, name in enumerate(CLASSES):
        opening = datetime.date(2012, number + 1, 2)
        session = SessionBuilder(name=name, code=f"L{number}", start=opening, course__code=f"KH{number}")
        for person, decision in zip(people, [*NUMBERS, NUMBERS[number]], strict=True):
            EnrollmentBuilder(session=session, staff=person, decision_number=decision, certificate_number=str(number))


def word_by_word(query: str) -> set[int]:
    """The definition: each word in the person or the class, or with a digit at the beginning of a number."""
    found = Enrollment.objects.all()
    for word in search_words(query):
        where = Q(staff__in=Staff.objects.matching(word)) | Q(session__in=CourseSession.objects.matching(word))
        if any(map(str.isdigit, word)):
            for number in ("decision_number", "certificate_number"):
                rows = Enrollment.objects.values_list("pk", number)
                begin = [pk for pk, text in rows if text.upper().replace("Đ", "D").startswith(word.upper())]
                where |= Q(pk__in=begin)
        found = found.filter(where)
    return set(found.values_list("pk", flat=True))


@quick
@given(words=st.lists(st.one_of(st.sampled_from(WORDS), st.text(alphabet="aăđhint012 ", max_size=3)), max_size=4))
@example(words=["nguyễn", "thi", "hòa"])
@example(words=["nguyễn", "tin", "12"])
def test_words_that_no_class_holds_find_what_they_found_one_by_one(rows, words):
    query = " ".join(words)
    assert set(Enrollment.objects.matching(query).values_list("pk", flat=True)) == word_by_word(query)


def test_words_that_no_class_holds_are_asked_of_people_together(rows):
    sql = str(Enrollment.objects.matching("nguyễn thị hòa").query)
    assert sql.count('FROM "courses_coursesession"') == 1  # of "thi"
    assert sql.count('FROM "personnel_staff"') == 2  # of "nguyen" with "hoa", and of "thi"


def test_asking_which_words_classes_hold_is_one_question(rows, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert CourseSession.objects.words_held("Nguyễn thị hòa lập") == ["thi", "lap"]
    with django_assert_num_queries(2):
        assert Enrollment.objects.matching("nguyễn hòa").count() == 3


def test_without_classes_no_word_is_of_one():
    assert CourseSession.objects.words_held("tin") == []
