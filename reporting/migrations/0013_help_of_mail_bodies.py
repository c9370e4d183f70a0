from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reporting", "0012_quarter_totals")]

    operations = [
        migrations.AlterField(
            "mail",
            "body",
            models.TextField(
                blank=True, help_text="Emptied when it held a one-time link and was sent, given up or taken back."
            ),
        ),
    ]
