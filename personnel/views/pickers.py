"""Searches of the fields one types in to find a record: JSON, at most twenty results, without diacritics.

`GET ?q=`, or POST for what an address has no room for. The nearest come first (`vpcp_training.searching`). Where
`several` is true the first of them bear the name equally well, and where `taken` says something whose name it is cannot
be chosen: a key alone must then choose nobody.
"""

from collections.abc import Sequence

from django.db.models import Case, F, Model, QuerySet, Value, When
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_http_methods

from personnel.models import Staff, Unit
from personnel.namesakes import staff_result
from personnel.querysets import tree_order
from vpcp_training.access import allow
from vpcp_training.roles import EDITORS, READERS
from vpcp_training.searching import Closeness, closeness_of
from vpcp_training.text import clean_text, fold, letters_key

RESULTS = 20
MOST_NAMESAKES = 1_000
FEW = 200  # so many matches are put in order here, which costs the database more
QUERY_LENGTH = 255  # the longest name; nobody and nothing is called by more

searches = require_http_methods(["GET", "HEAD", "POST"])


def asked(request: HttpRequest) -> dict[str, str]:
    """What a picker asks, however it was sent: `q` is empty when it can find nothing."""
    sent = request.POST if request.method == "POST" else request.GET
    query = clean_text(sent.get("q", ""))
    return {**sent.dict(), "q": query if fold(query) and len(query) <= QUERY_LENGTH else ""}


def nearest(found: QuerySet, query: str, *order) -> list[Model]:
    """At most twenty of the records that match, the nearest first, each with its `closeness`."""
    if not query:
        return []
    near = found.matching(query)
    return list(near.annotate(closeness=near.nearness(query)).order_by("closeness", *order)[:RESULTS])


def answer(found: Sequence[Model], results: list[dict], taken: str = "") -> JsonResponse:
    """The results of the records found, whether several bear the name that was typed, and why it is nobody's."""
    several = False
    if len(found) > 1 and found[0].closeness == found[1].closeness != Closeness.CODE:
        same_name = letters_key(results[0]["text"]) == letters_key(results[1]["text"])
        several = found[0].closeness <= Closeness.FOLDED or same_name
    return JsonResponse({"results": results, "several": several, "taken": taken})


@allow(*READERS)
@searches
def pick_staff(request):
    """People the user may see, by name or code."""
    people = find_staff(request.user, asked(request)["q"])
    return answer(people, [staff_result(staff) for staff in people])


def find_staff(user, query: str) -> list[Staff]:
    """At most twenty, told apart, the nearest first: three queries where many begin so or few match, else four."""
    if not query:
        return []
    seen = Staff.objects.visible_to(user)
    begins = list(seen.name_begins(query).by_name().values_list("pk", flat=True)[:RESULTS])
    if len(begins) == RESULTS:  # nobody else has to be looked at but those called so
        near = _called(seen, query)
        near |= {pk: Closeness.BEGINS for pk in begins if pk not in near}
    else:
        near = _nearest_of_few(seen, query) or _nearest_of_all(seen, query)
    near = dict(list(near.items())[:RESULTS])
    people = Staff.objects.told_apart(user).in_bulk(near)
    for pk, closeness in near.items():
        people[pk].closeness = closeness
    return [people[pk] for pk in near]


def _closeness(query: str, code: str, name: str) -> Closeness:
    return Closeness.CODE if fold(code) == fold(query) else closeness_of(query, code, name)


def _called(seen: QuerySet, query: str) -> dict[int, Closeness]:
    """Those whose code or name it is, which an index finds, the nearest first."""
    rows = seen.called(query).matching(query).by_name().values_list("pk", "code", "full_name")[:MOST_NAMESAKES]
    near = {pk: _closeness(query, code, name) for pk, code, name in rows}
    return {pk: near[pk] for pk in sorted(near, key=near.get) if near[pk] <= Closeness.FOLDED}


def _nearest_of_few(seen: QuerySet, query: str) -> dict[int, Closeness]:
    """All who match, the nearest first; nobody if they are more than few."""
    rows = list(seen.matching(query).by_name().values_list("pk", "code", "full_name")[: FEW + 1])
    if len(rows) > FEW:
        return {}
    near = {pk: _closeness(query, code, name) for pk, code, name in rows}
    by_code = {pk: fold(code) for pk, code, _ in rows if fold(code).startswith(fold(query))}
    return {pk: near[pk] for pk in sorted(near, key=lambda pk: (near[pk], by_code.get(pk, "")))}


def _nearest_of_all(seen: QuerySet, query: str) -> dict[int, Closeness]:
    # Those whose code begins with it stand in the order of their codes.
    by_code = Case(When(search__startswith=f"\n {fold(query)}", then=F("search")), default=Value(""))
    return {staff.pk: staff.closeness for staff in nearest(seen.only("pk"), query, by_code, *Staff._meta.ordering)}


@allow(*EDITORS)
@searches
def pick_unit(request):
    """Units; those equally near in the order of their tree."""
    units = nearest(Unit.objects.visible_to(request.user), asked(request)["q"], *tree_order())
    return answer(units, [{"value": unit.pk, "text": unit.display_name, "note": unit.code} for unit in units])
