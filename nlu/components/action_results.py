"""Checks what the action server answers with one compiled schema.

Rasa 3.6.21 hands the schema itself to jsonschema at every call, which then checks the schema first: 20 ms of a turn's 25. The check of the
answer stays the same. Imported for its effect by components.wording, which Rasa loads at start.
"""

from typing import Any, Dict

from jsonschema.exceptions import ValidationError
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction

_SCHEMA = RemoteAction.action_response_format_spec()
_VALIDATOR = validator_for(_SCHEMA)(_SCHEMA)


def _validate(_action: RemoteAction, result: Dict[str, Any]) -> bool:
    try:
        _VALIDATOR.validate(result)
    except ValidationError as error:
        error.message += ". The action server's answer does not fit Rasa's schema."
        raise
    return True


RemoteAction._validate_action_result = _validate
