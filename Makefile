# One word for each thing a developer does; `make help` lists them.
PYTHON := .venv/bin/python
PORTS ?= 8000
ARGS ?=

# Dozens of processes run the same code: they keep what Python compiled, also where the environment says not to.
export PYTHONDONTWRITEBYTECODE :=

# The only thing asked of a machine is make; python3 is installed where that is allowed.
SETUP = if ! command -v python3 >/dev/null; then \
	  if [ "$$(id -u)" = 0 ]; then echo "Installing system packages: python3 python3-venv"; apt-get -qq update \
	    && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends python3 python3-venv >/dev/null; \
	  else echo "Run this once, then make again: sudo apt-get install -y python3 python3-venv" >&2; exit 1; fi; \
	fi; python3 dev/setup.py

.DEFAULT_GOAL := help
.PHONY: up test lint bench chaos fuzz properties catalogue css example reset lock help

up: ## run everything on this machine; other ports: PORTS=9000 make up
	@$(SETUP) run && PORTS=$(PORTS) exec $(PYTHON) -m dev up

test: ## run every test; some of them: make test ARGS="tests/shared -k terms"
	@$(SETUP) test && exec $(PYTHON) -m pytest -n 2 --no-loadscope-reorder $(ARGS)

lint: ## check style and types
	@$(SETUP) run && $(PYTHON) -m ruff check . && $(PYTHON) -m ruff format --check . && $(PYTHON) -m mypy

bench: ## measure how much one machine takes in, decides and prints
	@$(SETUP) run && exec $(PYTHON) -m tests.bench $(ARGS)

chaos: ## kill parts at random under load, then count what was lost or done twice
	@$(SETUP) run && exec $(PYTHON) -m tests.chaos $(ARGS)

fuzz: ## send 10,000 random and hostile submissions of all products; another number: FUZZ=500 make fuzz
	@$(SETUP) test && FUZZ=$${FUZZ:-10000} exec $(PYTHON) -m pytest -n 2 -rP --show-capture=stdout tests/fuzz/test_submissions.py $(ARGS)

properties: ## try each property of the law and the clock on 10,000 random cases; another number: RUNS=100000 make properties
	@$(SETUP) test && RUNS=$${RUNS:-10000} exec $(PYTHON) -m pytest -n 2 -m hypothesis --durations=0 --durations-min=0.1 \
	  tests/shared/law tests/services/workflow/domain $(ARGS)

catalogue: ## check the products: forms, rules, terms, letters and their example cases
	@$(SETUP) run && exec $(PYTHON) -m shared.catalogue $(ARGS)

css: ## write the style sheet of the house style anew from its sources
	@$(SETUP) test && npm install --silent --no-audit --no-fund --no-package-lock --prefix shared/look/build \
	  && exec $(PYTHON) -m dev.css

example: ## add invented applications to the house that `make up` runs; five years of them: make example CASES=1000000
	@$(SETUP) run && PORTS=$(PORTS) exec $(PYTHON) -m dev example $(if $(CASES),--cases $(CASES)) $(ARGS)

reset: ## throw away all data on this machine
	@$(SETUP) run && exec $(PYTHON) -m dev reset

lock: ## write the lock files anew from pyproject.toml
	@$(SETUP) run && exec $(PYTHON) -m dev lock

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
