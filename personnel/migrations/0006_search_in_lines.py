"""The search column has a line for each thing a record is called by, so that an order of nearness can be asked."""

from django.db import migrations

from vpcp_training.fields import SearchField, derive_anew


def write_anew(apps, schema_editor):
    for name in ("Staff", "Unit"):
        derive_anew(apps.get_model("personnel", name), "search")


class Migration(migrations.Migration):
    dependencies = [("personnel", "0006_codes_differ_in_any_case")]

    operations = [
        migrations.AlterField("staff", "search", SearchField(of=("code", "full_name"), max_length=300)),
        migrations.AlterField("unit", "search", SearchField(of=("code", "name", "name_en"), max_length=1200)),
        migrations.RunPython(write_anew, migrations.RunPython.noop),
    ]
