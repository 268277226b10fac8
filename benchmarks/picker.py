"""The staff picker among 100,000 people against an autocomplete as Django's admin has it, with diacritics typed."""

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.db.models import Q

from personnel.models import Staff, User
from personnel.views.pickers import RESULTS, find_staff, staff_result

from .scales import CROWD
from .timing import Bench, Result

# The same four searches: two frequent names, a rare one, the beginning of a code.
_TYPED = ["nguyen thi", "hoa", "tuyet quach", "CB000012"]
_TYPED_IN_FULL = ["Nguyễn Thị", "Hòa", "Tuyết Quách", "CB000012"]


def run(bench: Bench) -> Iterator[Result]:
    """Four searches, each as far as the data of the answer."""
    scale = CROWD if bench.size == "S" else bench.scale
    bench.use(scale)
    user = User.objects.get()

    def ours():
        for query in _TYPED:
            assert [staff_result(staff) for staff in find_staff(user, query)] or bench.size == "XS", query

    def rival():
        for query in _TYPED_IN_FULL:
            assert _autocomplete(query) or bench.size == "XS", query

    name = f"staff picker, 4 searches of {scale.people:,} people"
    yield Result(name, "icontains a word, as the admin's autocomplete", bench.compare(ours, rival), aim=1)


def _autocomplete(query: str) -> list[dict]:
    people = Staff.objects.all()
    for word in query.split():
        people = people.filter(Q(full_name__icontains=word) | Q(code__icontains=word))
    page = Paginator(people, RESULTS).page(1)
    return [{"id": str(staff.pk), "text": str(staff), "more": page.has_next()} for staff in page]
