"""Files that come and go at the desk: the forms that ask for one, and the lists that take and give them."""

from typing import Any

from django import forms
from django.http import HttpRequest
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm, ImportForm

from hisps import resources
from hisps.admin.desk import RegistryAdmin

SAVE_AS_CSV = "Open it in Excel, choose Save As and “CSV UTF-8”, then choose that file here."
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how .xlsx and .xls begin


class FileForm(ExportForm):
    """Asks for the format of a file, and begins with CSV."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["format"].choices = [choice for choice in self.fields["format"].choices if choice[0]]


class FileToImport(ImportForm):
    """Asks for a CSV file. Other formats are named before anything reads them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["format"].widget = forms.HiddenInput()
        self.fields["import_file"].label = "CSV file"
        self.fields["import_file"].widget.attrs = {"accept": ".csv,text/csv"}
        self.fields["import_file"].error_messages["required"] = "Choose a file first."

    def clean_import_file(self) -> Any:
        file = self.cleaned_data["import_file"]
        start = file.read(4)
        file.seek(0)
        if start.startswith(_WORKBOOKS):
            raise forms.ValidationError(f"{file.name} is an Excel workbook. {SAVE_AS_CSV}")
        return file


class ExchangeAdmin(ImportExportMixin, RegistryAdmin):
    """With import from CSV and export to CSV and Excel."""

    import_formats = [resources.Csv]
    export_formats = resources.FORMATS
    import_form_class = FileToImport
    export_form_class = FileForm
    import_error_display = ("message", "row")

    def has_import_permission(self, request: HttpRequest) -> bool:
        """An import adds and changes rows."""
        return super().has_import_permission(request) and self.has_add_permission(request)

    def add_data_read_fail_error_to_form(self, form: Any, e: Exception) -> None:
        form.add_error("import_file", f"This file cannot be read as CSV. {SAVE_AS_CSV}")

    def get_export_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_export_context_data(**kwargs), "comes_back": True}
