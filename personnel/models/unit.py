"""Units of the office, dated, with their predecessors."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from personnel.querysets import UnitQuerySet
from vpcp_training.change_sets import History
from vpcp_training.fields import CodeField, CodeKeyField, SearchField, TextLineField
from vpcp_training.naming import BilingualName, each_name
from vpcp_training.periods import Period
from vpcp_training.searching import search_text

MAX_DEPTH = 3
TOO_DEEP = _("The tree of units is at most three deep. Choose a unit higher up.")


class UnitSearchField(SearchField):
    """As of every record; of the short names each is a thing the unit is called by."""

    def compute(self, code, name, name_en, short_names):
        return search_text(code, name, name_en, *each_name(short_names))


class Unit(BilingualName):
    """A department, bureau or division.

    Its parent never changes: a moved, renamed, merged or split unit is a successor.
    """

    code = CodeField(_("unit code"), max_length=50, unique=True)
    code_key = CodeKeyField(of=("code",), unique=True)
    short_names = TextLineField(
        _("short names"), max_length=255, blank=True, help_text=_("Such as TCCB. Several have “;” between them.")
    )
    kind = TextLineField(_("kind of unit"), max_length=50, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent unit")
    )
    sort_order = models.PositiveIntegerField(_("order"), default=0)
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_to = models.DateField(_("in force to"), null=True, blank=True)
    predecessors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="successors", verbose_name=_("predecessors")
    )
    search = UnitSearchField(of=("code", "name", "name_en", "short_names"), max_length=1500)

    objects = UnitQuerySet.as_manager()
    history = History(m2m_fields=[predecessors], excluded_fields=["code_key", "search"])

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["sort_order", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")) | Q(valid_from=None) | Q(valid_to=None),
                name="unit_valid_to_not_before_valid_from",
                violation_error_message=_("The last day must not be before the first day."),
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="unit_not_its_own_parent",
                violation_error_message=_("A unit cannot be its own parent."),
            ),
        ]

    @property
    def validity(self) -> Period:
        """When the unit is in force."""
        return Period(self.valid_from, self.valid_to)

    @property
    def depth(self) -> int:
        """1 for a top unit, 2 below it, 3 at most."""
        return 1 + (self.parent.depth if self.parent_id else 0)

    def clean(self):
        super().clean()
        if self.parent and self.parent.depth >= MAX_DEPTH:
            raise ValidationError({"parent": TOO_DEEP})
