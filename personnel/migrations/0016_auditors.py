"""Auditors: who sees the whole office and changes nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("personnel", "0015_user_names_are_unique_in_any_case"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="user",
            name="user_role_is_known",
        ),
        migrations.AlterField(
            model_name="historicaluser",
            name="role",
            field=models.CharField(
                choices=[
                    ("admin", "Administrator"),
                    ("hr", "HR officer"),
                    ("leader", "Unit leader"),
                    ("auditor", "Auditor"),
                ],
                default="leader",
                max_length=10,
                verbose_name="role",
            ),
        ),
        migrations.AlterField(
            model_name="user",
            name="role",
            field=models.CharField(
                choices=[
                    ("admin", "Administrator"),
                    ("hr", "HR officer"),
                    ("leader", "Unit leader"),
                    ("auditor", "Auditor"),
                ],
                default="leader",
                max_length=10,
                verbose_name="role",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["admin", "hr", "leader", "auditor"])), name="user_role_is_known"
            ),
        ),
    ]
