"""Forms about one's own account, for people who may not have one yet."""

import re
from typing import Any
from unicodedata import category

from django import forms
from django.conf import settings
from django.contrib.auth.forms import PasswordChangeForm, PasswordResetForm, SetPasswordForm
from django.contrib.auth.models import User
from django.utils import timezone

from hisps.models import Hisp
from reporting import access_requests, letters, outbox

_RULE = "At least 12 characters, not one of the common passwords, and nothing like your name."
_WANTED = {
    "name": "Enter your name.",
    "email": "Enter your e-mail address.",
    "hisp": "Choose the HISP that you report for.",
    "old_password": "Enter the password that you have now.",
    "new_password1": "Enter a new password.",
    "new_password2": "Enter the new password again.",
}
_RESETS_EVERY = 300  # seconds: one mail to a person in that time, however often somebody asks
_IN_NAMES = " .,'’‘-"
_LIKE_A_DOMAIN = re.compile(r"\.\w{2}")


class _Styled(forms.Form):
    """In USWDS’s looks, with hints as plain sentences."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            is_list = isinstance(field.widget, forms.Select)
            field.error_messages["required"] = _WANTED[name]
            field.widget.attrs["class"] = "usa-select" if is_list else "usa-input"
            if name in ("new_password1", "new_password2"):
                field.help_text = _RULE if name == "new_password1" else ""


class NewPasswordForm(_Styled, SetPasswordForm):
    pass


class OtherPasswordForm(_Styled, PasswordChangeForm):
    pass


class ForgottenForm(_Styled, PasswordResetForm):
    """The mail goes through the outbox, and its link begins with SITE_URL, whatever host the request named."""

    def send_mail(
        self,
        subject_template_name: str,
        email_template_name: str,
        context: dict[str, Any],
        from_email: str | None,
        to_email: str,
        html_email_template_name: str | None = None,
    ) -> None:
        person: User = context["user"]
        facts = {
            "username": person.get_username(),
            "link": letters.link("password_reset_confirm", context["uid"], context["token"]),
        }
        subject, body = letters.write("password_reset", facts, person.get_full_name())
        key = f"password-reset:{person.pk}:{int(timezone.now().timestamp()) // _RESETS_EVERY}"
        outbox.enqueue("password_reset", to=person.email, subject=subject, body=body, key=key, person=person)


def refuse_what_is_no_name(text: str) -> None:
    """Administrators read it in a mail: no line breaks, no digits, and nothing that a mail program makes a link of."""
    odd = any(category(letter)[0] not in "LM" and letter not in _IN_NAMES for letter in text)
    if odd or _LIKE_A_DOMAIN.search(text):
        raise forms.ValidationError(
            "Write your name with letters, spaces, hyphens, apostrophes and periods, and a space after each period."
        )


class AskForm(_Styled):
    name = forms.CharField(
        label="Your name",
        max_length=100,
        validators=[refuse_what_is_no_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="Your work e-mail address",
        max_length=150,
        help_text="At your agency, such as name@agency.gov.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    hisp = forms.ModelChoiceField(Hisp.objects.none(), label="The HISP that you report for", empty_label="Choose one")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        choice = self.fields["hisp"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = Hisp.objects.designated(today, today)

    def clean_hisp(self) -> Hisp:
        hisp: Hisp = self.cleaned_data["hisp"]
        if not access_requests.has_domains(hisp.department):
            raise forms.ValidationError(
                f"We do not know yet which addresses people of the {hisp.department} have, so nobody can ask here to "
                f"report for it. Write to {settings.CONTACT_EMAIL}, and OMB invites you."
            )
        return hisp
