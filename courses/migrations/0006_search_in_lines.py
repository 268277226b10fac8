"""The search column has a line for each thing a record is called by, so that an order of nearness can be asked."""

from django.db import migrations

from vpcp_training.fields import SearchField, derive_anew


def write_anew(apps, schema_editor):
    for name in ("Course", "CourseSession"):
        derive_anew(apps.get_model("courses", name), "search")


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0005_providers_in_vietnamese_order"),
        ("personnel", "0006_codes_differ_in_any_case"),
    ]

    operations = [
        migrations.AlterField("course", "search", SearchField(of=("code", "name", "name_en"), max_length=1200)),
        migrations.AlterField("coursesession", "search", SearchField(of=("code", "name"), max_length=700)),
        migrations.RunPython(write_anew, migrations.RunPython.noop),
    ]
