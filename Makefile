# HISP Quarterly: `make demo` shows it, `make test` proves it, `make help` lists the rest.

PYTHON = python3
PORT = 8000
WORKERS = 2
BIN = .venv/bin
# Tests run in two processes; those that share something dear (tests/conftest.py) in the same one.
IN_TWO = -n 2 --dist loadgroup
# npm of the machine, or the one `make setup` brings; the latter needs its own node in PATH.
NPM = PATH="$$PATH:$$PWD/$(BIN)" npm
USED_USWDS = node_modules/@uswds/uswds/dist/css/used.css
LIGHTHOUSE = var/lighthouse
LIGHTHOUSE_VERSION = 12.8.2
INSTALLED = .venv/installed node_modules/installed $(USED_USWDS) .env
COMPILE = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	--python-version 3.11 --custom-compile-command "make requirements"

.PHONY: help setup demo run machine test test-fast test-sqlite test-postgres corpus fuzz bench format requirements clean \
	lighthouse lint lint-style lint-types lint-imports lint-templates lint-migrations

help:  ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | awk -F '|' '{ printf "make %-14s %s\n", $$1, $$2 }'

setup: $(INSTALLED)  ## Install everything, write .env, bring the database up to date
	@$(BIN)/python manage.py migrate --verbosity 0

demo: setup  ## Fill the database with published figures and demo accounts, then run
	$(BIN)/python manage.py seed_demo --site http://127.0.0.1:$(PORT)
	@SITE_URL=http://127.0.0.1:$(PORT) $(MAKE) --no-print-directory run

run:  ## Serve on 127.0.0.1:8000 (make run PORT=9000)
	$(BIN)/gunicorn config.wsgi --config config/gunicorn.py --bind 127.0.0.1:$(PORT) --workers $(WORKERS)

machine:  ## Install Chromium, PostgreSQL, LibreOffice and Java where that is possible
	@.ci/machine

# --keep-going: a fault found by one step does not hide what the others say; the exit status tells of each.
test: machine setup  ## Lint, all tests on SQLite, and on PostgreSQL those that reach a database
	@$(MAKE) --no-print-directory --keep-going lint test-sqlite test-postgres

test-fast: $(INSTALLED)  ## The tests on SQLite without a browser
	DATABASE_URL= $(BIN)/pytest -m "not browser" $(IN_TWO)

test-sqlite: $(INSTALLED)
	@if .ci/machine --has-chromium || [ "$$CI" = true ]; then \
		set -x; DATABASE_URL= $(BIN)/pytest $(IN_TWO); \
	else \
		echo "Chromium was not found: the browser tests are left out."; \
		set -x; DATABASE_URL= $(BIN)/pytest -m "not browser" $(IN_TWO); \
	fi

# Without a browser; tests/conftest.py leaves out what cannot reach a database.
test-postgres: $(INSTALLED)
	@if .ci/postgres --check || [ "$$CI" = true ]; then \
		set -x; .ci/postgres $(BIN)/pytest -m "not browser" $(IN_TWO); \
	else \
		echo "PostgreSQL was not found: the tests ran on SQLite only."; \
	fi

corpus: $(INSTALLED)  ## Send every bad workbook, and the good ones; print the table of what became of them
	DATABASE_URL= $(BIN)/pytest tests/corpus -q $(IN_TWO)

fuzz: $(INSTALLED)  ## Read 5,000 mutations of a workbook, and 100 that no run before has seen
	DATABASE_URL= FUZZ=5000 $(BIN)/pytest tests/corpus/test_fuzz.py $(IN_TWO)

# Not in CI: its figures want a machine that is not busy with something else.
bench: $(INSTALLED)  ## Measure what things cost, beside their limits (make bench ROOMS=workbook for one room)
	@$(BIN)/python -m tests.bench $(ROOMS)

# In a folder of its own: it brings 200 MB, which nothing else needs. Not in CI: it takes minutes, and its first score
# depends on how busy the machine is.
lighthouse: $(INSTALLED) $(LIGHTHOUSE)/$(LIGHTHOUSE_VERSION)  ## Lighthouse's scores of the home page, a HISP and a comparison
	@PATH="$$PATH:$$PWD/$(BIN)" $(BIN)/python -m tests.bench.lighthouse

$(LIGHTHOUSE)/$(LIGHTHOUSE_VERSION):
	rm -rf $(LIGHTHOUSE) && mkdir -p $(LIGHTHOUSE)
	$(NPM) install --prefix $(LIGHTHOUSE) --ignore-scripts --no-audit --no-fund --no-progress lighthouse@$(LIGHTHOUSE_VERSION)
	@touch $@

lint: $(INSTALLED)  ## Style, types, directions of imports, templates, migrations
	@$(MAKE) --no-print-directory --keep-going --jobs 2 lint-types lint-style lint-imports lint-templates lint-migrations

lint-style: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

lint-types: $(INSTALLED)
	$(BIN)/mypy

lint-imports: $(INSTALLED)
	$(BIN)/lint-imports

lint-templates: $(INSTALLED)
	find templates -name '*.html' -exec $(BIN)/djade --check --target-version 5.2 {} +

lint-migrations: $(INSTALLED)
	$(BIN)/python manage.py makemigrations --check --dry-run

format: .venv/installed  ## Rewrite code and templates in the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	find templates -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} +

requirements: .venv/installed  ## Pin requirements/*.in again, with hashes (UPGRADE=--upgrade for newer versions)
	$(COMPILE) $(UPGRADE) --output-file requirements/base.txt requirements/base.in
	$(COMPILE) $(UPGRADE) --output-file requirements/dev.txt requirements/dev.in
	$(COMPILE) $(UPGRADE) --output-file requirements/node.txt requirements/node.in

clean:  ## Remove what setup and the tools made; the database, uploads and .env stay
	rm -rf .venv node_modules var/static $(LIGHTHOUSE) .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/installed: requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12")'
	[ -x $(BIN)/pip ] || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes --requirement requirements/dev.txt
	@touch $@

node_modules/installed: package-lock.json .npmrc .venv/installed
	@command -v npm >/dev/null || $(BIN)/pip install --quiet --require-hashes --requirement requirements/node.txt
	$(NPM) ci --ignore-scripts --no-progress
	@touch $@

# The rules of USWDS that our pages use: 3 KB of 60. What names a class is read again when it changes.
$(USED_USWDS): node_modules/installed package.json $(shell find templates -name "*.html")
	$(NPM) run --silent uswds

.env:
	@umask 077; $(BIN)/python -c 'import secrets; print("DEBUG=true\nSECRET_KEY=" + secrets.token_urlsafe(50))' > $@
	@echo "Wrote .env with DEBUG=true and a new SECRET_KEY."
