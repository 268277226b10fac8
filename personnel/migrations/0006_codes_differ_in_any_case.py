"""Stops, before anything is changed, where two stored codes are the same in another case: of all apps, as the first."""

from django.db import migrations

from vpcp_training.mending import ensure_codes_differ


def check(apps, schema_editor):
    ensure_codes_differ(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("personnel", "0005_temporary_passwords"),
        ("courses", "0005_providers_in_vietnamese_order"),
    ]

    operations = [migrations.RunPython(check, migrations.RunPython.noop)]
