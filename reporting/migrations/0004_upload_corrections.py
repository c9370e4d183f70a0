import django.db.models.deletion
from django.db import migrations, models

from reporting import triggers


class Migration(migrations.Migration):
    dependencies = [("reporting", "0003_upload_grid")]

    operations = [
        migrations.RunPython(triggers.remove, triggers.install),
        migrations.AddField(
            "upload",
            "rules_version",
            models.CharField(blank=True, max_length=20, help_text="Of the checks that made the report."),
        ),
        migrations.AddField(
            "upload",
            "corrects",
            models.ForeignKey(
                "reporting.upload",
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrected_by",
                help_text="The upload whose values were corrected in the browser; empty for a file that was sent.",
            ),
        ),
        migrations.AddField(
            "upload",
            "corrections",
            models.JSONField(
                blank=True, default=list, help_text="What was corrected: a list of sheet, cell, old and new text."
            ),
        ),
        migrations.RunPython(triggers.install, triggers.remove),
    ]
