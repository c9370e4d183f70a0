"""The administrator's steps with a quarter: each asks on a page of its own, then goes back to the board."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from reporting import quarters, transitions
from reporting.admin.pages import page
from reporting.admin.quarters.forms import ExtendForm, OpenForm, ReasonForm
from reporting.board.standing import standings
from reporting.board.upcoming import upcoming
from reporting.fiscal import FiscalQuarter
from reporting.models import Expectation, Quarter, Submission
from reporting.templatetags.reporting_words import due


class QuarterActs(admin.ModelAdmin):
    """Holds no rule: reporting.quarters takes each step, or refuses it with a sentence."""

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        following = upcoming()
        fiscal = following.fiscal
        return self._ask(
            request,
            OpenForm(sent(request), initial={"fiscal_year": fiscal.fiscal_year, "number": fiscal.number}),
            lambda asked: self._open(request, asked["fiscal"]),
            title="Open a quarter",
            button="Open the quarter",
            explanation="Every HISP that is designated in the quarter will be expected to report.",
            upcoming=following,
        )

    def close_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        quarter = get_object_or_404(Quarter, pk=pk)
        return self._ask(
            request,
            forms.Form(sent(request)),
            lambda asked: self._done(
                request, quarters.close_quarter(quarter, by=request.user), f"{quarter} is closed."
            ),
            quarter=quarter,
            title=f"Close {quarter}",
            button="Close the quarter",
            explanation="A closed quarter takes no more figures. You can reopen it later.",
            why_not=quarters.why_not_closed(quarter),
            **_when_closed(quarter),
        )

    def reopen_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        quarter = get_object_or_404(Quarter, pk=pk)
        return self._ask(
            request,
            ReasonForm(sent(request)),
            lambda asked: self._done(
                request,
                quarters.reopen_quarter(quarter, by=request.user, reason=asked["reason"]),
                f"{quarter} is open again.",
            ),
            quarter=quarter,
            title=f"Reopen {quarter}",
            button="Reopen the quarter",
            explanation="HISPs can send figures again. The due day stays as it was.",
            why_not=quarters.why_not_reopened(quarter),
        )

    def extend_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        expectation = _expectation(pk)
        return self._extend(request, expectation.quarter, [expectation])

    def extend_chosen_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        quarter = get_object_or_404(Quarter, pk=pk)
        refuse_others(request)
        chosen = chosen_in(request, quarter)
        return self._extend(request, quarter, chosen) if chosen else self.none_chosen(request, quarter)

    def not_reporting_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        expectation = _expectation(pk)
        return self._ask(
            request,
            ReasonForm(sent(request)),
            lambda asked: self._done(
                request,
                quarters.mark_not_reporting(expectation, by=request.user, reason=asked["reason"]).quarter,
                f"{expectation.hisp} is noted as not reporting for {expectation.quarter}.",
            ),
            quarter=expectation.quarter,
            title=f"{expectation.hisp} does not report for {expectation.quarter}",
            button="Mark as not reporting",
            explanation="It gets no more reminders and cannot send figures, until you expect it again.",
        )

    def expect_again_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        expectation = _expectation(pk)
        former = f"It was marked as not reporting: {expectation.not_reporting_reason}"
        return self._ask(
            request,
            ReasonForm(sent(request)),
            lambda asked: self._done(
                request,
                quarters.expect_again(expectation, by=request.user, reason=asked["reason"]).quarter,
                f"{expectation.hisp} is expected to report for {expectation.quarter} again.",
            ),
            quarter=expectation.quarter,
            title=f"Expect {expectation.hisp} to report for {expectation.quarter} again",
            button="Expect it again",
            explanation=former if expectation.not_reporting else "",
        )

    def none_chosen(self, request: HttpRequest, quarter: Quarter) -> HttpResponse:
        self.message_user(request, "Select at least one HISP in the list first.", messages.WARNING)
        return HttpResponseRedirect(board_address(quarter))

    def _extend(self, request: HttpRequest, quarter: Quarter, chosen: list[Expectation]) -> HttpResponse:
        who = str(chosen[0].hisp) if len(chosen) == 1 else f"{len(chosen)} HISPs"
        return self._ask(
            request,
            ExtendForm(sent(request)),
            lambda asked: self._extended(request, quarter, chosen, asked),
            quarter=quarter,
            title=f"Give {who} more time for {quarter}",
            button="Extend",
            explanation=f"{quarter} is due {due(quarter.due_at)}. The reporters see the reason.",
            chosen=chosen,
            why_not=next(filter(None, map(quarters.why_not_extended, chosen)), ""),
        )

    def _extended(
        self, request: HttpRequest, quarter: Quarter, chosen: list[Expectation], asked: dict[str, Any]
    ) -> Quarter:
        extended = quarters.extend_several(chosen, by=request.user, to=asked["to"], reason=asked["reason"])
        names = ", ".join(sorted(str(each.hisp) for each in extended))
        return self._done(request, quarter, f"Extended to {due(extended[0].due_at)}: {names}.")

    def _open(self, request: HttpRequest, fiscal: FiscalQuarter) -> Quarter:
        quarter, added = quarters.open_quarter(fiscal, by=request.user)
        added_now = f"{len(added)} HISP was added" if len(added) == 1 else f"{len(added)} HISPs were added"
        return self._done(request, quarter, f"{quarter} is open, due {due(quarter.due_at)}; {added_now} to it.")

    def _done(self, request: HttpRequest, quarter: Quarter, sentence: str) -> Quarter:
        self.message_user(request, sentence, messages.SUCCESS)
        return quarter

    def _ask(
        self, request: HttpRequest, form: forms.Form, act: Callable[[Any], Quarter], *, why_not: str = "", **words: Any
    ) -> HttpResponse:
        """Asks for what a step needs, takes it, and goes on to the board; or says on the form why not. `why_not`: the
        sentence that refuses the step whatever is answered; then nothing is asked."""
        refuse_others(request)
        if why_not:
            return page(self, request, "admin/reporting/quarter/ask.html", {"why_not": why_not, **words}, 409)
        if request.method == "POST" and form.is_valid():
            try:
                quarter = act(form.cleaned_data)
            except transitions.NotAllowed as refused:
                raise PermissionDenied(str(refused)) from None
            except transitions.Refused as refused:
                form.add_error(None, str(refused))
            else:
                return HttpResponseRedirect(board_address(quarter))
        context = {"form": form, "today": timezone.localdate(), **words}
        return page(self, request, "admin/reporting/quarter/ask.html", context, 422 if form.errors else 200)


def _when_closed(quarter: Quarter) -> dict[str, Any]:
    """Names of those whom closing the quarter shuts out, of those who can still answer, and of what waits at OMB."""
    everybody = standings([quarter])[quarter.pk]
    return {
        "shut_out": [each.name for each in everybody if each.owes and not each.is_returned],
        "returned": [each.name for each in everybody if each.owes and each.is_returned],
        "to_review": [each.name for each in everybody if each.state == Submission.State.SUBMITTED],
        "to_publish": [each.name for each in everybody if each.state == Submission.State.APPROVED],
    }


def board_address(quarter: Quarter) -> str:
    return reverse("admin:reporting_quarter_change", args=[quarter.pk])


def refuse_others(request: HttpRequest) -> None:
    if not request.user.has_perm(quarters.PERMISSION):
        raise PermissionDenied("Your role does not include opening, closing or extending quarters.")


def chosen_in(request: HttpRequest, quarter: Quarter) -> list[Expectation]:
    """The HISPs whose boxes were ticked; what is no box of this quarter's list is passed over."""
    sent_boxes = (request.POST if request.method == "POST" else request.GET).getlist("chosen")
    keys = [int(key) for key in sent_boxes if key.isascii() and key.isdigit() and len(key) < 19]
    return list(quarter.expectations.filter(pk__in=keys).select_related("hisp", "quarter").order_by("hisp__name"))


def sent(request: HttpRequest) -> Any:
    """What a form is bound to: an empty POST is a POST too."""
    return request.POST if request.method == "POST" else None


def _expectation(pk: int) -> Expectation:
    return get_object_or_404(Expectation.objects.select_related("quarter", "hisp"), pk=pk)
