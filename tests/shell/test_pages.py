"""The bases of forms and histories: nothing typed is lost, nobody's change is overwritten unseen."""

import datetime
import re

import pytest

from personnel.models import Staff, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shell_urls")]


def opened(client, address="/t/CB~01/edit/") -> dict:
    """What the form holds when it is opened."""
    page = client.get(address).content.decode()
    values = {"code": "CB/01", "full_name": "Lê Ngọc An", "birth_date": "17/01/1976", "gender": "male", "category": ""}
    return {**values, "version": re.search(r'name="version" value="(\d*)"', page)[1]}


def test_a_choice_not_made_yet_says_what_is_chosen(client, an):
    pages = [client.get(address).content.decode() for address in ("/t/CB~01/edit/", "/t/add/")]
    assert '<option value="" selected>— Chọn đối tượng —</option>' in pages[0]
    assert '<option value="" selected>— Chọn giới tính —</option>' in pages[1]
    assert not any("-----" in page for page in pages)


def as_it_stands(page: str) -> dict:
    """What the button of a page sends when nothing more is typed."""
    values = dict(re.findall(r'<input [^>]*name="(\w+)"(?: value="([^"]*)")?', page))
    for name, options in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', page, re.DOTALL):
        values[name] = next(iter(re.findall(r'<option value="(\w*)" selected', options)), "")
    return values


def sent_again(client, page: str) -> dict:
    """Presses the button once more; what was sent."""
    assert client.post("/t/CB~01/edit/", as_it_stands(page)).status_code == 302
    return as_it_stands(page)


def test_a_good_form_is_saved_and_says_so(client, an):
    response = client.post("/t/CB~01/edit/", {**opened(client), "birth_date": "3/4/76"}, follow=True)
    assert response.redirect_chain == [("/t/list/", 302)]
    assert [str(m) for m in response.context["messages"]]
    an.refresh_from_db()
    assert an.birth_date == datetime.date(1976, 4, 3)


def test_a_refused_form_keeps_what_was_typed_and_answers_422(client, an):
    response = client.post("/t/CB~01/edit/", {**opened(client), "full_name": "Lê Văn Bình", "birth_date": "31/02/1976"})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="Lê Văn Bình"' in page
    assert 'value="31/02/1976"' in page
    assert 'href="#id_birth_date"' in page
    assert "31/02/1976" in str(response.context["form"].errors["birth_date"])


def test_what_a_service_refuses_stands_beside_its_field(client, an):
    response = client.post("/t/CB~01/edit/", {**opened(client), "full_name": "Refused"})
    assert response.status_code == 422
    assert response.context["form"].errors == {
        "full_name": ["This name is refused."],
        "__all__": ["And so is the whole."],
    }


def test_the_second_of_two_people_sees_what_the_first_changed_and_loses_nothing(client, an):
    first, second = opened(client), opened(client)
    client.post("/t/CB~01/edit/", {**first, "full_name": "Lê Ngọc Ân"})

    response = client.post("/t/CB~01/edit/", {**second, "birth_date": "18/01/1976"})
    page = response.content.decode()
    assert response.status_code == 409
    assert [(c.old, c.new) for entry in response.context["conflict"] for c in entry.changes] == [
        ("Lê Ngọc An", "Lê Ngọc Ân")
    ]
    assert "Lê Thu Hương" in page
    assert 'value="18/01/1976"' in page
    an.refresh_from_db()
    assert (an.full_name, an.birth_date) == ("Lê Ngọc Ân", datetime.date(1976, 1, 17))

    assert sent_again(client, page)["full_name"] == "Lê Ngọc Ân"
    an.refresh_from_db()
    assert (an.full_name, an.birth_date) == ("Lê Ngọc Ân", datetime.date(1976, 1, 18))


def test_a_field_both_changed_keeps_what_the_second_typed(client, an):
    first, second = opened(client), opened(client)
    client.post("/t/CB~01/edit/", {**first, "full_name": "Lê Ngọc Ân", "birth_date": "", "gender": "female"})
    page = client.post("/t/CB~01/edit/", {**second, "full_name": "Lê Ngọc Anh"}).content.decode()
    sent_again(client, page)
    an.refresh_from_db()
    assert (an.full_name, an.birth_date, an.gender) == ("Lê Ngọc Anh", None, "female")


def test_somebody_who_saved_in_between_is_shown_as_well(client, an):
    second = opened(client)
    client.post("/t/CB~01/edit/", {**opened(client), "full_name": "Lê Ngọc Ân"})
    page = client.post("/t/CB~01/edit/", {**second, "birth_date": "18/01/1976"})
    client.post("/t/CB~01/edit/", {**opened(client), "full_name": "Lê Ngọc Ân", "gender": "female"})
    page = client.post("/t/CB~01/edit/", as_it_stands(page.content.decode()))
    assert page.status_code == 409
    assert [(c.old, c.new) for entry in page.context["conflict"] for c in entry.changes] == [("Nam", "Nữ")]
    sent_again(client, page.content.decode())
    an.refresh_from_db()
    assert (an.full_name, an.birth_date, an.gender) == ("Lê Ngọc Ân", datetime.date(1976, 1, 18), "female")


@pytest.mark.parametrize("version", ["", "0", "-1", "abc", "9" * 30, "\x00"])
def test_a_forged_version_is_a_conflict(client, an, version):
    assert client.post("/t/CB~01/edit/", {**opened(client), "version": version}).status_code == 409


def test_what_the_other_changed_is_said_before_what_is_wrong(client, an):
    first, second = opened(client), opened(client)
    client.post("/t/CB~01/edit/", {**first, "full_name": "Lê Ngọc Ân"})
    page = client.post("/t/CB~01/edit/", {**second, "birth_date": "31/02/1976"})
    assert page.status_code == 409
    values = as_it_stands(page.content.decode())
    assert (values["full_name"], values["birth_date"]) == ("Lê Ngọc Ân", "31/02/1976")
    assert client.post("/t/CB~01/edit/", values).status_code == 422


def test_a_new_record_needs_no_version(client, an):
    values = {"code": "CB02", "full_name": "Trần Thu Hà", "gender": "female"}
    assert client.post("/t/add/", values).status_code == 302
    assert Staff.objects.filter(code="CB02").exists()


def test_history_tells_who_changed_which_field_from_what_to_what(client, an):
    client.post("/t/CB~01/edit/", {**opened(client), "gender": "female", "birth_date": "", "category": "cadre"})
    newest, created = client.get("/t/CB~01/history/").context["entries"]
    labels = Staff.Gender, Staff.Category
    assert newest.by == "Lê Thu Hương"
    assert [(c.old, c.new) for c in newest.changes] == [
        ("17/01/1976", "–"),
        (str(labels[0].MALE.label), str(labels[0].FEMALE.label)),
        ("–", str(labels[1].CADRE.label)),
    ]
    assert created.kind == "+"
    assert ("–", "Lê Ngọc An") in [(c.old, c.new) for c in created.changes]


def test_history_takes_the_same_number_of_queries_whatever_its_length(client, an, django_assert_num_queries):
    for n in range(30):
        an.full_name = f"Lê Ngọc An {n}"
        an._history_user = User.objects.create_user(f"u{n}", role="hr")
        an.save()
    client.get("/t/CB~01/history/")
    with django_assert_num_queries(7):
        assert len(client.get("/t/CB~01/history/").context["entries"]) == 25
    assert len(client.get("/t/CB~01/history/?page=2").context["entries"]) == 6
