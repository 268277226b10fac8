"""The tree of units: a parent never changes, nothing hangs below itself, and it is at most three deep."""

from django.utils.translation import gettext_lazy as _

from personnel.models.unit import MAX_DEPTH, TOO_DEEP

from .messages import Message
from .plan import Plan
from .rows import UNKNOWN, Record, Row
from .schema import UNITS

# The depth of a unit that hangs below itself, or below one that is too deep.
NOWHERE = MAX_DEPTH + 2


def check_tree(plan: Plan) -> None:
    """Reports rows whose parent is not the stored one, or would make a circle or too deep a tree.

    Reads the links to parents, and the units. Leaves errors.
    """
    depths: dict[Record, int] = {}
    for row in plan.rows(UNITS):
        if row.record is UNKNOWN or "parent" not in row.links:
            continue
        if row.record.is_new:
            _check_depth(plan, row, depths)
        elif row.links["parent"].pk != row.record.stored.parent_id or row.links["parent"].is_new:
            parent = plan.indexes["units"].by_pk.get(row.record.stored.parent_id)
            text = _(
                "The parent of a unit never changes (it is %(parent)s). Give the unit a new code, with %(code)s as its "
                "predecessor."
            )
            values = {"parent": parent.stored.code if parent else "–", "code": row.record.stored.code}
            plan.fail(row, "parent", Message(text, values))


def _check_depth(plan: Plan, row: Row, depths: dict[Record, int]) -> None:
    circle = _measure(plan, row.record, depths)
    for each in filter(None, [record.row for record in circle]):
        plan.fail(each, "parent", _("The unit would stand below itself. Choose another parent."))
    if depths[row.record] == MAX_DEPTH + 1:
        plan.fail(row, "parent", TOO_DEEP)


def _measure(plan: Plan, record: Record, depths: dict[Record, int]) -> list[Record]:
    """Finds the depths of a unit and of all above it; returns the circle it ends in, if it ends in one."""
    path: list[Record] = []
    circle: list[Record] = []
    places: dict[Record, int] = {}
    at: Record | None = record
    while at is not None and at not in depths:
        if at in places:
            circle = path[places[at] :]
            break
        places[at] = len(path)
        path.append(at)
        at = _parent(plan, at)
    depth = NOWHERE if circle else depths[at] if at is not None else 0
    for unit in reversed(path):
        depth = NOWHERE if circle else min(depth + 1, NOWHERE)
        depths[unit] = depth
    return circle


def _parent(plan: Plan, record: Record) -> Record | None:
    if record.stored is not None:
        return plan.indexes["units"].by_pk.get(record.stored.parent_id)
    return None if record.row is None else record.row.links.get("parent")
