"""What a reporter does in most tests of her pages: she sends a workbook and explains what is odd."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reporting.forms import field_name
from reporting.models import Submission


def page(name, *args):
    return reverse(f"reporting:{name}", args=args)


def send(client, quarter, data, name="vha.xlsx", **extra):
    address = page("upload", "va-vha", quarter.fiscal)
    return client.post(address, {"workbook": SimpleUploadedFile(name, data), **extra})


def draft_of(client, quarter, data):
    send(client, quarter, data)
    return Submission.objects.latest("pk")


def answers(submission):
    findings = submission.findings.filter(severity="explain")
    return {field_name(finding): "It is right." for finding in findings} | {"lock_version": submission.lock_version}
