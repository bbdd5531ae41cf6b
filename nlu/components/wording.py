"""Rasa's response texts in the customer's language: each response id lists its six languages side by side in the domain."""

from typing import Any, Dict, Optional, Text

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from components import action_results  # noqa: F401 - for its effect


class SixLanguages(TemplatedNaturalLanguageGenerator):
    """Picks the variation whose metadata names the language of the message (or of the `language` an action passes)."""

    def __init__(self, endpoint_config: EndpointConfig, domain: Any) -> None:
        super().__init__(domain.responses if hasattr(domain, "responses") else domain)

    async def generate(
        self, utter_action: Text, tracker: DialogueStateTracker, output_channel: Text, **kwargs: Any
    ) -> Optional[Dict[Text, Any]]:
        """A copy of the variation with its placeholders filled; None when the response or the language is unknown."""
        latest = tracker.latest_message
        language = kwargs.get("language") or (latest.metadata.get("language") if latest and latest.metadata else None)
        for variation in self.responses.get(utter_action, []):
            if variation.get("metadata", {}).get("language") == language:
                filled = {k: v for k, v in variation.items() if k != "metadata"}
                return self._fill_response(filled, tracker.current_slot_values(), **kwargs)
        return None
