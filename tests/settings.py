"""The product's settings, made quick and harmless for tests."""

import os
import tempfile

os.environ.setdefault("THONGSUOT_DEVELOPMENT", "1")
os.environ["THONGSUOT_DATA_DIR"] = tempfile.mkdtemp(prefix="thongsuot-tests-")

from thongsuot.site.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
ACCOUNT_RATE_LIMITS = False
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
