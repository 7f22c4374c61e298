"""Settings of the portal, driven by the environment (see .env.example)."""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
if env.bool("READ_DOT_ENV", default=True):
    environ.Env.read_env(BASE_DIR / ".env")

# --- Environment -----------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="only-for-development" if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is missing. Set it in the environment or in .env to a long random text "
        "(.env.example says how), or set DEBUG=1 while developing."
    )
PUBLIC_URL = env.str("PUBLIC_URL", default="http://localhost:8000").rstrip("/")
_public = urlsplit(PUBLIC_URL)
_is_origin = f"{_public.scheme}://{_public.netloc}" == PUBLIC_URL and _public.hostname
if _public.scheme not in ("http", "https") or not _is_origin:
    raise ImproperlyConfigured(
        f"PUBLIC_URL must look like https://familjeportalen.example, not {PUBLIC_URL!r}."
    )
_https = _public.scheme == "https"
PUBLIC_HOST = _public.hostname
# Loopback too: a supervisor on the machine asks for health by address.
ALLOWED_HOSTS = [_public.hostname, "localhost", "127.0.0.1", "[::1]"]

# --- Applications ----------------------------------------------------------------------------
INSTALLED_APPS = [
    "familjeportal.home",
    "guidance",
    "centres",
    "services",
    "familjeportal.search",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "familjeportal.accounts",  # after allauth's, whose receivers must have run before its own
    "simple_history",
    "django_prose_editor",  # only its static files are used
    "csp",
    "whitenoise.runserver_nostatic",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    # Those that only add headers come first, so that redirects and errors carry them too.
    "familjeportal.middleware.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "familjeportal.accounts.middleware.SecondFactorMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]
ROOT_URLCONF = "familjeportal.urls"
WSGI_APPLICATION = "familjeportal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
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
                "familjeportal.home.context_processors.site",
            ],
        },
    },
]

# What the installation keeps beside the code; nobody else on the machine may read it.
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(mode=0o700, exist_ok=True)

# --- Database --------------------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
_engine = DATABASES["default"].get("ENGINE")
if _engine not in ("django.db.backends.sqlite3", "django.db.backends.postgresql"):
    raise ImproperlyConfigured(
        "DATABASE_URL must look like postgres://user:password@host/name or sqlite:////path/to/file."
    )
if _engine == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    # A file, not memory: then the tests run the same journal mode and locking as production.
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# Shared by all processes and machines, so that limits on signing in and codes that have been used
# count for all of them; unlike a file's, the database's `add` lets only one of two through.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "KEY_FUNCTION": "familjeportal.cache_keys.hidden_key",
        # Room enough that nobody pushes out what is counted of them.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- Sign-in ---------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ACCOUNT_ADAPTER = "familjeportal.accounts.adapter.ClosedSignupAdapter"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _public.scheme
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Familjeportalen: "
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {
    "login": "familjeportal.accounts.forms.StaffLoginForm",
    "reauthenticate": "familjeportal.accounts.forms.StaffReauthenticateForm",
    "change_password": "familjeportal.accounts.forms.StaffChangePasswordForm",
    "set_password": "familjeportal.accounts.forms.StaffSetPasswordForm",
    "reset_password": "familjeportal.accounts.forms.StaffResetPasswordForm",
    "reset_password_from_key": "familjeportal.accounts.forms.StaffNewPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_LOGOUT_REDIRECT_URL = "home:front"
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "staff:home"

# The second step. A code of the period before and after counts too: clocks differ and fingers are
# slow; `accounts.forms` sees to it that each code works once.
MFA_ADAPTER = "familjeportal.accounts.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "familjeportal.accounts.forms.CodeForm",
    "reauthenticate": "familjeportal.accounts.forms.CodeAgainForm",
    "activate_totp": "familjeportal.accounts.forms.NewAppForm",
    "add_webauthn": "familjeportal.accounts.forms.NewPasskeyForm",
    "edit_webauthn": "familjeportal.accounts.forms.PasskeyNameForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an administrator gave the account its address
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Familjeportalen"
MFA_TOTP_TOLERANCE = 1

# Single sign-on: off until the environment names a provider.
SOCIALACCOUNT_ADAPTER = "familjeportal.accounts.single_sign_on.ExistingAccountsAdapter"
OIDC_ISSUER = env.str("OIDC_ISSUER", default="").rstrip("/")
OIDC_HAS_SECOND_FACTOR = env.bool("OIDC_HAS_SECOND_FACTOR", default=False)
if OIDC_ISSUER:
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": env.str("OIDC_NAME", default="din arbetsgivare"),
                    "client_id": env.str("OIDC_CLIENT_ID", default=""),
                    "secret": env.str("OIDC_CLIENT_SECRET", default=""),
                    "settings": {
                        "server_url": OIDC_ISSUER,
                        "verified_email": env.bool("OIDC_TRUST_EMAIL", default=False),
                    },
                }
            ],
        }
    }
    if not SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["client_id"]:
        raise ImproperlyConfigured("OIDC_ISSUER is set but OIDC_CLIENT_ID is missing.")

# --- Mail ------------------------------------------------------------------------------------
# To the console unless EMAIL_URL names a server.
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str(
    "EMAIL_FROM", default=f"Familjeportalen <svara-inte@{_public.hostname}>"
)

# --- Language and time -----------------------------------------------------------------------
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska")]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

# --- Static files ----------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- Uploads ---------------------------------------------------------------------------------
MEDIA_ROOT = VAR_DIR / "media"
UPLOAD_MOST_BYTES = env.int("UPLOAD_MOST_MEGABYTES", default=25) * 1024**2
FILM_MOST_BYTES = env.int("FILM_MOST_MEGABYTES", default=200) * 1024**2
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",  # up to 2.5 MB
    "guidance.uploads.receiving.LimitedUploadHandler",
]

# --- Security headers ------------------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = _https and env.bool("SSL_REDIRECT", default=True)
_behind_proxy = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _behind_proxy else None
# Whose address the limits on signing in count: the proxy's own last entry, else the connection's.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _behind_proxy else 0
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _https
SECURE_REFERRER_POLICY = "same-origin"
# Where "Lämna sidan snabbt" leads: something that anybody may have been reading.
LEAVE_TO = env.str("LEAVE_TO", default="https://www.smhi.se/")
SECURE_REDIRECT_EXEMPT = [r"^health/"]
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
_provider = urlsplit(OIDC_ISSUER)
_origin_of_provider = [f"{_provider.scheme}://{_provider.netloc}"] if OIDC_ISSUER else []
CSRF_FAILURE_VIEW = "familjeportal.home.views.form_refused"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        # A form that is answered with a redirect is held to this rule too.
        "form-action": [SELF, *_origin_of_provider],
        "frame-ancestors": [NONE],
        "img-src": [SELF],
        "manifest-src": [SELF],
        "media-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
    }
}

# --- Logs ------------------------------------------------------------------------------------
# Django's own request records name the path without its query. Nothing is mailed: an error mail
# would carry the whole request.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name} {message}", "style": "{"}},
    "filters": {"secret_links": {"()": "familjeportal.secret_links.HidesSecretLinks"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["secret_links"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        # It warns of every HEAD request, whose body the server drops as it should.
        "gunicorn.http.wsgi": {"level": "ERROR"},
        # Its warnings quote the referring address with its query.
        "django.security.csrf": {"level": "ERROR"},
        # Every step of setting a sheet, a hundred lines each.
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
        # runserver's request lines hold the query, whatever their level.
        "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
