# Two commands are all there is to know: make run, make test. Both set up what they need on the first time.

# The first of these that is Python 3.11 or newer; or your own: make run PYTHON=/path/to/python
PYTHON = python3 python3.14 python3.13 python3.12 python3.11

# Passed on to clipdesk or pytest: make test ARGS="-k labels"
ARGS =

define find_python
@for python in $(PYTHON) ""; do \
	[ -z "$$python" ] || "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
done; \
if [ -z "$$python" ]; then \
	echo "ClipDesk needs Python 3.11 or newer. On Debian or Ubuntu: sudo apt-get install python3 python3-venv" >&2; \
	exit 1; \
fi; \
exec "$$python"
endef

set_up = $(find_python) packaging/setup_env.py

.DEFAULT_GOAL := help
.PHONY: help run test lint bench package translations clean clean-all

help:
	@echo "make run        open ClipDesk on its sample pictures"
	@echo "make test       run all tests"
	@echo "make lint       check format, style, types and who imports whom"
	@echo "make bench      measure how fast it is"
	@echo "make translations  read the texts of the window anew, and print those that are not translated"
	@echo "make package    build the app in dist/, for computers without Python, and test it (half an hour)"
	@echo "make clean      remove what the commands above left behind, but .venv"
	@echo "make clean-all  remove .venv too; the next command sets it up afresh"

run:
	$(set_up) run $(ARGS)

test:
	$(set_up) test $(ARGS)

lint:
	$(set_up) lint

bench:
	$(set_up) bench $(ARGS)

translations:
	$(set_up) translations $(ARGS)

package:
	$(find_python) packaging/build.py --package

clean:
	rm -rf build dist run-output .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

clean-all: clean
	rm -rf .venv
