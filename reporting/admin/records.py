"""What is kept for the record: uploads, to be read; and the documents that belong to a quarter."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.validators import URLValidator
from django.http import FileResponse, HttpRequest, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.urls import path

from hisps.admin.desk import DeskAdmin
from reporting import events, files
from reporting.admin.pages import ReadOnly, found
from reporting.filters import QuartersFilter, ReceivedFilter
from reporting.letters import named
from reporting.models import SupportingDocument, Upload


@admin.register(Upload)
class UploadAdmin(ReadOnly):
    list_display = ["name", "hisp", "quarter", "outcome", "findings", "who", "at"]
    list_filter = ["outcome", QuartersFilter, ReceivedFilter, "kind", "hisp__department"]
    list_select_related = ["hisp", "quarter", "by"]
    search_fields = ["name", "sha256", "hisp__name", "hisp__slug"]
    search_help_text = "Search by file, SHA-256 or HISP"
    nothing = "No file has come in yet."
    list_per_page = 50
    empty_value_display = ""
    fields = [
        "original",
        "hisp",
        "quarter",
        "kind",
        "outcome",
        "who",
        "at",
        "size",
        "sha256",
        "template_version",
        "corrects",
        "corrected",
        "problems",
    ]
    readonly_fields = ["original", "who", "corrected", "problems"]

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.annotated_view)
        own = path("<int:pk>/annotated.xlsx", view, name="reporting_upload_annotated")
        return [own, *super().get_urls()]

    def annotated_view(self, request: HttpRequest, pk: int) -> FileResponse | HttpResponseNotAllowed:
        """The file with every problem marked in its cell."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return files.marked_copy(found(self, request, pk))

    @admin.display(description="findings")
    def findings(self, upload: Upload) -> int:
        return len(upload.report)

    @admin.display(description="by", ordering="by__username")
    def who(self, upload: Upload) -> str:
        return named(upload.by) if upload.by else ""

    @admin.display(description="file")
    def original(self, upload: Upload) -> str:
        return render_to_string("admin/reporting/upload/_original.html", {"upload": upload})

    @admin.display(description="corrected in the browser")
    def corrected(self, upload: Upload) -> str:
        return render_to_string("reporting/_corrections.html", {"corrections": upload.corrections})

    @admin.display(description="what the checks said")
    def problems(self, upload: Upload) -> str:
        return render_to_string("admin/reporting/upload/_problems.html", {"upload": upload})


_DOCUMENT = ("hisp", "quarter", "kind", "title", "url")


class SupportingDocumentForm(forms.ModelForm):
    url = forms.URLField(
        label="Address",
        assume_scheme="https",
        max_length=1000,
        validators=[URLValidator(schemes=["https"], message="Give a public address that begins with https://.")],
        help_text="A public address that begins with https://.",
    )


@admin.register(SupportingDocument)
class SupportingDocumentAdmin(DeskAdmin):
    form = SupportingDocumentForm
    list_display = ["title", "kind", "hisp", "quarter"]
    list_filter = ["kind", QuartersFilter]
    list_select_related = ["hisp", "quarter"]
    search_fields = ["title", "url", "hisp__name", "hisp__slug"]
    search_help_text = "Search by title, address or HISP"
    nothing = "No document was added yet."
    fields = _DOCUMENT

    def save_model(self, request: HttpRequest, obj: SupportingDocument, form: forms.ModelForm, change: bool) -> None:
        """With one event: the public sees the document from now on."""
        former = SupportingDocument.objects.select_for_update(no_key=True).get(pk=obj.pk) if change else None
        super().save_model(request, obj, form, change)
        events.record(
            "change_document" if change else "add_document",
            by=request.user,
            hisp=obj.hisp,
            quarter=obj.quarter,
            before=events.facts(former, _DOCUMENT) if former else None,
            after=events.facts(obj, _DOCUMENT),
        )
