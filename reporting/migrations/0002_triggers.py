from django.db import migrations

from reporting import triggers


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_first")]

    operations = [migrations.RunPython(triggers.install, triggers.remove)]
