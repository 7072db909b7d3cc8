# make setup | run | test | lint | ci | catalogs | soak | screens | bench | compare | fuzz
# make installer | installer-check | installer-check-wine | installer-twice
# Everything is installed into .venv here; only .ci/system touches the system, and only as root.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PYTHON ?= $(shell for python in python3.11 python3 python3.12 python3.13; do \
	if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$python; break; fi; done)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: setup run test lint ci catalogs soak screens bench compare compiled system fuzz installer installer-check \
	installer-check-wine installer-twice

setup: system $(READY) compiled

system:
	@.ci/system

$(READY): pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the libraries into $(VENV) (once) …"
	@$(BIN)/python -m pip install -qq --root-user-action=ignore --editable '.[dev]'
	@touch $@

# The words as the program reads them; instant when no translation changed.
compiled: $(READY)
	@$(BIN)/python .ci/catalogs.py stale

# The practice council: in a window, or without a display as a walk that writes pictures and papers.
run: setup
	@$(BIN)/python -m ethnomed_desktop practice run

test: setup
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2 -q

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy tests/benchmarks
	$(BIN)/mypy -p tests.compare -p tests.screens

# After changing words in the source: update the translators' files, join them, say what is missing.
catalogs: setup
	$(BIN)/python .ci/catalogs.py extract
	$(BIN)/python .ci/catalogs.py compile
	$(BIN)/python .ci/catalogs.py check

# The long versions: a thousand kills, long lives of stores and offices. Hours on a small machine.
soak: setup
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -m soak -q --timeout=0

# Every page in three languages, at 100, 150 and 200 %, light, dark and in high contrast; what is wrong is listed.
screens: setup
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.screens build/screens

# Ratios measured side by side (minutes); the tables go to standard output.
bench: setup
	$(BIN)/python tests/benchmarks/run_all.py

# Head to head with KeePassXC, Recoll, WeasyPrint, Typst, LibreOffice; what is not installed is named.
compare: setup
	$(BIN)/python -m tests.compare

# Packages for computers without a network, made from the commit: into dist/.
installer: system
	@$(PYTHON) build_installer.py --target linux-tar --target linux-deb --target portable

# As root, with a Debian mirror: the packages installed, used, upgraded and removed on a bare Debian 12, updated from
# a file, and run from sticks with exFAT and FAT32. The older package is made of OLDER once, with a lower number.
OLDER ?= d3e0521
installer-check: $(READY)
	@test -d build/older || $(PYTHON) build_installer.py --target linux-deb --quick --commit $(OLDER) --as-version 0.0.9 \
		--out build/older
	@.ci/installer/check-linux dist
	@.ci/installer/check-upgrade dist build/older
	@.ci/installer/check-stick dist
	@.ci/installer/check-fat32 dist

# As root: the Windows installer in dist (see README) under Wine, which is not Windows.
installer-check-wine:
	@.ci/installer/check-wine dist

# The packages made twice in surroundings that differ, and compared byte by byte.
installer-twice: system
	@$(PYTHON) .ci/installer/twice.py

# Broken bytes for every parser of exchange files; RUNS inputs for each.
RUNS ?= 1000000
fuzz: setup
	$(BIN)/python -m tests.exchange.fuzz_reader --runs $(RUNS)
	@$(BIN)/python -c 'import atheris' 2>/dev/null \
		&& $(BIN)/python -m tests.exchange.fuzz_reader --atheris --runs $(RUNS) \
		|| echo "Guided by what inputs reach: not run, for want of atheris (pip install atheris, Python 3.11)."

ci:
	@.ci/run
