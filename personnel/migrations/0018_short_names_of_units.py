from django.db import migrations

from personnel.models.unit import UnitSearchField
from vpcp_training.fields import TextLineField
from vpcp_training.mending import keep_numbering

SHORT_NAMES = TextLineField(
    verbose_name="short names",
    max_length=255,
    blank=True,
    help_text="Such as TCCB. Several have “;” between them.",
)


def keep(apps, schema_editor):
    keep_numbering(apps, "personnel")


class Migration(migrations.Migration):
    dependencies = [("personnel", "0017_change_sets")]

    operations = [
        migrations.AddField("unit", "short_names", SHORT_NAMES),
        migrations.AddField("historicalunit", "short_names", SHORT_NAMES),
        migrations.AlterField(
            "unit", "search", UnitSearchField(of=("code", "name", "name_en", "short_names"), max_length=1500)
        ),
        migrations.RunPython(keep, keep),
    ]
