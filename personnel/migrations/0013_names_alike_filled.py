"""The column by which names that are perhaps the same are found is filled."""

from django.db import migrations

from vpcp_training.bulk import set_columns


def fill(apps, schema_editor):
    staff = apps.get_model("personnel", "Staff")
    field = staff._meta.get_field("alike")
    rows = list(staff.objects.order_by("pk").values_list("pk", "full_name"))
    set_columns(staff, [pk for pk, _name in rows], {field.attname: [field.value_of(name) for _pk, name in rows]})


class Migration(migrations.Migration):
    dependencies = [("personnel", "0012_names_alike")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
