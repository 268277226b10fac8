"""Searches of the fields one types in to find a record: JSON, at most twenty results, without diacritics.

`GET ?q=`, or POST for what an address has no room for. The nearest come first (`vpcp_training.searching`). Where
`several` is true the first of them bear the name equally well, so that a key alone must not choose one.
"""

from collections.abc import Sequence

from django.db.models import Case, F, Model, QuerySet, Value, When
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_http_methods

from personnel.models import Staff, Unit
from personnel.namesakes import staff_result
from personnel.querysets import tree_order
from vpcp_training.access import ADMIN, ALL, HR, allow
from vpcp_training.searching import Closeness
from vpcp_training.text import clean_text, fold, letters_key

RESULTS = 20
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


def answer(found: Sequence[Model], results: list[dict]) -> JsonResponse:
    """The results of the records found, and whether several bear the name that was typed."""
    several = False
    if len(found) > 1 and found[0].closeness == found[1].closeness != Closeness.CODE:
        same_name = letters_key(results[0]["text"]) == letters_key(results[1]["text"])
        several = found[0].closeness <= Closeness.FOLDED or same_name
    return JsonResponse({"results": results, "several": several})


@allow(*ALL)
@searches
def pick_staff(request):
    """People the user may see, by name or code."""
    people = find_staff(request.user, asked(request)["q"])
    return answer(people, [staff_result(staff) for staff in people])


def find_staff(user, query: str) -> list[Staff]:
    """At most twenty, told apart, in four queries at most; mostly in two, which stop at the twentieth.

    Those called so come first, then those whose name begins so; only where these are fewer are all people gone through.
    """
    if not query:
        return []
    # Those whose code begins with it stand in the order of their codes.
    by_code = Case(When(search__startswith=f"\n {fold(query)}", then=F("search")), default=Value(""))
    order = by_code, *Staff._meta.ordering
    seen, told_apart = Staff.objects.visible_to(user), Staff.objects.told_apart(user)
    called = nearest(seen.called(query).told_apart(user), query, *order)
    people = [staff for staff in called if staff.closeness <= Closeness.FOLDED]
    if len(people) == RESULTS:
        return people
    begins = seen.name_begins(query).exclude(pk__in=[staff.pk for staff in people]).by_name()
    found = told_apart.filter(pk__in=begins.values("pk")[: RESULTS - len(people)])
    people += found.annotate(closeness=Value(Closeness.BEGINS)).by_name()
    if len(people) == RESULTS:
        return people
    near = {staff.pk: staff.closeness for staff in nearest(seen.only("pk"), query, *order)}
    rows = told_apart.in_bulk(near) if near else {}
    for pk, staff in rows.items():
        staff.closeness = near[pk]
    return [rows[pk] for pk in near]


@allow(ADMIN, HR)
@searches
def pick_unit(request):
    """Units; those equally near in the order of their tree."""
    units = nearest(Unit.objects.visible_to(request.user), asked(request)["q"], *tree_order())
    return answer(units, [{"value": unit.pk, "text": unit.display_name, "note": unit.code} for unit in units])
