"""How the tests of the desk look at a submission, and act on it."""

from django.urls import reverse

from reporting.models import Submission

QUEUE = "admin:reporting_submission_changelist"


def signed_in(client, user):
    client.force_login(user)
    return client


def page(submission):
    return reverse("admin:reporting_submission_change", args=[submission.pk])


def take(client, submission, step, **fields):
    address = reverse("admin:reporting_submission_step", args=[submission.pk, step])
    return client.post(address, {"lock_version": submission.lock_version, **fields})


def state(submission):
    return Submission.objects.get(pk=submission.pk).state


def text(response):
    return response.content.decode()


def settle(client, submission, pk):
    return client.post(reverse("admin:reporting_submission_settle", args=[submission.pk, pk]), follow=True)
