"""Publishing a quarter: a page that says what will happen, and the step that does just that."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from reporting import review, transitions
from reporting.admin.pages import page
from reporting.admin.quarters.acts import board_address
from reporting.admin.quarters.remind import QuarterReminders
from reporting.board import publishing
from reporting.models import Quarter, Submission


class QuarterPublishing(QuarterReminders):
    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET shows the plan; POST carries it out as it was seen, or says what changed and does nothing."""
        quarter = get_object_or_404(Quarter, pk=pk)
        if not transitions.may(request.user, transitions.PUBLISH):
            raise PermissionDenied("Your role does not include publishing.")
        if request.method != "POST":
            return self._plan(request, quarter)
        seen = publishing.seen(request.POST.get("seen", ""))
        try:
            results = review.publish_quarter(quarter, by=request.user, seen=seen)
        except transitions.Refused as refused:
            since = publishing.since(quarter, seen)
            return self._plan(request, quarter, status=409, refused=str(refused), since=since)
        self._tell(request, results)
        return HttpResponseRedirect(board_address(quarter))

    def _plan(self, request: HttpRequest, quarter: Quarter, status: int = 200, **refusal: object) -> HttpResponse:
        title = f"Publish {quarter}"
        context = {"quarter": quarter, "plan": publishing.plan(quarter, request.user), "title": title, **refusal}
        return page(self, request, "admin/reporting/quarter/publish.html", context, status)

    def _tell(self, request: HttpRequest, results: list[tuple[Submission, str]]) -> None:
        published = [submission for submission, refused in results if not refused]
        if published:
            names = ", ".join(sorted(str(submission.hisp) for submission in published))
            self.message_user(request, f"{published[0].publication}: published {names}.", messages.SUCCESS)
        for submission, refused in results:
            if refused:
                self.message_user(request, f"{submission.hisp}: {refused}", messages.ERROR)
        if not results:
            words = "Nothing was approved and waiting, so nothing was published."
            self.message_user(request, words, messages.INFO)
