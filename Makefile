# Thin: everything is `uv run neuvo …` or uv itself. `make run` and `make test` are all a newcomer needs.
UV := .tools/bin/uv

.PHONY: run test check bench setup browser widget screenshots

run: setup ## set up what is missing, start everything, say where the page is
	@$(UV) run --quiet --no-sync neuvo run

test: setup browser ## all tests, journeys in a real browser included
	@$(UV) run --no-sync neuvo train --if-needed
	$(UV) run --no-sync pytest $(PYTEST)

check: setup ## style, types, import directions, languages
	$(UV) run --no-sync ruff check bot actions nlu tests benchmarks scripts
	$(UV) run --no-sync ruff format --check bot actions nlu tests benchmarks scripts
	$(UV) run --no-sync mypy
	$(UV) run --no-sync lint-imports
	python3 nlu/tools/examples.py

bench: setup ## the figures of docs/measurements.md
	$(UV) run --no-sync python benchmarks/understanding.py
	$(UV) run --no-sync python benchmarks/language_id.py
	$(UV) run --no-sync python benchmarks/chat.py

setup: $(UV)
	@$(UV) sync --locked --quiet
	@cd nlu && ../$(UV) sync --locked --quiet

$(UV):
	@echo "Installing uv into .tools"
	@python3 -m venv .tools
	@.tools/bin/pip install --quiet --disable-pip-version-check uv==0.13.9

browser:
	@scripts/browser

widget: ## rebuild bot/web/static from bot/web/ui
	cd bot/web/ui && npm ci --no-audit --no-fund && npm run check && npm run build

screenshots: setup browser ## the pictures of README.md and docs/
	$(UV) run --no-sync python scripts/screenshots.py
