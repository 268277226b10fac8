"""A leader reads nothing about people of other units: on no page, in no list, search, filter, export or history."""

import pytest
from django.urls import reverse

from courses.seed import seed_code_lists
from enrollments.models import Enrollment
from tests.access.crawling import Crawl, with_query
from vpcp_training.text import fold

from .addresses import ADDRESSES, LEADER, own_record
from .office import HIDDEN, office

pytestmark = pytest.mark.django_db

LISTS = [
    "personnel:staff_list",
    "personnel:unit_list",
    "courses:course_list",
    "enrollments:session_list",
    "enrollments:enrollment_list",
    "enrollments:people_list",
    "reports:untrained",
]
MINORITY = ("dan toc thieu so", "ethnic minority", "ethnic_minority", "minority")


@pytest.fixture
def here():
    seed_code_lists()
    return office()


@pytest.fixture
def leader(client, here):
    client.force_login(here.users["leader"])
    return client


def filters_of(client, path: str) -> dict[str, list[str]]:
    """The filters a list offers, with what each of them can be set to."""
    form = client.get(path, follow=True).context["filter"].form
    choices = {name: getattr(field, "choices", ()) for name, field in form.fields.items()}
    return {name: [str(value) for value, _label in values if value] for name, values in choices.items()}


def test_no_page_or_file_a_leader_can_reach_tells_of_another_unit_or_of_the_minority_mark(leader, here):
    own = {name: address.url(name, own_record(address.record, here)) for name, address in ADDRESSES.items()}
    starts = [url for name, url in own.items() if LEADER in ADDRESSES[name].roles and ADDRESSES[name].get == 200]
    crawl = Crawl(leader).from_("/", *starts)
    assert crawl.addresses_with(HIDDEN) == []
    # The rule says in general what is counted.
    assert crawl.addresses_with(*MINORITY) == ["/reports/rule/"]
    # The walk did get around: to people, to files, to figures.
    for staff in (here.an, here.binh, here.left, here.came):
        assert f"/personnel/{staff.code}/" in crawl.texts
    assert sum("export=xlsx" in url for url in crawl.texts) >= len(LISTS)
    assert crawl.addresses_with(fold(here.an.full_name))


@pytest.mark.parametrize("name", LISTS)
def test_no_filter_order_or_export_widens_what_a_leader_sees(leader, here, name):
    path, crawl = reverse(name), Crawl(leader)
    foreign = {"unit": here.other.code, "session": here.shared.code, "staff": here.outsider.code}
    offered = filters_of(leader, path)
    assert here.other.code not in offered.get("unit", [])
    asked = [(name, value) for name, values in offered.items() for value in values]
    asked += [(name, "1") for name in ("direct", "attended", "minority", "is_ethnic_minority", "all", "user")]
    asked += [("sort", order) for order in ("unit", "-unit", "name", "is_ethnic_minority", "staff__full_name")]
    asked += [*foreign.items(), ("slice", "ethnic_minority"), ("status", "counted"), ("status", "sent")]
    year = {"year": "2012"} if name == "reports:untrained" else {}
    for key, value in asked:
        crawl.read(with_query(path, **year | {key: value}))
    for key, value in dict(asked).items():
        crawl.read(with_query(path, **year | {key: value}, export="xlsx"))
    # Only what was typed into the address may come back.
    for url, text in crawl.texts.items():
        shown = text.replace(fold(here.other.code), "").replace(fold(here.outsider.code), "")
        assert HIDDEN not in shown, url


@pytest.mark.parametrize("name", LISTS)
def test_a_search_for_people_of_other_units_finds_nobody(leader, here, name):
    for staff in (here.outsider, here.idle):
        for words in (staff.code, staff.full_name.split()[-1]):
            query = {"q": words, "year": "2012"} if name == "reports:untrained" else {"q": words}
            response = leader.get(with_query(reverse(name), **query))
            rows = [str(row.record) for row in response.context["table"].rows]
            assert not any(HIDDEN in fold(row) for row in rows)


@pytest.mark.parametrize("picker", ["/pick/staff/", "/pick/candidates/"])
def test_pickers_find_the_leader_s_people_only(leader, here, picker):
    def found(query: str) -> set[str]:
        address = with_query(picker, q=query, session=here.shared.code)
        return {result["code"] for result in leader.get(address).json()["results"]}

    assert found("le ngoc an") == {"CB01"}
    assert found("cb") == {"CB01", "CB02", "CB03", "CB04"}
    assert found("khuat") == found("duc") == set()


def test_a_leader_s_staff_are_those_there_today_and_those_recorded_there(leader):
    rows = leader.get("/personnel/").context["table"].rows
    assert {row.record.code for row in rows} == {"CB01", "CB02", "CB03", "CB04"}


def test_of_a_person_who_moved_only_the_rows_and_postings_in_the_own_units_are_shown(leader, here):
    came = fold(leader.get(f"/personnel/{here.came.code}/").content.decode())
    assert here.autumn.code.lower() in came
    assert here.shared.code.lower() not in came
    left = fold(leader.get(f"/personnel/{here.left.code}/").content.decode())
    assert here.shared.code.lower() in left
    assert here.autumn.code.lower() not in left


def test_the_figures_of_a_leader_count_the_own_units_only(leader):
    report = leader.get("/reports/yearly/?year=2012").context["report"]
    assert (report.total.participations.current, report.total.people.current) == (3, 3)
    assert report.total.participations.previous == 1
    assert {line.code for line in report.by_unit} == {"QT-1", "QT"}


def test_the_report_of_another_unit_is_not_found(leader, here):
    for path in ("/reports/yearly/", "/reports/yearly/excel/"):
        assert leader.get(with_query(path, year="2012", unit=here.other.code)).status_code == 404


def test_the_ethnic_minority_mark_is_in_no_list_in_english_either(leader):
    leader.cookies["django_language"] = "en"
    crawl = Crawl(leader)
    for path in ("/", "/reports/yearly/", *map(reverse, LISTS)):
        crawl.read(path)
    assert crawl.addresses_with(*MINORITY) == []


def test_asking_for_the_ethnic_minority_tells_a_leader_nothing(leader):
    everyone = len(leader.get("/personnel/").context["table"].rows)
    assert len(leader.get("/personnel/?minority=1").context["table"].rows) == everyone
    for path in ("/enrollments/", "/enrollments/people/"):
        response = leader.get(f"{path}?slice=ethnic_minority")
        assert (response.status_code, len(response.context["table"].rows)) == (422, 0)


@pytest.mark.parametrize("step", ["check", "save", "edit"])
@pytest.mark.parametrize("by", ["id", "code"])
def test_a_leader_cannot_propose_people_of_other_units_nor_learn_their_names(leader, here, step, by):
    others = [here.outsider, here.idle]
    chosen = {"people": [s.pk for s in others]} if by == "id" else {"codes": " ".join(s.code for s in others)}
    before = Enrollment.objects.count()
    ticked = {"ready": [s.pk for s in others], "confirmed": [s.pk for s in others]}
    response = leader.post(f"/courses/sessions/{here.shared.code}/enroll/", {"step": step, **chosen, **ticked})
    page = fold(response.content.decode())
    assert response.status_code == 422
    assert not any(fold(s.full_name) in page for s in others)
    assert Enrollment.objects.count() == before


def test_a_leader_changes_no_status_whatever_is_sent(leader, here):
    here.proposal.refresh_from_db()
    rows = {"row": [row.pk for row in (*here.seen, *here.hidden)], "status": "sent", "save": "1"}
    assert leader.post(f"/courses/sessions/{here.autumn.code}/status/", rows).status_code == 403
    assert leader.post(f"/enrollments/{here.proposal.pk}/status/?to=sent", {}).status_code == 403
    assert Enrollment.objects.get(pk=here.proposal.pk).status == "proposed"


def test_a_leader_without_a_unit_sees_nobody(client, here):
    client.force_login(here.users["nowhere"])
    crawl = Crawl(client).from_("/", *(reverse(name) for name in LISTS))
    for query in ("an", "cb", "khuat"):
        crawl.read(with_query("/pick/staff/", q=query))
    people = (here.an, here.binh, here.left, here.came, here.outsider, here.idle)
    names = [fold(word) for staff in people for word in (staff.full_name, staff.code)]
    assert crawl.addresses_with(*names) == []
    for staff in people:
        assert client.get(f"/personnel/{staff.code}/").status_code == 404
    for row in (*here.seen, *here.hidden):
        assert client.get(f"/enrollments/{row.pk}/").status_code == 404
