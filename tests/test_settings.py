from __future__ import annotations

import pytest

from bot import settings as module
from bot.errors import SettingsError


def test_a_setting_that_does_not_fit_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEUVO_PORT", "many")
    module.settings.cache_clear()
    with pytest.raises(SettingsError, match="NEUVO_PORT"):
        module.settings()
    module.settings.cache_clear()


def test_sqlite_is_the_default() -> None:
    assert module.Settings(_env_file=None).database_url.startswith("sqlite+aiosqlite:///")
