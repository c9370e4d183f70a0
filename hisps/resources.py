"""Import and export of the registry: what the files look like, and how a row finds its place in the registry."""

from datetime import date
from time import strptime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.template.loader import render_to_string
from import_export import fields, resources
from import_export.formats import base_formats
from import_export.widgets import CharWidget, ForeignKeyWidget, Widget
from tablib import Dataset

from hisps import names
from hisps.cells import neutral, plain
from hisps.models import Department, Designation, Hisp, Service

DAY_FORMATS = ("%Y-%m-%d", "%m/%d/%Y")  # ours, and what Excel makes of ours
REASON = "Imported from a file"


def _each_cell(dataset: Dataset, change: Any) -> None:
    for _ in range(len(dataset)):
        dataset.append([change(cell) for cell in dataset.lpop()])


class Csv(base_formats.CSV):
    def create_dataset(self, in_stream: Any, **kwargs: Any) -> Dataset:
        dataset = super().create_dataset(in_stream, **kwargs)
        _each_cell(dataset, plain)
        return dataset

    def _escape_formulae(self, dataset: Dataset) -> None:
        _each_cell(dataset, neutral)


class Xlsx(base_formats.XLSX):
    """Export only: a workbook is opened by nothing but the guarded reader of reporting.workbook."""

    def can_import(self) -> bool:
        return False

    def _escape_formulae(self, dataset: Dataset) -> None:
        _each_cell(dataset, neutral)


FORMATS = [Csv, Xlsx]


class SlugWidget(ForeignKeyWidget):
    """A row of another table, named by its slug."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(model, field="slug")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        slug, kind = str(value or "").strip(), self.model._meta.verbose_name
        if not slug:
            raise ValueError(f"The {kind} is missing. Write its slug in the column “{self.model._meta.model_name}”.")
        try:
            return super().clean(slug, row, **kwargs)
        except self.model.DoesNotExist:
            raise ValueError(
                f"There is no {kind} with the slug “{slug}”. Add it first, or correct the slug."
            ) from None


class DayWidget(Widget):
    """A day, written 2021-10-01 (or 10/1/2021, as Excel writes it); blank for none."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date | None:
        text = str(value or "").strip()
        for form in DAY_FORMATS:
            try:
                return date(*strptime(text, form)[:3]) if text else None
            except ValueError:
                continue
        raise ValueError(f"“{text}” is not a day. Write it like 2021-10-01.")

    def render(self, value: date | None, obj: Any = None, **kwargs: Any) -> str:
        return value.isoformat() if value else ""


class NameWidget(CharWidget):
    """Text, trimmed and single-spaced."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        return names.spaced(str(value or ""))


class Difference(resources.Diff):
    """What a row changes, in `del` and `ins`; without the inline styles that the security policy refuses."""

    def as_html(self) -> list[Any]:
        return [_marked(*pair) for pair in zip(self.left, self.right, strict=False)]


def _marked(before: str, after: str) -> str:
    if before == after:
        return after
    return render_to_string("admin/hisps/_difference.html", {"before": before, "after": after})


def _said(column: str, error: ValidationError) -> ValidationError:
    if error.code in ("null", "blank"):
        return ValidationError(f"This is missing. Write it in the column “{column}”.")
    return error


class RegistryResource(resources.ModelResource):
    """Rows are found by their slug; nothing is deleted; what is not changed is skipped and reported as such."""

    class Meta:
        abstract = True
        import_id_fields: tuple[str, ...] = ("slug",)
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True

    @classmethod
    def get_diff_class(cls) -> type[Difference]:
        return Difference

    def before_import(self, dataset: Dataset, **kwargs: Any) -> None:
        missing = [name for name in self.get_import_id_fields() if name not in (dataset.headers or [])]
        if missing:
            dataset.wipe()  # nothing that follows from this is worth saying
            columns = " and ".join(f"“{name}”" for name in missing)
            raise ValueError(f"The file has no column {columns}, so its rows find no place. Export a file to see how.")

    def validate_instance(self, instance: Any, *args: Any, **kwargs: Any) -> None:
        """Names what is missing; Django would speak of null."""
        try:
            super().validate_instance(instance, *args, **kwargs)
        except ValidationError as error:
            found = error.error_dict.items()
            said = {name: [_said(name, each) for each in faults] for name, faults in found}
            raise ValidationError(said) from None

    def before_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        instance._change_reason = REASON  # kept by django-simple-history


class DepartmentResource(RegistryResource):
    name = fields.Field("name", "name", NameWidget())

    class Meta(RegistryResource.Meta):
        model = Department
        fields = export_order = ("slug", "abbreviation", "name")


class HispResource(RegistryResource):
    department = fields.Field("department", "department", SlugWidget(Department))
    name = fields.Field("name", "name", NameWidget())

    class Meta(RegistryResource.Meta):
        model = Hisp
        fields = export_order = ("slug", "department", "abbreviation", "name", "mission")


class ServiceResource(RegistryResource):
    hisp = fields.Field("hisp", "hisp", SlugWidget(Hisp))
    name = fields.Field("name", "name", NameWidget())
    last_day = fields.Field("last_day", "last_day", DayWidget())

    class Meta(RegistryResource.Meta):
        model = Service
        fields = export_order = ("slug", "hisp", "name", "last_day")


class DesignationResource(RegistryResource):
    """A designation has no slug: its HISP and first day name it."""

    hisp = fields.Field("hisp", "hisp", SlugWidget(Hisp))
    department = fields.Field("department", "department", SlugWidget(Department))
    first_day = fields.Field("first_day", "first_day", DayWidget())
    last_day = fields.Field("last_day", "last_day", DayWidget())

    class Meta(RegistryResource.Meta):
        model = Designation
        import_id_fields = ("hisp", "first_day")
        fields = export_order = ("hisp", "department", "first_day", "last_day")
