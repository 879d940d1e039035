# make run    start the app on http://localhost:8501 (PORT=8600 for another port)
# make test   everything that must be true: style, types, tests, journeys in a real browser
# make bench  measure how fast it is and write docs/benchmarks.md; ten minutes on a quiet machine
#             (ONLY="browser load" for some parts, SOAK_MINUTES=30 for people coming and going)
# make clean  remove what the others made
#
# The first run downloads some hundred MB. On Linux the default torch brings CUDA along; without
# an NVIDIA GPU the CPU build is enough and much smaller:
#   make run TORCH_INDEX=https://download.pytorch.org/whl/cpu

PORT ?= 8501
TORCH_INDEX ?=
WORKERS ?= 2
ONLY ?=
SOAK_MINUTES ?=
LOAD_SECONDS ?=

PY := .venv/bin/python
PIP_INSTALL := $(PY) -m pip install --disable-pip-version-check \
	$(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX))

.PHONY: run test bench clean

run: .venv/run.stamp
	$(PY) -m streamlit run app.py --server.port $(PORT)

test: .venv/test.stamp
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m tests.browser.chromium
	$(PY) -m tests.nginx
	$(PY) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

bench: .venv/test.stamp
	$(PY) -m tests.browser.chromium
	SOAK_MINUTES=$(SOAK_MINUTES) LOAD_SECONDS=$(LOAD_SECONDS) $(PY) -m bench $(ONLY)

clean:
	rm -rf .venv .screenshots .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps make a second run start at once, and a changed requirement install itself.
.venv/run.stamp: requirements.txt
	@# A python3.11 that is on the PATH need not work (version managers), so each is tried.
	@for python in python3.11 python3; do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			found=$$python; break; \
		fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Python 3.11 or newer is needed. On Debian: apt install python3.11 python3.11-venv" >&2; \
		exit 1; \
	fi; \
	if ! $$found -c 'import ensurepip, venv' 2>/dev/null; then \
		version=$$($$found -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
		echo "$$found has no venv module. On Debian: apt install python$$version-venv" >&2; \
		exit 1; \
	fi; \
	$(PY) -m pip --version >/dev/null 2>&1 || $$found -m venv --clear .venv
	$(PIP_INSTALL) -r requirements.txt
	@touch $@

.venv/test.stamp: requirements-dev.txt .venv/run.stamp
	$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@
