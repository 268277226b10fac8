"""Ð is stored as Đ."""

from django.db import migrations

from vpcp_training.mending import mend_eth


def mend(apps, schema_editor):
    mend_eth(apps, "enrollments")


class Migration(migrations.Migration):
    dependencies = [
        ("enrollments", "0006_indexes_that_hold_what_is_counted"),
        ("personnel", "0006_codes_differ_in_any_case"),
    ]

    operations = [migrations.RunPython(mend, migrations.RunPython.noop)]
