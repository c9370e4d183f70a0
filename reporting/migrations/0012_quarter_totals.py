from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from reporting import sums


def add_up(apps: Any, schema_editor: Any) -> None:
    """What was published before there were totals."""
    sums.renew_all(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("hisps", "0006_no_roles_for_reporters"),
        ("reporting", "0011_no_truncate"),
    ]

    operations = [
        migrations.AddIndex(
            "event",
            models.Index(fields=["id"], condition=Q(quarter__isnull=False), name="event_of_a_quarter"),
        ),
        migrations.CreateModel(
            name="QuarterTotal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("figures", models.JSONField(help_text="As reporting.summed writes it.")),
                (
                    "hisp",
                    models.ForeignKey(
                        "hisps.hisp",
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="totals",
                        verbose_name="HISP",
                    ),
                ),
                (
                    "quarter",
                    models.ForeignKey(
                        "reporting.quarter",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="totals",
                    ),
                ),
            ],
            options={
                "ordering": ["quarter", "hisp"],
                "constraints": [
                    models.UniqueConstraint(fields=["quarter", "hisp"], name="total_unique_of_hisp"),
                    models.UniqueConstraint(
                        fields=["quarter"], condition=Q(hisp__isnull=True), name="total_unique_of_government"
                    ),
                ],
            },
        ),
        migrations.RunPython(add_up, migrations.RunPython.noop),
    ]
