"""The code lists of personnel: ranks and positions held."""

import django_tables2 as tables
from django import forms
from django.utils.translation import gettext_lazy as _

from personnel.models import Position, Rank
from vpcp_training.screens.code_lists import CodeList, CodeListForm, CodeListTable, EnglishNameColumn
from vpcp_training.screens.tables import CountColumn


class RankTable(CodeListTable):
    """Ranks of the civil service."""

    code = tables.Column(verbose_name=_("Code"))
    name_en = EnglishNameColumn()

    class Meta(CodeListTable.Meta):
        model = Rank
        fields = ("code", "name_en")


class RankForm(CodeListForm):
    """A rank."""

    class Meta(CodeListForm.Meta):
        model = Rank
        fields = ["code", "name", "name_en"]


class PositionTable(CodeListTable):
    """Positions, in the order of rank."""

    name_en = EnglishNameColumn()
    sort_order = CountColumn()

    class Meta(CodeListTable.Meta):
        model = Position
        fields = ("name_en", "level", "sort_order")


class PositionForm(CodeListForm):
    """A position. An import takes new ones without a level: it is given here."""

    known_by = "name"
    level = forms.ChoiceField(
        choices=[("", _("Not a leader")), *Position.Level.choices],
        label=_("Level"),
        required=False,
        help_text=_("Who holds a position with a level counts among the leaders of a report."),
    )

    class Meta(CodeListForm.Meta):
        model = Position
        fields = ["name", "name_en", "level", "sort_order"]


RANKS = CodeList(Rank, RankTable, RankForm, used_by="postings", file_name="ngach")
POSITIONS = CodeList(Position, PositionTable, PositionForm, used_by="postings", file_name="chuc-vu")
