# Two commands do everything from a fresh clone with just Python >= 3.11:
#   make demo    sets up .venv and runs the main job on a photo that comes with a dependency
#   make test    sets up .venv and runs the tests
# make fuzz CASES=100000 runs the fuzz tests, of which the tests run a slice, with so many cases each.
# The set-up runs again only when pyproject.toml, setup.py or constraints.txt change.

VENV := .venv
PIP := $(VENV)/bin/python -m pip --disable-pip-version-check --no-input
FILES := pyproject.toml setup.py constraints.txt
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

fuzz: $(VENV)/dev.stamp
	FOCALFACE_FUZZ_CASES=$(or $(CASES),100000) $(VENV)/bin/python -m pytest -q tests/fuzz

.PHONY: demo test fuzz clean

demo: $(VENV)/base.stamp
	$(VENV)/bin/focalface demo

test: $(VENV)/dev.stamp
	$(VENV)/bin/python -m pytest -n auto --maxprocesses 4 --dist loadfile

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "focalface needs Python 3.11 or newer; none was found." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# A stamp is touched last, so an interrupted set-up is done again.
$(VENV)/base.stamp: $(FILES) | $(VENV)/bin/python
	@echo "Setting up $(VENV), once: about 600 MB of packages."
	$(PIP) install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/dev.stamp: $(FILES) | $(VENV)/bin/python
	@echo "Setting up $(VENV), once: about 800 MB of packages."
	$(PIP) install --quiet --constraint constraints.txt --editable '.[dev,evals,video]'
	@touch $@ $(VENV)/base.stamp

clean:
	rm -rf $(VENV) .typecheck build dist *.egg-info
