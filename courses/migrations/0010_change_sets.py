"""Rows of histories carry their change set."""

import django.db.models.deletion
from django.db import migrations, models

import vpcp_training.change_sets


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0009_code_keys_are_unique"),
        ("vpcp_training", "0001_change_sets"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalcourse",
            name="change_set",
            field=models.ForeignKey(
                default=vpcp_training.change_sets.current_change_set,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="vpcp_training.changeset",
            ),
        ),
        migrations.AddField(
            model_name="historicalcoursesession",
            name="change_set",
            field=models.ForeignKey(
                default=vpcp_training.change_sets.current_change_set,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="vpcp_training.changeset",
            ),
        ),
        migrations.AddField(
            model_name="historicalfield",
            name="change_set",
            field=models.ForeignKey(
                default=vpcp_training.change_sets.current_change_set,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="vpcp_training.changeset",
            ),
        ),
        migrations.AddField(
            model_name="historicalprovider",
            name="change_set",
            field=models.ForeignKey(
                default=vpcp_training.change_sets.current_change_set,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="vpcp_training.changeset",
            ),
        ),
    ]
