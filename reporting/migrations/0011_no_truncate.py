from django.db import migrations

from reporting import triggers


class Migration(migrations.Migration):
    dependencies = [("reporting", "0010_name_hisps_in_capitals")]

    operations = [
        migrations.RunPython(triggers.remove, triggers.install),
        migrations.RunPython(triggers.install, triggers.remove),
    ]
