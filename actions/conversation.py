"""Talk about the talk itself: another language, say it again, yes."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import say
from actions.turn import read
from bot.languages import LANGUAGES


class SwitchLanguage(Action):
    """The customer asks for another language: the next words are in it. With none named, or one we do not speak, says which there are."""

    def name(self) -> str:
        return "action_switch_language"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        turn = read(tracker)
        wanted = [code for code in turn.named.languages if code in LANGUAGES]
        others = [code for code in wanted if code != turn.language]
        if wanted:
            code = (others or wanted)[-1]
            dispatcher.utter_message(json_message={"language": code})
            dispatcher.utter_message(response="utter_language_switched", language=code)
        else:
            dispatcher.utter_message(response="utter_languages")
        return []


class Repeat(Action):
    """Says the last answer again."""

    def name(self) -> str:
        return "action_repeat"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        turn = read(tracker)
        if turn.last_topic is None:
            dispatcher.utter_message(response="utter_repeat_nothing")
            return []
        dispatcher.utter_message(response="utter_repeat")
        return await say(dispatcher, turn, [turn.last_topic], asked="")


class Yes(Action):
    """Yes to what was offered; with nothing offered, asks what the matter is."""

    def name(self) -> str:
        return "action_affirm"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        turn = read(tracker)
        if turn.offer:
            return await say(dispatcher, turn, [turn.offer], asked="")
        dispatcher.utter_message(response="utter_affirm")
        return []
