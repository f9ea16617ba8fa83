# Every target prepares what it needs: `make test` on a fresh clone just works.
VENV   := .venv
BIN    := $(VENV)/bin
RUN    := $(VENV)/.installed
DEV    := $(VENV)/.installed-dev
LOCALE := cxmaturity/locale
PO     := $(wildcard $(LOCALE)/*/LC_MESSAGES/cxmaturity.po)
MO     := $(PO:.po=.mo)
KINDS  := pyproject.toml hatch_build.py

.DEFAULT_GOAL := help
.PHONY: help demo test check format bench messages messages-extract clean

help:  ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 20

demo: $(RUN)  ## Score the bundled example and print it
	@$(BIN)/cxmaturity demo --print

test: $(DEV) messages  ## Run the tests on all cores
	$(BIN)/python -m pytest -n auto

check: $(DEV)  ## Formatting, lint, types and layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEV)  ## Format and fix what can be fixed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(DEV)  ## Measure start-up and scoring speed
	$(BIN)/python -m benchmarks

messages: $(MO)  ## Compile the translations that have changed

messages-extract: $(DEV)  ## Collect new strings from the code into the translations
	$(BIN)/python -m tools.messages

clean:  ## Remove caches and build results (not the environment)
	rm -rf build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .coverage
	find cxmaturity tests -name __pycache__ -type d -prune -exec rm -rf {} +

%.mo: %.po | $(DEV)
	$(BIN)/pybabel -q compile --input-file $< --output-file $@

$(BIN)/python:
	python3 -m venv $(VENV)

# The development install is a superset: it satisfies the run-time stamp as well.
$(RUN): $(KINDS) | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(DEV): $(KINDS) | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $(RUN) $@
