import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from reporting import triggers

FROZEN = ["published", "superseded", "withdrawn"]


def number_what_is_public(apps, schema_editor):
    """One publication for each quarter with anything public, in the order in which it became so."""
    if schema_editor.connection.vendor == "postgresql":  # which alters no table whose foreign keys wait to be checked
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    Submission, Publication = (apps.get_model("reporting", name) for name in ("Submission", "Publication"))
    public = Submission.objects.filter(state__in=FROZEN)
    first = public.values("quarter").annotate(at=models.Max("published_at")).order_by("at", "quarter")
    for number, row in enumerate(list(first), start=1):
        made = Publication.objects.create(number=number, kind="publish", quarter_id=row["quarter"], at=row["at"])
        public.filter(quarter=row["quarter"]).update(publication=made)
        public.filter(quarter=row["quarter"], ended_at__isnull=False).update(ended_in=made)


def reference(name):
    return models.ForeignKey(
        "reporting.publication",
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=name,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0006_mail"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(triggers.remove, triggers.install),
        migrations.CreateModel(
            "Publication",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("publish", "Published"),
                            ("withdraw", "Withdrawn"),
                            ("history", "Taken from OMB’s published files"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="Public: why figures were withdrawn, or the file they came from."
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        settings.AUTH_USER_MODEL,
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                    ),
                ),
                (
                    "quarter",
                    models.ForeignKey(
                        "reporting.quarter",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                    ),
                ),
            ],
            options={"ordering": ["-number"]},
        ),
        migrations.AddField("submission", "publication", reference("submissions")),
        migrations.AddField("submission", "ended_in", reference("ended_submissions")),
        migrations.RunPython(number_what_is_public, migrations.RunPython.noop),
        migrations.AddConstraint(
            "submission",
            models.CheckConstraint(
                condition=Q(state__in=FROZEN, published_at__isnull=False, publication__isnull=False)
                | Q(~Q(state__in=FROZEN), publication__isnull=True),
                name="submission_published_in_a_publication",
            ),
        ),
        migrations.AddConstraint(
            "submission",
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False, ended_in__isnull=False)
                | Q(ended_at__isnull=True, ended_in__isnull=True),
                name="submission_ended_in_a_publication",
            ),
        ),
        migrations.RunPython(triggers.install, triggers.remove),
    ]
