"""What a short message means after another one: "and Petonen?" is still about offices, "and housing allowance?" still about pay days."""

from __future__ import annotations

from actions.turn import Turn

ABOUT_A_PLACE = ("office_info", "office_appointment", "remote_service", "popup_service", "drop_box")
ABOUT_A_BENEFIT = ("payment_date", "payment_missing", "application_status", "decision_appeal", "send_attachment")
ABOUT_A_LANGUAGE = ("phone_number", "service_languages")
SHORT = 4
"""Words in a message that may be a follow-up: a connective, a name of two words, a particle."""


def meant(turn: Turn) -> tuple[str, ...]:
    """The topics to answer: those understood, or the one before when the message only names another thing."""
    last = turn.last_topic
    if last is None or len(turn.text.split()) > SHORT or turn.text.startswith("/"):
        return turn.topics
    named = turn.named
    if last in ABOUT_A_PLACE and (named.places or named.municipalities) and turn.topic in (*ABOUT_A_PLACE, "nlu_fallback"):
        return (last,)
    if last in ABOUT_A_BENEFIT and named.benefits and turn.topic.startswith(("benefit_", "nlu_fallback")):
        return (last,)
    if last in ABOUT_A_LANGUAGE and named.languages and turn.topic in (*ABOUT_A_LANGUAGE, "language_switch", "nlu_fallback"):
        return (last,)
    return turn.topics
