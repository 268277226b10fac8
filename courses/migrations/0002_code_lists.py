"""The code lists every installation starts with."""

from django.db import migrations

from courses.seed import seed_code_lists


def seed(apps, schema_editor):
    seed_code_lists(apps.get_model)


class Migration(migrations.Migration):
    dependencies = [("courses", "0001_initial"), ("personnel", "0001_initial")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
