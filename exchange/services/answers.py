"""What people answer about the words of lists, for the whole office."""

from django.utils.translation import gettext_lazy

from personnel.models import Staff, Unit
from vpcp_training.roles import EDITORS, By
from vpcp_training.use_cases import use_case

from ..lists.headings import Column
from ..lists.words import Words
from ..models import ListAnswer


@use_case(*EDITORS, does=gettext_lazy("Answer to a list remembered"))
def remember(
    words: Words, by: By, *, staff: Staff | None = None, unit: Unit | None = None, column: Column | None = None
) -> ListAnswer:
    """Remembers what words mean, a person, a unit or a column, whatever they meant before."""
    answer = ListAnswer.objects.select_for_update(of=("self",)).filter(kind=words.kind, key=words.key).first()
    answer = answer or ListAnswer(kind=words.kind, key=words.key)
    answer.words, answer.by_id = words.shown, by and by.pk
    answer.staff, answer.unit, answer.column = staff, unit, column.value if column else ""
    answer.save()
    return answer


@use_case(*EDITORS, does=gettext_lazy("Answer to a list forgotten"))
def forget(answer: ListAnswer, by: By) -> None:
    """Forgets an answer: lists are read as if it had never been given."""
    answer.delete()
