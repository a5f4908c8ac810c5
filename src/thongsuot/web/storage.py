"""Static files under names that carry a hash of their content, compressed once."""

from django.contrib.staticfiles.storage import HashedFilesMixin
from django.utils.functional import cached_property
from whitenoise.storage import CompressedManifestStaticFilesStorage

_STYLESHEET_RULES = dict(HashedFilesMixin.patterns)["*.css"]


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Falls back to plain names before the first collectstatic, so that tests need no build."""

    manifest_strict = False
    # Libraries mention source maps that are not served: only what stylesheets load is rewritten.
    patterns = (("*.css", tuple(rule for rule in _STYLESHEET_RULES if "sourceMappingURL" not in str(rule))),)

    def url(self, name: str | None, force: bool = False) -> str:
        if name and not self.hashed_files:
            return f"{self.base_url}{name}"
        if (name, force) not in self._told:  # twenty are asked for on every page
            self._told[name, force] = str(super().url(name, force))
        return self._told[name, force]

    @cached_property
    def _told(self) -> dict[tuple[str | None, bool], str]:
        return {}
