# make site     set up everything and build site/
# make test     set up everything and run all tests, browser tests included
# make help     the other targets

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Nothing the user has set for pip or Python elsewhere may change what is installed here.
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONNOUSERSITE := 1
export PIP_NO_INPUT := 1

.PHONY: site test serve check scripts bench lighthouse clean help lock audit release browser java nu nginx
.DEFAULT_GOAL := help

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

site: $(VENV)/.site ## build the site into site/
	@$(BIN)/python -m generator build --strict

serve: $(VENV)/.site ## preview the site, rebuilt whenever a file changes
	@$(BIN)/python -m generator serve

test: $(VENV)/.dev browser java nu nginx ## run all tests, in a real browser too
	@$(BIN)/python -m pytest

check: $(VENV)/.dev ## format, lint, check types and content
	@$(BIN)/ruff format --quiet generator tests tools
	@$(BIN)/ruff check --fix generator tests tools
	@$(BIN)/mypy
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory scripts; \
		else echo "there is no npm here: the types of the reader's scripts were left unchecked"; fi
	@$(BIN)/python -m generator check

scripts: $(VENV)/node/.tsc ## check the types of the reader's scripts; needs node and npm
	@node $(VENV)/node/node_modules/typescript/bin/tsc --project tests/types

lighthouse: $(VENV)/.dev $(VENV)/lighthouse/.there browser site ## have Lighthouse judge every kind of page; needs node and npm
	@$(BIN)/python -m tests.lighthouse

bench: $(VENV)/.site ## compare the speed with other engines, on the same pages
	@test -x .cache/bench-tools/bin/python || $(PYTHON) -m venv .cache/bench-tools
	@.cache/bench-tools/bin/python -m pip install --quiet --require-hashes --requirement requirements/bench.txt
	@$(BIN)/python -m tests.bench --tools .cache/bench-tools/bin

browser: $(VENV)/.dev
	@$(BIN)/python tests/ensure_browser.py

java: $(VENV)/.dev
	@$(BIN)/python -m tests.ensure_java

nu: $(VENV)/.dev
	@$(BIN)/python -m tests.ensure_nu

nginx: $(VENV)/.dev
	@$(BIN)/python -m tests.ensure_nginx

audit: $(VENV)/.dev ## ask whether a locked dependency has a known vulnerability; needs a network
	@$(BIN)/python -m tools.audit

release: $(VENV)/.dev ## make wheel, source archive and SBOM of the last commit in dist/
	@$(BIN)/python -m tools.release

lock: $(VENV)/.dev ## write the locked requirements anew, newest versions
	@$(BIN)/python -m pip install --quiet uv
	@for name in site dev bench; do $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header --no-annotate \
		requirements/$$name.in --output-file requirements/$$name.txt; done

clean: ## remove the environment, caches and the built site
	rm -rf $(VENV) .cache .site-* .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find site -mindepth 1 ! -name .gitignore -delete 2>/dev/null || true
	find generator tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment is whole when its mark is there: an install that broke off is done again.
$(VENV)/.site: requirements/site.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; name one: make PYTHON=python3.12 ...")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "python3 has no venv; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@echo "setting up $(VENV) (once)"
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/site.txt
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.site requirements/dev.txt
	@echo "setting up what the tests need (once)"
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/dev.txt
	@touch $@

$(VENV)/lighthouse/.there: tests/lighthouse/package.json tests/lighthouse/package-lock.json
	@mkdir -p $(VENV)/lighthouse
	@cp tests/lighthouse/package.json tests/lighthouse/package-lock.json $(VENV)/lighthouse/
	@cd $(VENV)/lighthouse && npm ci --silent --no-audit --no-fund --ignore-scripts
	@touch $@

$(VENV)/node/.tsc: tests/types/package.json tests/types/package-lock.json
	@mkdir -p $(VENV)/node
	@cp tests/types/package.json tests/types/package-lock.json $(VENV)/node/
	@cd $(VENV)/node && npm ci --silent --no-audit --no-fund
	@touch $@
