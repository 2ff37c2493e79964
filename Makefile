# The two commands of the README: `make demo` and `make test`. Both install what is missing first.
.PHONY: setup demo test conformance bench install sanitize tidy clean

SECRETWATCH := build/release/src/secretwatch

# Debian packages that the build and the tests need.
PACKAGES := g++ cmake ninja-build pkg-config libyaml-cpp-dev nlohmann-json3-dev libcli11-dev libfmt-dev \
  libsimdjson-dev libre2-dev libxxhash-dev libgtest-dev libgmock-dev yamllint shellcheck

setup:
	@missing=""; for package in $(PACKAGES); do \
	  dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  as_root=""; [ "$$(id -u)" = 0 ] || as_root=sudo; \
	  echo "installing:$$missing"; \
	  $$as_root apt-get update -qq && $$as_root env DEBIAN_FRONTEND=noninteractive \
	    apt-get install -y -qq --no-install-recommends $$missing; \
	fi

$(SECRETWATCH): setup
	@mkdir -p build
	@cmake --preset release >build/release-configure.log 2>&1 || { cat build/release-configure.log; exit 1; }
	@cmake --build --preset release

test: setup
	@mkdir -p build
	cmake --preset dev
	cmake --build --preset dev
	ctest --preset dev

# Other people's tools over what secretwatch emits; tests/conformance/README.md. Node is not of Debian: theirs is old.
CONFORMANCE := tests/conformance
NODE_IS_FINE = command -v npm >/dev/null && node -e 'process.exit(+(parseInt(process.versions.node) < 20))' 2>/dev/null

$(CONFORMANCE)/node_modules/.package-lock.json: $(CONFORMANCE)/package-lock.json
	@if $(NODE_IS_FINE); then cd $(CONFORMANCE) && npm ci --ignore-scripts --no-progress; fi

conformance: $(SECRETWATCH) $(CONFORMANCE)/node_modules/.package-lock.json
	@if $(NODE_IS_FINE); then \
	  node $(CONFORMANCE)/run.mjs --secretwatch $(SECRETWATCH) $(CONFORMANCE_OPTIONS); \
	else \
	  echo "conformance: not run: it needs Node.js 20 or newer, and npm"; \
	  [ -z "$$CI" ]; \
	fi

clean:
	rm -rf build
