from django.db import migrations, models

from reporting import triggers


class Migration(migrations.Migration):
    dependencies = [("reporting", "0002_triggers")]

    operations = [
        migrations.AddField(
            "upload",
            "grid",
            models.JSONField(
                blank=True,
                default=dict,
                help_text="The rows around the problems, as reporting.workbook.sheetview keeps them; empty if unreadable.",
            ),
        ),
        migrations.RunPython(triggers.install, triggers.remove),
    ]
