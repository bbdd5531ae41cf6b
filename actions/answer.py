"""Answers a topic (or two) out of the institution's knowledge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.follow_up import meant
from actions.knowing import KNOWING
from actions.turn import Turn, read
from bot.knowledge.answers import Knowledge, Said, spread
from bot.languages import LANGUAGES, NATIVE_NAMES

MOST_BUTTONS = 3


async def say(dispatcher: CollectingDispatcher, turn: Turn, topics: Sequence[str], asked: str | None = None) -> list[dict[str, Any]]:
    """Says the answers to the topics, the likely next steps as buttons under the last; the events that remember it."""
    knowledge = await KNOWING.now()
    known = [topic for topic in topics if knowledge.knows(topic)]
    if not known:  # an institution's folder may leave a topic out
        dispatcher.utter_message(response="utter_out_of_scope")
        return [SlotSet("offer", "human")]
    said = [knowledge.answer(topic, turn.language, turn.named, turn.text if asked is None else asked) for topic in known]
    following = spread([topic for one in said for topic in one.next if topic not in known], MOST_BUTTONS)
    for topic, one in zip(known, said):
        last = topic == known[-1]
        others = _other_languages(turn) if topic == "service_languages" else ()
        dispatcher.utter_message(json_message=message(knowledge, one, turn.language, following if last else (), others))
    return [SlotSet("topic", known[-1]), SlotSet("offer", None)]


def message(
    knowledge: Knowledge, said: Said, language: str, topics: Sequence[str], others: Sequence[dict[str, str]] = ()
) -> dict[str, Any]:
    """What bot.assistant reads: a text, buttons (`others`, then those of topics), links."""
    return {
        "text": said.text,
        "buttons": [*others, *({"title": knowledge.title(topic, language), "payload": f"/{topic}"} for topic in topics)],
        "links": [{"title": title, "url": url} for title, url in said.links],
    }


def _other_languages(turn: Turn) -> list[dict[str, str]]:
    """Asked whether we speak a language: a button that goes on in it."""
    ours = [code for code in turn.named.languages if code in LANGUAGES and code != turn.language]
    return [{"title": NATIVE_NAMES[code], "payload": f'/language_switch{{"language": "{code}"}}'} for code in ours]


class AnswerTopic(Action):
    """Every topic of kind answer, lookup, flow or hand-off. The queue for people joins here, for the last two."""

    def name(self) -> str:
        return "action_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        turn = read(tracker)
        return await say(dispatcher, turn, meant(turn))
