from datetime import UTC

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from reporting import chain, triggers


def seal(apps, schema_editor):
    """Chains the events that were written before there was a chain, in the order in which they were written."""
    last, event = chain.START, apps.get_model("reporting", "Event")
    for row in event.objects.order_by("pk").iterator(chunk_size=1000):
        facts = {
            "quarter": row.quarter_id,
            "hisp": row.hisp_id,
            "submission": row.submission_id,
            "transition": row.transition,
            "from_state": row.from_state,
            "to_state": row.to_state,
            "by": row.by_id,
            "at": row.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "note": row.note,
            "address": None,
            "request_id": "",
            "before": {},
            "after": {},
        }
        sealed = chain.seal(last, facts)
        event.objects.filter(pk=row.pk).update(previous_hash=last, hash=sealed)
        last = sealed


def field(name, kind, **options):
    return migrations.AddField("event", name, kind(blank=True, **options))


class Migration(migrations.Migration):
    dependencies = [("reporting", "0004_upload_corrections")]

    operations = [
        migrations.RunPython(triggers.remove, triggers.install),
        migrations.AlterModelOptions("event", {"ordering": ["pk"]}),
        migrations.AlterField(
            "event",
            "quarter",
            models.ForeignKey(
                "reporting.quarter",
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
            ),
        ),
        migrations.AlterField(
            "event",
            "hisp",
            models.ForeignKey(
                "hisps.hisp",
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                verbose_name="HISP",
            ),
        ),
        migrations.AlterField("event", "transition", models.CharField("act", max_length=40)),
        migrations.AlterField(
            "event", "at", models.DateTimeField(default=django.utils.timezone.now, db_index=True)
        ),
        field(
            "address",
            models.GenericIPAddressField,
            null=True,
            unpack_ipv4=True,
            help_text="From where; empty for commands.",
        ),
        field(
            "request_id",
            models.CharField,
            max_length=64,
            help_text="As in the server’s log, or the command.",
        ),
        field("before", models.JSONField, default=dict, help_text="What the act changed, as it was."),
        field("after", models.JSONField, default=dict, help_text="What the act changed, as it became."),
        field("previous_hash", models.CharField, max_length=64),
        field("hash", models.CharField, max_length=64),
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.AlterField(
            "event",
            "previous_hash",
            models.CharField(
                max_length=64, unique=True, help_text="Of the event before; empty for the first."
            ),
        ),
        migrations.AlterField(
            "event",
            "hash",
            models.CharField(max_length=64, unique=True, help_text="SHA-256 of all this and the hash before."),
        ),
        migrations.RunPython(triggers.install, triggers.remove),
    ]
