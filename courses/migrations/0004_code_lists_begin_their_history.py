"""What the code lists hold begins a history here, so that the first change shows what was before."""

from django.db import migrations
from django.utils import timezone

CODE_LISTS = [("courses", "Field"), ("courses", "Provider"), ("personnel", "Rank"), ("personnel", "Position")]


def begin(apps, schema_editor):
    for app, name in CODE_LISTS:
        history = apps.get_model(app, f"Historical{name}")
        known = set(history.objects.values_list("id", flat=True))
        history.objects.bulk_create(
            history(history_date=timezone.now(), history_type="+", **row)
            for row in apps.get_model(app, name).objects.exclude(pk__in=known).values()
        )


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0003_code_list_history"),
        ("personnel", "0004_code_list_history"),
    ]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
