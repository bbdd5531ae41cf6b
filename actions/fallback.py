"""Not understood, or nothing we know of: asks again once, with likely topics as buttons; the second time in a row offers a person."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import say
from actions.follow_up import meant
from actions.knowing import KNOWING
from actions.turn import read

LIKELY = 3
"""How many guesses are shown."""


class AskAgain(Action):
    """Rasa's rules for `nlu_fallback` and `out_of_scope`."""

    def name(self) -> str:
        return "action_fallback"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        turn = read(tracker)
        if (topics := meant(turn)) != turn.topics:
            return await say(dispatcher, turn, topics)
        if turn.misses >= 2:
            dispatcher.utter_message(response="utter_not_understood_twice")
            return [SlotSet("offer", "human")]
        if turn.topic == "out_of_scope":
            dispatcher.utter_message(response="utter_out_of_scope")
            return [SlotSet("offer", "human")]
        knowledge = await KNOWING.now()
        likely = [topic for topic in turn.likely if knowledge.knows(topic)][:LIKELY]
        buttons = [{"title": knowledge.title(topic, turn.language), "payload": f"/{topic}"} for topic in likely]
        dispatcher.utter_message(response="utter_not_understood", buttons=buttons)
        return [SlotSet("offer", likely[0] if likely else None)]
