"""The errors that Neuvo raises on purpose.

NeuvoError                what went wrong and what to do about it, in a sentence
├── SettingsError         a setting that does not fit
├── SeedError             a file of the institution's that does not fit; nothing of it was loaded
├── NotReadyError         something that must run first does not (model, database, Rasa)
├── FrameError            a frame of the chat socket that does not fit; carries its code
└── AssistantDown         Rasa or its action server did not answer
"""

from __future__ import annotations


class NeuvoError(Exception):
    """Says what was wrong and what to do."""


class SettingsError(NeuvoError):
    """A setting does not fit."""


class SeedError(NeuvoError):
    """A seed file does not fit; the store is as it was."""


class NotReadyError(NeuvoError):
    """Something that must be there first is not."""


class FrameError(NeuvoError):
    """A client's frame does not fit the chat protocol (docs/chat-protocol.md lists the codes)."""

    def __init__(
        self, code: str, reason: str, *, message_id: str | None = None, fatal: bool = False, retry_after: float | None = None
    ) -> None:
        super().__init__(reason)
        self.code, self.reason, self.message_id, self.fatal, self.retry_after = code, reason, message_id, fatal, retry_after


class AssistantDown(NeuvoError):
    """The assistant did not answer, or answered with nothing."""
