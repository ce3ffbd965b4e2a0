# `make` prints what can be made. Needs GNU make, bash, Python 3.11 and, where no Pulumi is installed and none can be
# downloaded, Go.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

PYTHON ?= python3
EXAMPLE ?= quickstart-python
# `examples/quickstart-yaml`, `quickstart-yaml` or `yaml`.
NAMED := $(firstword $(wildcard $(addsuffix /Pulumi.yaml,$(EXAMPLE) examples/$(EXAMPLE) examples/quickstart-$(EXAMPLE))))
override EXAMPLE := $(or $(NAMED:/Pulumi.yaml=),$(EXAMPLE))
STACK = dev
# Which secret `make rotate` replaces: the first that the example declares, unless told otherwise.
SECRET =
READY := .venv/.complete

# A token is taken from `make rotate TOKEN=...` only, never from an environment that happens to have one.
ifneq ($(origin TOKEN),command line)
unexport TOKEN
endif

# Some machines forbid Python to keep what it compiled: every program, plugin and test would be compiled at every start.
unexport PYTHONDONTWRITEBYTECODE

# Puts the engine and the environment first on PATH for the rest of a recipe.
define ENGINE
engine="$$($(PYTHON) tools/toolchain)"
export PATH="$$engine:$$PWD/.venv/bin:$$PATH"
endef

# A demonstration on this machine only: stacks live in .pulumi-local and their passphrase is no secret.
define LOCAL
$(ENGINE)
export PULUMI_BACKEND_URL="file://$$PWD/.pulumi-local"
export PULUMI_HOME="$$PWD/.pulumi-local/home"
export PULUMI_PYTHON_CMD="$$PWD/.venv/bin/python"
export PULUMI_CONFIG_PASSPHRASE="$${PULUMI_CONFIG_PASSPHRASE-quickstart}"
export PULUMI_SKIP_UPDATE_CHECK=true PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION=true
export PULUMI_IGNORE_AMBIENT_PLUGINS=true
mkdir -p "$$PULUMI_HOME"
endef

define DEMONSTRATION
[ -f "$(EXAMPLE)/Pulumi.yaml" ] || { echo "there is no example $(EXAMPLE): $(EXAMPLES)" >&2; exit 1; }
$(LOCAL)
cd "$(EXAMPLE)"
pulumi stack select --create --non-interactive "$(STACK)" >/dev/null
export PULUMI_STACK="$(STACK)"
made_up() { python -c 'import secrets; print("made-up-" + secrets.token_hex(16), end="")'; }
set_secret() { pulumi config set --secret --non-interactive "$$1"; }
secrets="$$(python -c '$(DECLARED)')"
endef

# The names of the secrets that Pulumi.yaml declares.
define DECLARED
import yaml; config = yaml.safe_load(open("Pulumi.yaml"))["config"]; \
print(*(name for name, about in config.items() if isinstance(about, dict) and about.get("secret")))
endef

# Makes up each secret that has no value, so that a second `make up` changes nothing.
define SECRETS_ONCE
for name in $$secrets; do
  pulumi config get --non-interactive "$$name" >/dev/null 2>&1 || made_up | set_secret "$$name"
done
endef

EXAMPLES := $(notdir $(patsubst %/Pulumi.yaml,%,$(wildcard examples/*/Pulumi.yaml)))
# As it is written for a command line, with nothing that goes without saying.
SAID := $(if $(filter examples/quickstart-python,$(EXAMPLE)),, EXAMPLE=$(notdir $(EXAMPLE)))$(if $(filter dev,$(STACK)),, STACK=$(STACK))

define NEXT
echo "What to do next:"
echo "  make shell$(SAID)    # a shell in $(EXAMPLE), where pulumi and managed-agents know this stack"
! grep -qs "managed-agents:emulator" Pulumi.yaml || echo "  make page$(SAID)     # the address of a page that shows what is on the emulator"
[ -z "$$secrets" ] || echo "  make rotate$(SAID)   # another token: watch what it does to what runs"
echo "  make destroy$(SAID)"
endef

# The language that the example's program needs an SDK for, if any.
TYPESCRIPT := $(wildcard $(EXAMPLE)/package.json)
GO := $(wildcard $(EXAMPLE)/go.mod)
PYTHON_SDK := $(shell grep -ls sdks/python "$(EXAMPLE)/requirements.txt")
LANGUAGE := $(if $(TYPESCRIPT),nodejs,$(if $(GO),go,$(if $(PYTHON_SDK),python)))
RUNNABLE := $(READY) .pulumi-local/.plugin $(if $(LANGUAGE),.pulumi-local/.installed-$(notdir $(EXAMPLE)))

.PHONY: help
help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' Makefile

.PHONY: up
up: $(RUNNABLE) ## Quick start: preview and create what EXAMPLE declares, on the emulator
	@$(DEMONSTRATION)
	$(SECRETS_ONCE)
	pulumi up --yes --non-interactive
	{ $(NEXT); } >&2

.PHONY: shell
shell: $(RUNNABLE) ## A shell in the folder of EXAMPLE, where the next commands of its README work
	@$(DEMONSTRATION)
	echo "pulumi and managed-agents know the stack $(STACK) of $(EXAMPLE); \`exit\` leads back." >&2
	"$${SHELL:-bash}"

.PHONY: page
page: $(RUNNABLE) ## Serve a page that shows what `make up` made, and what was asked
	@$(DEMONSTRATION)
	managed-agents emulator "$$(pulumi config get --non-interactive managed-agents:emulator)"

.PHONY: preview
preview: $(RUNNABLE) ## Show what `make up` would change
	@$(DEMONSTRATION)
	$(SECRETS_ONCE)
	pulumi preview --diff --non-interactive

.PHONY: rotate
rotate: $(RUNNABLE) ## Replace the repository token (or SECRET=NAME) by a fresh made-up one (or TOKEN=...) and update
	@$(DEMONSTRATION)
	secret="$(or $(SECRET),$${secrets%% *})"
	[ -n "$$secret" ] || { echo "$(EXAMPLE)/Pulumi.yaml declares no secret" >&2; exit 1; }
	if [ -n "$${TOKEN-}" ]; then printf %s "$$TOKEN"; else made_up; fi | set_secret "$$secret"
	pulumi up --yes --diff --non-interactive

.PHONY: destroy
destroy: $(RUNNABLE) ## Remove everything the quick start created
	@$(DEMONSTRATION)
	pulumi destroy --yes --non-interactive

.PHONY: toolchain
toolchain: ## Find, install or build a Pulumi engine and print its folder
	@$(PYTHON) tools/toolchain

# Without a browser the tests of the emulator's page fail and say what to install; all others run.
.PHONY: test
test: $(READY) ## Run the tests; arguments for pytest in ARGS
	@$(ENGINE)
	browser="$$($(PYTHON) tools/browser || true)"
	export PATH="$$PATH$${browser:+:$$browser}"
	python -m pytest -n 3 $(ARGS)

.PHONY: test-all
test-all: ## As `make test`, with the twins of tests that it leaves out
	@$(MAKE) test ARGS='-m "nightly or not nightly" $(ARGS)'

# A tenth of them, and another tenth tomorrow.
SLICE = $(shell expr $$(date -u +%s) / 86400 % 10)/10

.PHONY: test-slice
test-slice: ## Run a slice of what only `make test-all` runs: today's, or SLICE=3/10
	@echo "the slice is SLICE=$(SLICE)"
	$(MAKE) test ARGS='-m nightly --slice $(SLICE) $(ARGS)'

.PHONY: mutants
mutants: $(READY) ## Put 64 small faults into the core, one at a time: which do the tests find? (ARGS="--seed 2 --only 3,5")
	@$(ENGINE)
	python tools/mutants $(ARGS)

.PHONY: torture
torture: $(READY) ## 40,000 seeded operations with faults: does the world fit the program? (ARGS="--seed 2 --minutes 5")
	@export PATH="$$PWD/.venv/bin:$$PATH"
	PYTHONPATH=tests python -m torture $(ARGS)

.PHONY: torture-kill
torture-kill: $(READY) ## Kill engine, provider and language host at every request: about two hours (ARGS="--kind Agent")
	@$(ENGINE)
	PYTHONPATH=tests python -m torture.killing $(ARGS)

# The credential is the SDK's own matter: ANTHROPIC_API_KEY and what else it reads, QODER_ACCESS_TOKEN.
.PHONY: verify
verify: $(READY) ## What does the server at URL otherwise than the emulator? (PLATFORM=qoder, WORK=1, CLEAN=1, ARGS=--cost)
	@[ -n "$(URL)" ] || { echo "say which server: make verify URL=https://api.anthropic.com" >&2; exit 2; }
	export PATH="$$PWD/.venv/bin:$$PATH"
	PYTHONPATH=tests python -m verify "$(URL)" --report build/verify $(if $(PLATFORM),--platform "$(PLATFORM)") \
	  $(if $(WORK),--work) $(if $(CLEAN),--clean "$(CLEAN)") $(ARGS)

.PHONY: benchmark
benchmark: $(READY) ## Print one table of ratios against bare code (ARGS="--json start stacks")
	@$(ENGINE)
	python -m benchmarks $(ARGS)

.PHONY: pictures
pictures: $(READY) ## Make the pictures of the page in docs/images anew, with a real browser
	@browser="$$($(PYTHON) tools/browser)"
	export PATH="$$PWD/.venv/bin:$$PATH:$$browser"
	python tools/pictures

.PHONY: benchmark-peer
benchmark-peer: ## Against a Terraform provider, where there is one: docs/performance.md says what it needs
	@$(MAKE) benchmark ARGS='peer $(ARGS)'

.PHONY: lint
lint: $(READY) sdks/.python ## Check style, types, layers and that generated files are current
	@export PATH="$$PWD/.venv/bin:$$PATH" PYRIGHT_PYTHON_IGNORE_WARNINGS=1
	set -x
	ruff check .
	ruff format --check .
	mypy
	mypy --strict tools/browser/__main__.py
	mypy --strict tools/axe/__main__.py
	mypy --strict tools/toolchain
	mypy --strict tools/distribution
	mypy --strict tools/mutants
	PYTHONPATH=sdks/python pyright --pythonpath .venv/bin/python examples
	lint-imports
	python -m pulumi_managed_agents.generate --check

.PHONY: generate
generate: $(READY) ## Write the generated files anew
	@.venv/bin/python -m pulumi_managed_agents.generate

.PHONY: plugin
plugin: .pulumi-local/.plugin ## Install the plugin, as it is in this checkout, for the examples

.PHONY: sdks
sdks: sdks/.nodejs sdks/.go sdks/.python ## Generate the SDKs for TypeScript, Go and Python into sdks/

.PHONY: dist
dist: $(READY) ## Build the wheel and the plugin's archive into dist/ (PLATFORMS=all for every platform)
	@.venv/bin/python tools/distribution release $(if $(PLATFORMS),--platforms "$(PLATFORMS)")

.PHONY: requirements
requirements: ## Choose and pin all requirements anew (needs uv; ARGS=--upgrade for newer ones)
	@export PATH="$$PWD/.venv/bin:$$PATH"
	command -v uv >/dev/null || { echo "uv is not installed: see https://docs.astral.sh/uv/" >&2; exit 1; }
	compile() { uv pip compile --quiet --generate-hashes --no-header --python-version 3.11 pyproject.toml "$$@"; }
	compile --group dev --output-file requirements/dev.txt $(ARGS)
	# What users run is what was tested: the versions are those of dev.txt.
	compile --universal --constraint requirements/dev.txt --output-file requirements/runtime.txt
	compile --universal --constraint requirements/dev.txt --output-file requirements/plugin.txt \
	  --excludes requirements/not-in-plugin.txt
	uv pip compile --quiet --generate-hashes --no-header --python-version 3.11 requirements/docs.in \
	  --output-file requirements/docs.txt $(ARGS)

.PHONY: docs
docs: build/docs-env/.complete ## Build the documentation site into build/site (ARGS=--serve to look at it on loopback)
	@export PATH="$$PWD/build/docs-env/bin:$$PATH"
	if [ "$(ARGS)" = --serve ]; then exec mkdocs serve --dev-addr 127.0.0.1:8000; fi
	NO_MKDOCS_2_WARNING=1 mkdocs build
	echo build/site/index.html

# The site's tools are none of the tests': they have an environment of their own.
build/docs-env/.complete: requirements/docs.txt
	@rm -rf build/docs-env
	$(PYTHON) -m venv build/docs-env
	build/docs-env/bin/python -m pip --quiet --disable-pip-version-check install --require-hashes -r requirements/docs.txt
	touch $@

.PHONY: clean
clean: ## Remove the environment, caches and the local demonstration; the engine stays in the user's cache
	@rm -rf .venv .pulumi-local .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist sdks
	rm -rf examples/*/node_modules examples/*/.venv
	find . -path ./.git -prune -o \( -name __pycache__ -o -name '*.emulator' -o -name '*.emulator-*' \
	  -o -name 'Pulumi.$(STACK).yaml' \) -prune -exec rm -rf {} +

# The stamp is written last and removed first: an environment without it is half made, and made anew.
$(READY): pyproject.toml requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=...")'
	if [ -e $@ ] && .venv/bin/python -m pip --version >/dev/null 2>&1; then
	  echo "updating .venv" >&2
	else
	  echo "making .venv" >&2
	  $(PYTHON) -m venv --clear .venv
	fi
	rm -f $@
	echo "installing the pinned requirements into .venv (about a minute the first time)" >&2
	pip() { .venv/bin/python -m pip --quiet --disable-pip-version-check "$$@"; }
	pip install --require-hashes -r requirements/dev.txt
	pip install --no-deps --no-build-isolation -e .
	touch $@

# The engine starts the command of this environment, which runs the checkout: edits take effect without a new install.
.pulumi-local/.plugin: $(READY) pulumi_managed_agents/version.py
	@$(LOCAL)
	version="$$(python -c 'from pulumi_managed_agents.version import __version__; print(__version__)')"
	executable="$$PWD/.venv/bin/pulumi-resource-managed-agents"
	pulumi plugin install resource managed-agents "$$version" --reinstall --file "$$executable"
	touch $@

sdks/.%: schema.json tools/distribution/sdks.py | $(READY)
	@$(LOCAL)
	echo "generating the SDK for $*" >&2
	python tools/distribution sdks $* >/dev/null
	touch $@

# npm keeps a copy of the SDK as long as its version stays.
.pulumi-local/.installed-%: sdks/.$(LANGUAGE) $(TYPESCRIPT) $(GO) $(PYTHON_SDK) | .pulumi-local/.plugin
	@$(LOCAL)
	echo "installing what $* needs" >&2
	rm -rf "$(EXAMPLE)/node_modules/pulumi-managed-agents-sdk"
	(cd "$(EXAMPLE)" && pulumi install --non-interactive >&2)
	touch $@
