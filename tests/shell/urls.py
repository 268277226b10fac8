"""Addresses of the site, and pages that only these tests have."""

from pathlib import Path

import django_filters
from django import forms
from django.db import connection, transaction
from django.http import JsonResponse
from django.urls import path

from personnel.models import Staff
from vpcp_training.access import allow
from vpcp_training.errors import DomainError
from vpcp_training.roles import READERS
from vpcp_training.screens.forms import ClearMessages, PickField, PickManyField, RecordForm
from vpcp_training.screens.lists import ListFilter, ListPage, YearFilter
from vpcp_training.screens.pages import FormPage, HistoryPage
from vpcp_training.screens.tables import ListTable
from vpcp_training.urls import handler400, handler403, handler404, handler500, urlpatterns  # noqa: F401


class StaffTable(ListTable):
    class Meta(ListTable.Meta):
        model = Staff
        fields = ("full_name", "code", "birth_date", "gender", "is_ethnic_minority")
        order_by = "full_name"


class StaffFilter(ListFilter):
    gender = django_filters.ChoiceFilter(choices=Staff.Gender, label="Gender")
    born = YearFilter(field_name="birth_date__year", label="Born in")
    unit = django_filters.NumberFilter(field_name="postings__unit", label="Unit number")


@allow(*READERS)
class StaffList(ListPage):
    model, table_class, filterset_class = Staff, StaffTable, StaffFilter
    title = "People"
    count_label = "%(shown)s people"


@allow(*READERS)
class AwayList(StaffList):
    """A list that is opened, and whose database is away when it is searched."""

    def get_queryset(self):
        if self.request.GET.get("q") == "away":
            away = connection.copy()
            away.settings_dict |= {"NAME": "file:/nowhere?mode=rw", "HOST": "127.0.0.1", "PORT": 1}
            away.cursor()
        return super().get_queryset()


class StaffForm(RecordForm):
    class Meta(RecordForm.Meta):
        model = Staff
        fields = ("code", "full_name", "birth_date", "gender", "category")


@allow(*READERS)
class StaffEdit(FormPage):
    model, form_class = Staff, StaffForm

    def save(self, form):
        if form.cleaned_data["full_name"] == "Refused":
            raise DomainError(("full_name", "This name is refused."), (None, "And so is the whole."))
        return form.save()

    def get_success_url(self):
        return "/t/list/"


@allow(*READERS)
class StaffAdd(StaffEdit):
    creates, title = True, "Add"


@allow(*READERS)
class StaffHistory(HistoryPage):
    model = Staff


class PickForm(ClearMessages, forms.Form):
    leader = PickField(Staff.objects.all(), url_name="pick_for_tests", label="Leader", required=False)
    people = PickManyField(Staff.objects.all(), url_name="pick_for_tests", params={"gender": "female"}, label="People")


@allow(*READERS)
class Pick(FormPage):
    creates, title, form_class = True, "Pick", PickForm

    def save(self, form):
        return form.cleaned_data["people"].order_by("code")

    def get_success_message(self):
        return ", ".join(person.code for person in self.saved)

    def get_success_url(self):
        return "/t/list/"


@allow(*READERS)
def found(request):
    people = Staff.objects.filter(gender=request.GET["gender"]).matching(request.GET["q"]).order_by("code")[:20]
    return JsonResponse({"results": [{"value": p.pk, "text": p.full_name, "note": p.code} for p in people]})


def undeclared(request):
    raise AssertionError("a view without roles was reached")


@allow(*READERS)
def broken(request):
    raise RuntimeError("a fault in a view")


@allow(*READERS)
def write(request):
    Staff.objects.create(code=request.POST["code"], full_name=request.POST["full_name"])
    return JsonResponse({})


@allow(*READERS)
def write_twice(request):
    with transaction.atomic():
        person = Staff.objects.create(code=request.POST["code"], full_name=request.POST["full_name"])
    with transaction.atomic():
        person.save()
    return JsonResponse({})


@allow(*READERS)
def rename_all(request):
    Staff.objects.update(full_name="Lê Ngọc Ân")  # a statement alone, which is its own transaction
    return JsonResponse({})


class ChooseForm(ClearMessages, forms.Form):
    person = forms.ModelChoiceField(Staff.objects.all(), label="Person")


@allow(*READERS)
class Choose(FormPage):
    creates, title, form_class = True, "Choose", ChooseForm


@allow(*READERS)
def no_room(request):
    with Path("/dev/full").open("w") as file:
        file.write(request.POST["full_name"])


@allow(*READERS)
def mistaken(request):
    return JsonResponse(Staff.objects.extra(where=["no_such_column = 1"]).get())


urlpatterns = [
    path("t/write/", write),
    path("t/write-twice/", write_twice),
    path("t/no-room/", no_room),
    path("t/rename-all/", rename_all),
    path("t/choose/", Choose.as_view()),
    path("t/mistaken/", mistaken),
    path("t/list/", StaffList.as_view()),
    path("t/away/", AwayList.as_view()),
    path("t/add/", StaffAdd.as_view()),
    path("t/<code:code>/edit/", StaffEdit.as_view(), name="edit_for_tests"),
    path("t/<code:code>/history/", StaffHistory.as_view()),
    path("t/pick/", Pick.as_view()),
    path("t/pick/found/", found, name="pick_for_tests"),
    path("t/undeclared/", undeclared),
    path("t/broken/", broken),
    *urlpatterns,
]
