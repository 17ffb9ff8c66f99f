# Two commands to begin with: `make demo` and `make test`. `make help` lists the rest.
# Python 3.11 to 3.13; choose one with `make PYTHON=python3.12 demo`. Everything lives in .venv and `make clean` removes it.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV ?= .venv
UV ?= uv
ARGS ?=
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
PINNED := install --quiet --require-hashes --only-binary :all:
COMPILE := $(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 --only-binary :all: \
	--no-header --no-annotate --no-emit-index-url $(ARGS)
CODE := src tests scripts .ci $(wildcard benchmarks)

.PHONY: help demo test check bench gates format lock clean
.PHONY: check-format check-lint check-types check-imports check-sizes check-words check-strings check-tables

help: ## what can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16 | sed 's/^/  make /'

demo: $(VENV)/.runtime ## screen an embedded traveler file against an embedded list, write a report
	@$(BIN)/tahaluf demo $(ARGS)

test: $(VENV)/.check ## run the tests (ARGS="tests/names -x" for a part)
	@$(BIN)/python -m pytest -n 2 $(ARGS)

check: check-format check-lint check-types check-imports check-sizes check-words check-strings check-tables ## all that is checked without running: style, types, architecture, sizes, words

check-format: $(VENV)/.check
	@$(BIN)/ruff format --check $(CODE)

check-lint: $(VENV)/.check
	@$(BIN)/ruff check $(CODE)

check-types: $(VENV)/.check
	@TAHALUF_DATA=$(VENV)/data $(BIN)/mypy

check-imports: $(VENV)/.check
	@$(BIN)/lint-imports

check-sizes: $(VENV)/.check
	@$(BIN)/python scripts/check_sizes.py

check-words: $(VENV)/.check
	@$(BIN)/python scripts/check_words.py

check-strings: $(VENV)/.check
	@$(BIN)/python scripts/check_strings.py
	@$(BIN)/python scripts/check_web_strings.py

check-tables: $(VENV)/.check
	@for script in scripts/build_*.py; do echo "$$script --check"; $(BIN)/python $$script --check; done

bench: $(VENV)/.test ## measure what is promised, in about twenty minutes (ARGS=--write records it; docs/speed.md tells of the long forms)
	@for script in benchmarks/[a-z]*.py; do echo "== $$script"; $(BIN)/python $$script $(ARGS); done

gates: $(VENV)/.test ## what the exchange must bear, in its long forms (ARGS=--write records it)
	@$(BIN)/python benchmarks/exchange_lives.py --seeds 10000 $(ARGS)

format: $(VENV)/.check ## put the code into its one format
	@$(BIN)/ruff check --fix --select I $(CODE)
	@$(BIN)/ruff format $(CODE)

lock: ## renew requirements/*.txt from pyproject.toml (needs uv; ARGS=--upgrade to move the pins)
	@command -v $(UV) >/dev/null || { echo "make lock needs uv on the PATH (pip install uv)" >&2; exit 1; }
	$(COMPILE) pyproject.toml requirements/build.in -o requirements/runtime.txt
	$(COMPILE) pyproject.toml requirements/build.in --extra desk -c requirements/runtime.txt -o requirements/desk.txt
	$(COMPILE) pyproject.toml requirements/build.in --extra test -c requirements/desk.txt -o requirements/test.txt
	$(COMPILE) pyproject.toml requirements/build.in --extra test --extra check -c requirements/test.txt -o requirements/check.txt
	$(COMPILE) pyproject.toml requirements/build.in --extra test --extra e2e -c requirements/test.txt -o requirements/e2e.txt
	$(COMPILE) pyproject.toml requirements/build.in --extra test --extra ray -c requirements/test.txt -o requirements/ray.txt

clean: ## remove the environment, caches and the demo's output
	rm -rf .venv .venv-* demo-out build dist .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests scripts $(wildcard benchmarks) -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment: pinned, hashed wheels only (nothing is compiled), then the project itself without looking anything up.
$(VENV)/.made:
	@echo "Preparing, once: the environment and then the compiled code take a minute or two …"
	@bash scripts/make_venv.sh "$(PYTHON)" "$(VENV)"
	@touch $@

$(VENV)/.runtime: $(VENV)/.made requirements/desk.txt pyproject.toml
	@echo "Installing pinned packages into $(VENV) (once) …"
	@$(PIP) $(PINNED) -r requirements/desk.txt
	@$(PIP) install --quiet --no-index --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.runtime requirements/test.txt
	@echo "Installing what the tests need into $(VENV) (once) …"
	@$(PIP) $(PINNED) -r requirements/test.txt
	@touch $@

$(VENV)/.check: $(VENV)/.test requirements/check.txt
	@echo "Installing what the checks need into $(VENV) (once) …"
	@$(PIP) $(PINNED) -r requirements/check.txt
	@touch $@
