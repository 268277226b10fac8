"""Training providers in the order of a Vietnamese dictionary, whatever the database."""

from django.db import migrations

from vpcp_training.fields import DictionarySortField


def derive(apps, schema_editor):
    for provider in apps.get_model("courses", "Provider").objects.order_by("pk"):
        provider.save(update_fields=["sort_key"])


class Migration(migrations.Migration):
    dependencies = [("courses", "0004_code_lists_begin_their_history")]

    operations = [
        migrations.AddField(
            "provider",
            "sort_key",
            DictionarySortField(of=("name",), max_length=1000, default=""),
            preserve_default=False,
        ),
        migrations.AlterModelOptions(
            "provider",
            {
                "ordering": ["sort_key"],
                "verbose_name": "training provider",
                "verbose_name_plural": "training providers",
            },
        ),
        migrations.RunPython(derive, migrations.RunPython.noop),
    ]
