"""Settings, read from the environment; the defaults suit one machine and SQLite. See docs/operations.md."""

from importlib.util import find_spec
from pathlib import Path

from csp.constants import NONE, SELF

from thongsuot.site.environment import database, email, flag, secret_key, setting, words
from thongsuot.site.logs import configure_structlog, logging_config

REPOSITORY = Path(__file__).resolve().parents[3]
DATA_DIR = Path(setting("THONGSUOT_DATA_DIR", str(REPOSITORY / "var")))
FILES_DIR = DATA_DIR / "files"  # sources, named by hash, outside the web root
# Left by the demonstration build: every page then says that its data are invented.
DEMO = (DATA_DIR / "demonstration").exists()
FRONT_END_DIR = Path(setting("THONGSUOT_FRONT_END_DIR", str(REPOSITORY / "node_modules")))

DEBUG = flag("THONGSUOT_DEBUG", default=False)
# Plain http, component gallery, demo banner on sign-in.
DEVELOPMENT = flag("THONGSUOT_DEVELOPMENT", default=False)
SECRET_KEY = secret_key(DATA_DIR)
ALLOWED_HOSTS = words("THONGSUOT_ALLOWED_HOSTS", default="localhost 127.0.0.1 [::1]")
CSRF_TRUSTED_ORIGINS = words("THONGSUOT_TRUSTED_ORIGINS", default="")

INSTALLED_APPS = [
    "thongsuot.web",
    "thongsuot.audit",
    "thongsuot.finding",
    "thongsuot.accounts",
    "thongsuot.units",
    "thongsuot.notices",
    "thongsuot.sources",
    "thongsuot.matters",
    "thongsuot.documents",
    "thongsuot.indicators",
    "thongsuot.staffing",
    "thongsuot.returns",
    "thongsuot.oversight",
    "thongsuot.intake",
    "thongsuot.site",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "django_tasks",
    "django_tasks_db",
    "django_tables2",
    "template_partials",
]
if find_spec("django_linear_migrations"):  # a tool of development, not installed where the system only runs
    INSTALLED_APPS.append("django_linear_migrations")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "thongsuot.site.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "thongsuot.units.middleware.MandateMiddleware",
    "thongsuot.web.nul.NulMiddleware",
    "thongsuot.web.once.OnceMiddleware",
]

ROOT_URLCONF = "thongsuot.site.urls"
WSGI_APPLICATION = "thongsuot.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "thongsuot.site.context.frame",
            ],
        },
    },
]
FORM_RENDERER = "thongsuot.web.renderer.Renderer"

DATABASES = {
    "default": database(
        setting("THONGSUOT_DATABASE_URL", f"sqlite:///{DATA_DIR / 'thongsuot.sqlite3'}"),
        pooled=flag("THONGSUOT_DATABASE_POOLED"),
    )
}
# Columns beside the keys of an index are for PostgreSQL; SQLite leaves them out and needs no word about it.
SILENCED_SYSTEM_CHECKS = ["models.W040"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["thongsuot.accounts.sessions.AccountsBackend"]
SESSION_ENGINE = "thongsuot.accounts.sessions"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_REDIRECT_URL = "home"
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "thongsuot.accounts.adapters.ClosedSignUpAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEVELOPMENT
MFA_TOTP_ISSUER = "Thông Suốt"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["thongsuot.site.formats"]

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "thongsuot.web.finders.FrontEndFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "thongsuot.web.storage.HashedStaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],  # Tabler draws check marks and carets as data: images
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: [] for feature in ("camera", "geolocation", "microphone", "payment", "usb", "display-capture")
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEVELOPMENT
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = not DEVELOPMENT
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 0 if DEVELOPMENT else 31_536_000
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("THONGSUOT_BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# One uploaded file; a larger one is refused with a sentence before it is read (sources.limits).
SOURCE_MAX_BYTES = 20 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# The workbooks of all units of the largest province in one go (web.batches.MOST_FILES).
DATA_UPLOAD_MAX_NUMBER_FILES = 400
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# Jobs wait in the same database as what they are about, and so commit together with it.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# Where this system is found, for links in letters and calendars.
ADDRESS = setting("THONGSUOT_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
# In development letters become files, so that nothing leaves the machine.
_EMAIL = email(setting("THONGSUOT_EMAIL_URL", f"file://{DATA_DIR / 'mail'}" if DEVELOPMENT else ""))
SENDS_MAIL = bool(_EMAIL)
EMAIL_BACKEND = _EMAIL.get("backend", "django.core.mail.backends.dummy.EmailBackend")
EMAIL_FILE_PATH = _EMAIL.get("folder")
EMAIL_HOST = _EMAIL.get("host", "localhost")
EMAIL_PORT = int(_EMAIL.get("port", 25))
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _EMAIL.get("user", ""), _EMAIL.get("password", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = _EMAIL.get("security") == "starttls", _EMAIL.get("security") == "tls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = setting("THONGSUOT_EMAIL_FROM", "thongsuot@localhost")

DJANGO_TABLES2_TEMPLATE = "web/table.html"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Counts of many rows, shared by the processes of this machine (matters.queries.remembering).
    "counts": {
        "BACKEND": "thongsuot.web.shared.SharedCache",
        "LOCATION": DATA_DIR / "counts",
        "OPTIONS": {"MAX_ENTRIES": 2_000},
    },
    # What the index of PostgreSQL answered where it takes long (finding.engines), shared likewise.
    "searches": {
        "BACKEND": "thongsuot.web.shared.SharedCache",
        "LOCATION": DATA_DIR / "searches",
        "OPTIONS": {"MAX_ENTRIES": 1_000},
    },
}

LOGGING = logging_config(setting("THONGSUOT_LOG_LEVEL", "WARNING"), lines_for_people=DEVELOPMENT)
configure_structlog()
