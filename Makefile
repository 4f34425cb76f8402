# Two commands are all you need: `make run` and `make test`. Everything else is for people who work on the bot.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help run test faults bench bench-tips bench-answers bench-offers check format lint types layers content browser clean

help:
	@echo "make run     start the bot: on Telegram if .env has a token, else in the playground on this computer"
	@echo "make test    run all tests"
	@echo "make faults  kills, outages, floods and nonsense, in full, with a table of figures (an hour or two)"
	@echo "make bench   how fast the bot is, against what people would use instead (five minutes)"
	@echo "make bench-tips  a hundred thousand tips due at one moment, with a table of figures (a quarter of an hour)"
	@echo "make bench-answers  how well and how fast the FAQ is searched, with tables of figures (a minute)"
	@echo "make bench-offers  how many scams /checkoffer catches, how many honest messages it accuses, how long it takes"
	@echo "make check   format, lint, types, layers, content, tests with coverage"
	@echo "make format  put the code into its standard form"
	@echo "make clean   remove what the commands above made, except data/"

run: $(VENV)/run.stamp
	@exec $(BIN)/python -m bot $(if $(LISTEN),playground --listen $(LISTEN))

test: $(VENV)/dev.stamp browser
	@$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -q -n 2 --dist loadfile

# The ordinary tests hold a small size of the same; see CONTRIBUTING.md.
faults: $(VENV)/dev.stamp
	FAULTS=full $(BIN)/python -m pytest -q tests/faults

bench: $(VENV)/dev.stamp
	$(BIN)/python -m tests.bench

bench-offers: $(VENV)/dev.stamp
	$(BIN)/python -m tests.bench.offers

bench-tips: $(VENV)/dev.stamp
	$(BIN)/python -m tests.bench.tips

bench-answers: $(VENV)/dev.stamp
	$(BIN)/python -m tests.bench.answers

check: lint types layers content test
	@$(BIN)/coverage combine -q
	$(BIN)/coverage report --skip-covered

format: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lint: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/dev.stamp
	$(BIN)/mypy

layers: $(VENV)/dev.stamp
	$(BIN)/lint-imports

content: $(VENV)/dev.stamp
	$(BIN)/python -m bot check content

# The browser tests need Chromium. It is installed if it can be; if not, say so and go on without them.
browser:
	@if command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; then :; \
	elif command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		echo "Installing Chromium for the browser tests ..."; \
		(apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core fonts-noto-color-emoji) >/dev/null \
		|| echo "Chromium could not be installed: the browser tests will not run."; \
	else \
		echo "There is no Chromium here, so the browser tests will not run. To run them: sudo apt-get install chromium"; \
	fi

$(VENV)/bin/pip:
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here. Python 3.11 or newer is needed: sudo apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; $(PYTHON) is older. Name another one: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || { rm -rf $(VENV); \
		if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
			echo "Installing python3-venv ..."; \
			apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null && $(PYTHON) -m venv $(VENV); \
		else \
			echo "Python cannot make a virtual environment here. Install what is missing: sudo apt-get install python3-venv"; exit 1; \
		fi; }

$(VENV)/run.stamp: pyproject.toml constraints.txt | $(VENV)/bin/pip
	@echo "Installing what the bot needs (once) ..."
	@$(BIN)/pip install -q --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/dev.stamp: pyproject.toml constraints.txt | $(VENV)/bin/pip
	@echo "Installing what the bot and its tests need (once) ..."
	@$(BIN)/pip install -q --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/run.stamp

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage* *.egg-info build
