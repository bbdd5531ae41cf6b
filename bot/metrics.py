"""Prometheus figures: counts and times, never what people said."""

from __future__ import annotations

from prometheus_client import Counter, Gauge

CHAT_CONNECTIONS = Gauge("neuvo_chat_connections", "Open chat sockets")
CHAT_MESSAGES = Counter("neuvo_chat_messages_total", "Customers' chat messages stored", ["language"])
CHAT_ERRORS = Counter("neuvo_chat_errors_total", "Frames refused", ["code"])
