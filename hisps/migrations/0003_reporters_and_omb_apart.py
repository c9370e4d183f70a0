from django.db import migrations

from hisps import triggers


class Migration(migrations.Migration):
    dependencies = [("hisps", "0002_other_names_and_last_days"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(triggers.install, triggers.remove)]
