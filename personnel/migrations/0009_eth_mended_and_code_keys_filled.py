"""Ð is stored as Đ, and the columns in which codes are compared are filled."""

from django.db import migrations

from vpcp_training.mending import fill_code_keys, mend_eth


def mend(apps, schema_editor):
    mend_eth(apps, "personnel")
    fill_code_keys(apps, "personnel")


class Migration(migrations.Migration):
    dependencies = [("personnel", "0008_code_keys")]

    operations = [migrations.RunPython(mend, migrations.RunPython.noop)]
