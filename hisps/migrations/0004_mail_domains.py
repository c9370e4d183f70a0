from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("hisps", "0003_reporters_and_omb_apart"),
    ]

    operations = [
        migrations.AddField(
            model_name="department",
            name="mail_domains",
            field=models.TextField(
                blank=True,
                help_text="Domains of its people’s addresses, one in a line, such as va.gov. They may ask for access.",
            ),
        ),
        migrations.AddField(
            model_name="historicaldepartment",
            name="mail_domains",
            field=models.TextField(
                blank=True,
                help_text="Domains of its people’s addresses, one in a line, such as va.gov. They may ask for access.",
            ),
        ),
    ]
