"""Tables of what was learned from lists."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _
from django_tables2 import A

from vpcp_training.screens.tables import LineColumn, ListTable

from .models import ListAnswer


class AnswerTable(ListTable):
    """What words of lists mean, as somebody said; each can be forgotten."""

    words = LineColumn(linkify=("exchange:answer_forget", {"pk": A("pk")}), roomy=True)
    meaning = tables.Column(empty_values=(), orderable=False, verbose_name=_("Means"))
    by = tables.Column(order_by=("by__username",), verbose_name=_("Answered by"))

    class Meta(ListTable.Meta):
        model = ListAnswer
        fields = ("words", "kind", "meaning", "by", "at")
        order_by = "words"

    def render_meaning(self, record: ListAnswer) -> str:
        return record.meaning

    def value_meaning(self, record: ListAnswer) -> str:
        return record.meaning
