"""Stops, before anything is changed, where two user names are the same in another case; then no two can be."""

from django.db import migrations

from vpcp_training.bulk import set_columns
from vpcp_training.fields import CodeKeyField
from vpcp_training.mending import ensure_codes_differ


def check(apps, schema_editor):
    ensure_codes_differ(apps)


def fill(apps, schema_editor):
    user = apps.get_model("personnel", "User")
    field = user._meta.get_field("username_key")
    rows = list(user.objects.order_by("pk").values_list("pk", "username"))
    set_columns(user, [pk for pk, _name in rows], {field.attname: [field.value_of(name) for _pk, name in rows]})


class Migration(migrations.Migration):
    dependencies = [
        ("personnel", "0013_names_alike_filled"),
        ("courses", "0009_code_keys_are_unique"),
    ]

    operations = [
        migrations.RunPython(check, migrations.RunPython.noop),
        migrations.AddField(
            "user", "username_key", CodeKeyField(of=("username",), max_length=450, default=""), preserve_default=False
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
