"""Reminders to those who sent nothing yet: what each would get, and the step that sends them."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from reporting import reminders, transitions
from reporting.admin.pages import page
from reporting.admin.quarters.acts import QuarterActs, board_address, chosen_in, refuse_others
from reporting.models import Quarter


class QuarterReminders(QuarterActs):
    def remind_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET shows every mail, POST sends those that were shown. Without a choice GET shows all that are owed."""
        quarter = get_object_or_404(Quarter, pk=pk)
        refuse_others(request)
        chosen = chosen_in(request, quarter)
        if not chosen and ("selected" in request.GET or request.method == "POST"):
            return self.none_chosen(request, quarter)
        if request.method == "POST":
            return self._remind(request, quarter, [each.hisp_id for each in chosen])
        prepared = reminders.reminders(quarter, [each.hisp_id for each in chosen] if chosen else None)
        owing = {each.standing.hisp for each in prepared}
        ticks = {"chosen": [each.pk for each in chosen]}
        context: dict[str, Any] = {
            "quarter": quarter,
            "title": f"Remind HISPs of {quarter}",
            "ticked": request.GET.get("ticked") != "none",
            "tick_all": f"?{urlencode(ticks, doseq=True)}",
            "untick_all": f"?{urlencode({**ticks, 'ticked': 'none'}, doseq=True)}",
            "going": [each for each in prepared if each.mails],
            "staying": [each for each in prepared if not each.mails],
            "passed_over": [each.hisp for each in chosen if each.hisp_id not in owing],
        }
        return page(self, request, "admin/reporting/quarter/remind.html", context)

    def _remind(self, request: HttpRequest, quarter: Quarter, hisps: list[int]) -> HttpResponse:
        try:
            sent = reminders.send(quarter, hisps, by=request.user)
        except transitions.Refused as refused:
            self.message_user(request, str(refused), messages.ERROR)
        else:
            names = ", ".join(each.standing.name for each in sent)
            words = f"Reminders are on their way: {names}." if sent else "Nobody was left to remind: no mail was sent."
            self.message_user(request, words, messages.SUCCESS if sent else messages.INFO)
        return HttpResponseRedirect(board_address(quarter))
