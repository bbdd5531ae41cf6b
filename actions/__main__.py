"""The action server: `python -m actions PORT`, on loopback (SANIC_HOST).

rasa-sdk's own, but for one thing: Rasa 3.6 would send its whole domain with every call, 30 ms of work, unless told not to
(`enable_selective_domain` in nlu/endpoints.yml); newer SDKs then refuse the call. No action of ours reads the domain.
"""

from __future__ import annotations

import sys
from typing import Any

from rasa_sdk import utils
from rasa_sdk.endpoint import run
from rasa_sdk.executor import ActionExecutor


class Executor(ActionExecutor):
    """Takes calls without a domain."""

    def update_and_return_domain(self, payload: dict[str, Any], action_name: str) -> dict[str, Any]:
        return payload.get("domain") or {}


def main() -> None:
    utils.configure_colored_logging("WARNING")
    executor = Executor()
    executor.register_package("actions")
    run(executor, port=int(sys.argv[1]))


if __name__ == "__main__":
    main()
