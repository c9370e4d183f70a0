"""Every address of the product. Views that are open to everybody say so with @login_not_required."""

from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, register_converter
from django.views.decorators.http import require_http_methods, require_safe

from config.converters import FiscalQuarterConverter
from reporting.views import people
from reporting.views.places import after_login
from reporting.views.sign_in import SignIn

# What the password views leave open: they take PUT for POST.
_form = require_http_methods(["GET", "HEAD", "POST", "OPTIONS"])

register_converter(FiscalQuarterConverter, "quarter")

handler400 = "config.errors.bad_request"
handler500 = "config.errors.server_error"


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """For load balancers and containers: the application answers."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/login/", _form(SignIn.as_view()), name="login"),
    path("accounts/logout/", auth_views.LogoutView.as_view(), name="logout"),
    path("accounts/after-login/", after_login, name="after_login"),
    path("accounts/password/", _form(people.ChangePassword.as_view()), name="password_change"),
    path("accounts/forgotten/", _form(people.Forgotten.as_view()), name="password_reset"),
    path("accounts/forgotten/sent/", people.ForgottenDone.as_view(), name="password_reset_done"),
    path("accounts/reset/<uidb64>/<token>/", _form(people.ResetPassword.as_view()), name="password_reset_confirm"),
    path("accounts/invitation/<token>/", people.invitation, name="invitation"),
    path("accounts/ask/", people.ask_for_access, name="ask_for_access"),
    path("accounts/ask/sent/", people.asked_for_access, name="asked_for_access"),
    path("accounts/ask/<token>/", people.confirm_address, name="confirm_address"),
    path("reporting/", include("reporting.urls")),
    path("admin/", admin.site.urls),
    path("", include("dashboards.urls")),
]
