from django.db import migrations

from vpcp_training.mending import keep_numbering
from vpcp_training.partial_dates import PartialDateField

TABLES = ("personnel_staff", "personnel_historicalstaff")
FIRST_DAY = "UPDATE {} SET birth_date = SUBSTR(birth_date || '-01-01', 1, 10) WHERE LENGTH(birth_date) < 10"


def keep(apps, schema_editor):
    keep_numbering(apps, "personnel")


class Migration(migrations.Migration):
    """Going back, whoever is known by month or year is born on its first day."""

    dependencies = [("personnel", "0018_short_names_of_units")]

    operations = [
        migrations.AlterField(name, "birth_date", PartialDateField("date of birth", blank=True, null=True))
        for name in ("staff", "historicalstaff")
    ] + [
        migrations.RunSQL(migrations.RunSQL.noop, [FIRST_DAY.format(table) for table in TABLES]),
        migrations.RunPython(keep, keep),
    ]
