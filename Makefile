# The two commands of the README: `make demo` and `make test`. Both install what is missing first.
.PHONY: setup demo test conformance bench install sanitize tidy fuzz clean release

SECRETWATCH := build/release/src/secretwatch
PREFIX ?= /usr/local

# Debian packages that building and testing need.
PACKAGES := g++ cmake ninja-build pkg-config libyaml-cpp-dev nlohmann-json3-dev libcli11-dev libfmt-dev \
  libmimalloc-dev libsimdjson-dev libre2-dev libxxhash-dev libdeflate-dev zlib1g-dev libgtest-dev libgmock-dev
CONFORMANCE_PACKAGES := yamllint shellcheck
BENCH_PACKAGES := libbenchmark-dev time jq
CLANG_PACKAGES := clang-14 clang-tidy-14 libclang-rt-14-dev

# Installs the packages in $(1) that are not there; does not call apt when nothing is missing.
define install-missing
	@missing=""; for package in $(1); do \
	  dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  as_root=""; [ "$$(id -u)" = 0 ] || as_root=sudo; \
	  echo "installing:$$missing"; \
	  $$as_root apt-get update -qq && $$as_root env DEBIAN_FRONTEND=noninteractive \
	    apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi
endef

setup:
	$(call install-missing,$(PACKAGES))

release: setup
	@mkdir -p build
	@cmake --preset release >build/release-configure.log 2>&1 || { cat build/release-configure.log; exit 1; }
	@cmake --build --preset release

demo: release
	@sh examples/demo.sh $(SECRETWATCH)

test: setup
	cmake --preset dev
	cmake --build --preset dev
	ctest --preset dev

# Other people's tools over what secretwatch emits: tests/conformance/README.md. Node.js is not taken from Debian, whose
# version is too old for them.
CONFORMANCE := tests/conformance
NODE_IS_FINE = command -v npm >/dev/null && node -e 'process.exit(+(parseInt(process.versions.node) < 20))' 2>/dev/null

$(CONFORMANCE)/node_modules/.package-lock.json: $(CONFORMANCE)/package-lock.json
	@if $(NODE_IS_FINE); then cd $(CONFORMANCE) && npm ci --ignore-scripts --no-progress; fi

conformance: release $(CONFORMANCE)/node_modules/.package-lock.json
	$(call install-missing,$(CONFORMANCE_PACKAGES))
	@if $(NODE_IS_FINE); then \
	  node $(CONFORMANCE)/run.mjs --secretwatch $(SECRETWATCH) $(CONFORMANCE_OPTIONS); \
	else \
	  echo "conformance: not run: it needs Node.js 20 or newer, and npm"; \
	  [ -z "$$CI" ]; \
	fi

bench: setup
	$(call install-missing,$(BENCH_PACKAGES))
	@cmake --preset bench >/dev/null
	@cmake --build --preset bench
	@sh tests/bench/run.sh build/bench
	@sh tests/bench/match.sh build/bench
	@sh tests/bench/lint.sh build/bench

install: release
	cmake --install build/release --prefix $(PREFIX)

sanitize: setup
	cmake --preset asan
	cmake --build --preset asan
	ctest --preset asan

tidy: setup
	$(call install-missing,$(CLANG_PACKAGES))
	cmake --preset tidy
	cmake --build --preset tidy

fuzz: setup
	$(call install-missing,$(CLANG_PACKAGES))
	cmake --preset fuzz
	cmake --build --preset fuzz
	@sh tests/fuzz/run.sh build/fuzz $(SECONDS)

clean:
	rm -rf build
