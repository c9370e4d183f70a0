"""The page on which one submission is decided: its steps, its comments, and where each leads."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import path, reverse

from reporting import comment_forms, comments, open_comments, review_page, seen, transitions
from reporting.admin.pages import ReadOnly, page
from reporting.models import Submission


class SubmissionPage(ReadOnly):
    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/comment/", wrap(self.comment_view), name="reporting_submission_comment"),
            path(
                "<int:pk>/comments/<int:comment>/settle/",
                wrap(self.settle_view),
                name="reporting_submission_settle",
            ),
            path("<int:pk>/steps/<slug:step>/", wrap(self.step_view), name="reporting_submission_step"),
        ]
        return [*own, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied("Figures cannot be changed here. Return the submission to its reporter instead.")
        submission = self._found(request, object_id)
        return self._review_page(request, submission, comment_form=comment_forms.about(request.GET.get("cell", "")))

    def step_view(self, request: HttpRequest, pk: int, step: str) -> HttpResponse:
        """Takes one step, or says on the page why not."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        submission = self._found(request, pk)
        taken = review_page.STEPS.get(step)
        if taken is None or not transitions.may(request.user, taken.transition):
            raise PermissionDenied("Your role does not include this step.")
        form = taken.ask(request.POST)
        if not form.is_valid():
            return self._review_page(request, submission, bound=(taken, form), status=422)
        try:
            with seen.nothing_unheard(submission, form.cleaned_data.get("seen")):
                taken.act(submission, by=request.user, lock_version=form.cleaned_data["lock_version"], **form.words())
        except transitions.NotAllowed as refused:
            raise PermissionDenied(str(refused)) from None
        except transitions.Refused as refused:
            fresh = self._found(request, pk)
            return self._review_page(request, fresh, bound=(taken, form), refused=str(refused), status=409)
        return self._go_on(request, taken, submission)

    def comment_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        submission = self._found(request, pk)
        _refuse_without_comments(request)
        form = comment_forms.CellCommentForm(request.POST, on=submission)
        if not form.is_valid():
            return self._review_page(request, submission, comment_form=form, status=422)
        said = comments.say(submission, by=_signed_in(request), **form.cleaned_data)
        self._say_at(request, "Your comment was added. The reporter sees it too.", said.cell)
        return HttpResponseRedirect(_address(submission))

    def settle_view(self, request: HttpRequest, pk: int, comment: int) -> HttpResponse:
        """Settles the thread that ends with this comment."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        submission = self._found(request, pk)
        _refuse_without_comments(request)
        remark = get_object_or_404(comments.about(submission), pk=comment)
        settled = comments.settle(remark, by=request.user)
        words = "This is settled." if settled else "This was settled already."
        self._say_at(request, words, remark.cell, messages.SUCCESS if settled else messages.INFO)
        return HttpResponseRedirect(_address(submission))

    def _found(self, request: HttpRequest, pk: Any) -> Submission:
        """With what the page needs of it beyond its figures. Raises PermissionDenied and Http404."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        people = ("submitted_by", "reviewed_by", "published_by")
        rows = Submission.objects.select_related("hisp__department", "quarter", "upload", *people)
        submission = review_page.with_dates(rows).filter(pk=pk).first()
        if submission is None:
            raise Http404(f"There is no submission {pk}.")
        return submission

    def _review_page(
        self, request: HttpRequest, submission: Submission, status: int = 200, **sent: Any
    ) -> HttpResponse:
        """`sent`: forms that were sent and refused, and the sentence that refused them."""
        context = review_page.context(submission, request.user, **sent)
        title = f"{submission.hisp}, {submission.quarter}"
        context |= {"title": f"Error: {title}" if status >= 400 else title}
        return page(self, request, "admin/reporting/submission/page.html", context, status)

    def _go_on(self, request: HttpRequest, step: review_page.Step, submission: Submission) -> HttpResponse:
        """To the next submission in the queue when that was asked for, else back to this one."""
        self._warn_of_comments(request, step, submission)
        text = f"{step.done}: {submission.hisp}, {submission.quarter}."
        following = review_page.queue_of(request.user, submission).next if step.leads_on else None
        if following is None:
            self.message_user(request, f"{text} Nothing else waits." if step.leads_on else text, messages.SUCCESS)
        elif request.POST.get("then") == "next":
            self._say(request, text, _address(submission), "Look at it again")
            return HttpResponseRedirect(_address(following))
        else:
            self._say(request, f"{text} Next in the queue:", _address(following), following.label)
        return HttpResponseRedirect(_address(submission))

    def _warn_of_comments(self, request: HttpRequest, step: review_page.Step, submission: Submission) -> None:
        if step.warns and (words := open_comments.warning(len(comments.of(submission).open))):
            words = f"{submission.hisp}, {submission.quarter}: {words}"
            self._say(request, words, f"{_address(submission)}#comments", "Read what is open", messages.WARNING)

    def _say_at(self, request: HttpRequest, words: str, cell: str, level: int = messages.SUCCESS) -> None:
        """With the way back to the figure, since the message stands at the top."""
        self._say(request, words, f"#{comments.anchor(cell)}", f"Back to {cell or 'the comments'}", level)

    def _say(self, request: HttpRequest, words: str, url: str, link: str, level: int = messages.SUCCESS) -> None:
        said = {"words": words, "url": url, "link": link}
        self.message_user(request, render_to_string("_said.html", said), level)


def _address(row: Any) -> str:
    return reverse("admin:reporting_submission_change", args=[row.pk])


def _refuse_without_comments(request: HttpRequest) -> None:
    if not request.user.has_perm("reporting.add_comment"):
        raise PermissionDenied("Your role does not include comments.")


def _signed_in(request: HttpRequest) -> Any:
    """The desk opens to nobody else."""
    return request.user
