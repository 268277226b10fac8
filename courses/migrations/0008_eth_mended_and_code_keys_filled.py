"""Ð is stored as Đ, and the columns in which codes are compared are filled."""

from django.db import migrations

from vpcp_training.mending import fill_code_keys, mend_eth


def mend(apps, schema_editor):
    mend_eth(apps, "courses")
    fill_code_keys(apps, "courses")


class Migration(migrations.Migration):
    dependencies = [("courses", "0007_code_keys")]

    operations = [migrations.RunPython(mend, migrations.RunPython.noop)]
