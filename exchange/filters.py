"""Filters of what was learned from lists."""

import django_filters
from django.utils.translation import gettext_lazy as _

from vpcp_training.screens.lists import ListFilter

from .models import ListAnswer


class AnswerFilter(ListFilter):
    """Filters of the answers."""

    kind = django_filters.ChoiceFilter(choices=ListAnswer.Kind, label=_("Kind"))

    class Meta:
        model = ListAnswer
        fields = ()
