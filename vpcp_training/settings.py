"""Settings, read from the environment and safe without it. docs/deploy.md lists the variables."""

import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR, OUT_DIR = BASE_DIR / "var", BASE_DIR / "out"
os.umask(0o077)  # what this process writes, mostly people's names, is its owner's alone
VAR_DIR.mkdir(exist_ok=True)

env = environ.Env()


def generated_secret_key() -> str:
    """The key of this installation, made at its first start and readable by its owner only."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        draft = VAR_DIR / f"secret_key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(get_random_secret_key())
        with suppress(FileExistsError):
            os.link(draft, path)  # atomic: of several first starts one wins
        draft.unlink()
    return path.read_text()


SECRET_KEY = env("SECRET_KEY", default="") or generated_secret_key()
DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("VPCP_DEMO", False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "simple_history",
    "vpcp_training",
    "personnel",
    "courses",
    "enrollments",
    "exchange",
    "reports",
]

MIDDLEWARE = [
    "vpcp_training.middleware.for_the_access_log",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # its files are compressed already
    "vpcp_training.middleware.CompressPages",
    "csp.middleware.CSPMiddleware",
    "vpcp_training.outages.savings_noted",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "vpcp_training.middleware.vietnamese_first",
    "vpcp_training.middleware.upload_limit",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "vpcp_training.middleware.keep_private",
    "django_htmx.middleware.HtmxMiddleware",
    "vpcp_training.middleware.SignInMiddleware",
    "vpcp_training.middleware.AccessMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "vpcp_training.urls"
WSGI_APPLICATION = "vpcp_training.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "vpcp_training.screens.navigation.navigation",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # widgets too are looked up in templates/
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "components/table.html"
FILTERS_EMPTY_CHOICE_LABEL = _("All")

# --- Database: SQLite by default, PostgreSQL by DATABASE_URL=postgres://…
DATABASE_URL = env("DATABASE_URL", default="") or f"sqlite:///{VAR_DIR / 'vpcp.sqlite3'}"
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"] = {
        # A writer takes the lock at its first statement, so that no reader-turned-writer fails half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: what was acknowledged is on the disk; NORMAL lost the last saves at a power cut, since WAL then waits.
        # Sixty megabytes of pages in memory: what a large import changes is not written out and read again half-way.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-60000;",
    }
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

# --- Accounts
AUTH_USER_MODEL = "personnel.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "vpcp_training.sign_ins.PasswordBackend",
]
PASSWORD_HASHERS = [
    "vpcp_training.passwords.BoundedArgon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "vpcp_training.passwords.UnlikeTheUser",
        "OPTIONS": {"user_attributes": ("username", "full_name"), "max_similarity": 0.6},
    },
    {"NAME": "vpcp_training.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "vpcp_training.passwords.NotCommon"},
    {"NAME": "vpcp_training.passwords.NotDigitsAlone"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "login"
PASSWORD_WAIT = timedelta(seconds=env.int("VPCP_PASSWORD_WAIT_SECONDS", 10))  # for those that are looked at before
TEMPORARY_PASSWORD_AGE = timedelta(days=env.int("VPCP_TEMPORARY_PASSWORD_DAYS", 7))
SIGN_INS_KEPT = timedelta(days=365)  # and failures to
SESSION_DAY = timedelta(hours=12)  # after which everybody signs in again
SESSION_COOKIE_AGE = int(SESSION_DAY.total_seconds())
SESSION_IDLE = timedelta(minutes=env.int("VPCP_IDLE_MINUTES", 60))
SESSION_USED_COOKIE_NAME = "used"
SIGNED_IN_LATELY = timedelta(minutes=10)  # enough for changing roles and passwords

TRUSTED_PROXIES = env.int("VPCP_TRUSTED_PROXIES", 0)
AXES_HANDLER = "vpcp_training.sign_ins.SignIns"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True  # the count; the failures stay on record
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "vpcp_training.sign_ins.locked_page"
AXES_CLIENT_IP_CALLABLE = "vpcp_training.lockout.client_address"
AXES_USERNAME_CALLABLE = "vpcp_training.lockout.user_name"
AXES_SENSITIVE_PARAMETERS = ["held"]  # with the password: no record keeps what somebody typed into a form
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False  # unlocking is done where users are managed
# So many failures with so many names from one address stop it for names that nobody signed in with from there that day.
ADDRESS_FAILURE_LIMIT, ADDRESS_NAME_LIMIT = 50, 10
ADDRESS_FAILURE_PERIOD = timedelta(minutes=15)

# --- Language, formats
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LANGUAGE_COOKIE_AGE = int(timedelta(days=365).total_seconds())
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale_lib"]
FORMAT_MODULE_PATH = "vpcp_training.formats"
# Grouping is asked for where a number is a count; else years and codes would read 2.012.
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = "Asia/Ho_Chi_Minh"

# --- Static files
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o755  # of static files, which a web server may read, as it may the files
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Requests
UPLOAD_MAX = 20 * 1024 * 1024  # of a file
REQUEST_BODY_MAX = UPLOAD_MAX + 5 * 1024 * 1024  # room for a form around it
REQUEST_BODY_DRAIN_MAX = 200 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = REQUEST_BODY_MAX
FILE_UPLOAD_TEMP_DIR = VAR_DIR / "tmp"  # where `manage.py purge` finds what a killed process left
FILE_UPLOAD_TEMP_DIR.mkdir(exist_ok=True)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# --- Security
CSRF_FAILURE_VIEW = "vpcp_training.screens.views.expired_form"
CSRF_COOKIE_HTTPONLY = False  # guard.js sends it; a script that could steal it here would find it in any form as well
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.bool("VPCP_HTTPS", False):
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    # Which no neighbour under the same domain can set for this site.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"  # the latter as guard.js finds it
    LANGUAGE_COOKIE_NAME, SESSION_USED_COOKIE_NAME = "__Host-language", "__Host-used"
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds())
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True

LOG_LEVEL = env("LOG_LEVEL", default="WARNING")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "vpcp_training.structured_log.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": LOG_LEVEL, "propagate": False},
        "vpcp.events": {"level": "INFO"},
        "axes": {"level": "ERROR"},  # sign_ins.py says what it would say, a line an event
    },
}
