"""All settings of HISP Quarterly, read from the environment (or `.env`) by django-environ.

`.env.example` lists every variable. With none set the application refuses to start in production mode, because
SECRET_KEY has no default outside DEBUG.
"""

import sys
from pathlib import Path

import environ
from csp.constants import NONE, SELF

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="not-secret-for-development-only" if DEBUG else environ.Env.NOTSET)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "reporting.apps.DeskConfig",  # django.contrib.admin with our site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "csp",
    "import_export",
    "simple_history",
    "hisps.apps.HispsConfig",
    "reporting.apps.ReportingConfig",
    "dashboards.apps.DashboardsConfig",
]

MIDDLEWARE = [
    "reporting.origin.remember",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.compression.Gzip",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Deny by default: a view that is open to everybody says so with @login_not_required.
    "reporting.views.sign_in.SignInFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "config.errors.page_for_refused_method",
]

if DEBUG:
    MIDDLEWARE.append("config.errors.own_not_found_page")

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Database: SQLite unless DATABASE_URL names another. An empty DATABASE_URL means none.
VAR_DIR = BASE_DIR / "var"
DATABASES = {
    "default": env.db_url_config(env.str("DATABASE_URL", default="") or f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    VAR_DIR.mkdir(exist_ok=True)
    # IMMEDIATE takes the write lock when a transaction begins, so that two writers wait instead of failing.
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}  # a file, so that threads can race in tests
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # recursive_triggers: without it, INSERT OR REPLACE deletes rows past the triggers that refuse that.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA recursive_triggers=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Language and time: US English; stored in UTC, shown in US Eastern, where deadlines are set.
LANGUAGE_CODE = "en-us"
TIME_ZONE = "America/New_York"
USE_I18N = False
USE_TZ = True

# Files. USWDS and the font are served straight from their npm packages.
STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(VAR_DIR / "static"))
USWDS_DIR = BASE_DIR / "node_modules" / "@uswds" / "uswds" / "dist"
FONTS_DIR = BASE_DIR / "node_modules" / "@fontsource" / "public-sans" / "files"
STATICFILES_DIRS = [BASE_DIR / "static", ("uswds", USWDS_DIR), ("fonts", FONTS_DIR)]
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(VAR_DIR / "uploads"))  # never served: views decide who may read
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Public pages that each web worker keeps (config/pages.py), in bytes; 0 for none. None while templates are edited.
PAGE_CACHE_BYTES: int = env.int("PAGE_CACHE_BYTES", default=0 if "runserver" in sys.argv else 64 * 1024 * 1024)

# Workbooks and checksums of the data, which take seconds to make: for workers of one machine in a folder, for those of
# several wherever CACHE_URL says.
_CACHE = env.str("CACHE_URL", default="") or f"filecache://{VAR_DIR / 'cache'}?max_entries=100"
CACHES = {"default": env.cache_url_config(_CACHE)}

# Uploads. Django itself has no limit for files: reporting.uploads sets one while the bytes come in.
UPLOAD_MAX_BYTES = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["reporting.uploads.LimitedUploadHandler"]
# A workbook is read in a process of its own, which ends when it needs more than this. Ours need 0.1 to 1 s and 60 MB
# at most. By the clock it must end before gunicorn gives up, at 30 s.
WORKBOOK_MEMORY_BYTES = env.int("WORKBOOK_MEMORY_BYTES", default=512 * 1024 * 1024)
WORKBOOK_CPU_SECONDS = 10
WORKBOOK_WALL_SECONDS = 20
WORKBOOK_WORKERS = env.int("WORKBOOK_WORKERS", default=2)  # read at a time by one web worker; others wait
UPLOADS_PER_HOUR = env.int("UPLOADS_PER_HOUR", default=30)  # of one person
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 5

# People
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "after_login"
LOGOUT_REDIRECT_URL = "dashboards:home"
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
BAD_SIGN_INS = env.int("BAD_SIGN_INS", default=5)  # in 15 minutes with one username from one network
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Mail. It waits in the outbox (reporting/outbox.py) until `manage.py send_mail` runs, so no page waits for the server.
_MAIL = env.email_url_config(
    env.str("EMAIL_URL", default="") or ("consolemail://" if DEBUG else "smtp://localhost:25")
)
EMAIL_BACKEND = _MAIL["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = _MAIL["EMAIL_HOST"] or "localhost", _MAIL["EMAIL_PORT"] or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL["EMAIL_HOST_USER"] or "", _MAIL["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.get("EMAIL_USE_TLS", False), _MAIL.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = _MAIL["EMAIL_FILE_PATH"]
EMAIL_TIMEOUT = 20  # for one answer of the server, in seconds
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="HISP Quarterly <no-reply@localhost>")
# Whom mails, pages and the catalog name for questions. The catalog's standard wants a dot behind the @.
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="contact@hisp-quarterly.example")
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")  # links in mails begin with it

# What the catalog of the data (/data.json) says of its owner. Works of the Federal government have no copyright.
DATA_LICENSE = env.str("DATA_LICENSE", default="https://www.usa.gov/government-works")
BUREAU_CODES = env.list("BUREAU_CODES", default=[])  # as “100:55”, the Office of Management and Budget
PROGRAM_CODES = env.list("PROGRAM_CODES", default=[])  # as “029:001”

# Import and export in the admin: only with a permission, and never a cell that a spreadsheet runs as a formula.
IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "change"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "view"
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True
IMPORT_EXPORT_ESCAPE_ILLEGAL_CHARS_ON_EXPORT = True

# Security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
BEHIND_PROXY = not DEBUG and env.bool("BEHIND_PROXY", default=False)
# How many proxies before us append to X-Forwarded-For: the log keeps the address that the outermost of them saw.
PROXIES: int = env.int("PROXIES", default=1) if BEHIND_PROXY else 0
if not DEBUG:
    if BEHIND_PROXY:  # only a proxy that sets the header itself may be believed
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=3600)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {request_id} {name}: {message}", "style": "{"}},
    "filters": {"request_id": {"()": "reporting.origin.RequestId"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id"]}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
}
