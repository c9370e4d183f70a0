from django.db import migrations

from hisps import triggers


class Migration(migrations.Migration):
    dependencies = [("hisps", "0005_name_hisps_in_capitals")]

    operations = [migrations.RunPython(triggers.install, migrations.RunPython.noop)]
