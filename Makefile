# docsgen: `make help` lists the targets. No configure step; CC CFLAGS LDFLAGS PREFIX DESTDIR are respected.

CC       ?= cc
CFLAGS   ?= -O2 -g
PREFIX   ?= /usr/local
BUILD    ?= .build
DEV      ?=
VERSION  := 0.1.0

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wundef -Wvla -Wstrict-prototypes \
	-Wmissing-prototypes -Wold-style-definition -Wwrite-strings -Wcast-qual -Wpointer-arith -Wformat=2 \
	-Wdouble-promotion -Wimplicit-fallthrough -Wredundant-decls $(if $(DEV),-Werror)
PACKAGES := yaml-0.1 harfbuzz harfbuzz-subset libxml-2.0 librsvg-2.0 cairo fontconfig zlib libmicrohttpd
# cmark-gfm's extensions come without a pkg-config file. Library headers are system headers: their warnings are not ours.
LIB_FLAGS = $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PACKAGES)))
LIBS      = $(shell pkg-config --libs $(PACKAGES)) -lcmark-gfm-extensions -lcmark-gfm -lpthread -lm
ALL_CFLAGS = -std=c17 -D_POSIX_C_SOURCE=200809L $(WARNINGS) -Igenerator $(LIB_FLAGS) $(CFLAGS)

HEADERS := $(shell find generator -name '*.h')
SOURCES := $(filter-out generator/cli/main.c,$(shell find generator -name '*.c'))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/gen/assets.o $(BUILD)/gen/version.o
TESTS   := $(patsubst %.c,$(BUILD)/%,$(shell find tests -name '*_test.c'))
FONTS   := inter-400 inter-400i inter-600 mono-400
ASSETS  := $(wildcard generator/theme/* generator/init/*) generator/serve/live.js $(FONTS:%=$(BUILD)/fonts/%.otf) \
	$(FONTS:%=$(BUILD)/fonts/%.woff2) \
	$(wildcard site-src/docsgen/rules.md)

.PHONY: all deps site test agreement bench bench-links bench-pages bench-search bench-serve flame layout-figures golden golden-view asan races cold fuzz fuzz-afl coverage tested valgrind repro layers headers tidy format format-check ready serve install deb clean help FORCE
.DELETE_ON_ERROR:

all: $(BUILD)/docsgen ## build the program: .build/docsgen

# One short line per file; `make V=1` shows the commands.
Q := $(if $(V),,@)

$(BUILD)/docsgen: $(BUILD)/generator/cli/main.o $(BUILD)/libdocsgen.a
	@echo "link $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/libdocsgen.a: $(OBJECTS)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo "cc $<"
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/gen/%.o: $(BUILD)/gen/%.c
	$(Q)$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/gen/assets.c: scripts/embed.sh scripts/shrink.awk $(ASSETS)
	@mkdir -p $(@D)
	$(Q)scripts/embed.sh $(ASSETS) > $@

# Asked each time, and by several at a time (tests that install and pack); written only when it is another commit or version.
$(BUILD)/gen/version.c: FORCE
	@mkdir -p $(@D)
	@new=$@.$$$$ && scripts/version.sh $(VERSION) > $$new && if cmp -s $$new $@; then rm $$new; else mv $$new $@; fi

# The fonts are cut to Latin, punctuation, arrows and box drawing; the same cut is measured, shipped and drawn.
$(BUILD)/fonts/%.otf: scripts/font.sh
	@mkdir -p $(@D)
	@echo "font $@"
	$(Q)scripts/font.sh $* $@

$(BUILD)/fonts/%.woff2: $(BUILD)/fonts/%.otf
	$(Q)woff2_compress $< > /dev/null 2>&1

$(BUILD)/tests/%: tests/%.c $(BUILD)/libdocsgen.a
	@mkdir -p $(@D)
	@echo "test $<"
	$(Q)$(CC) $(ALL_CFLAGS) -Itests $(LDFLAGS) -MMD -MP -o $@ $< $(BUILD)/libdocsgen.a $(LIBS) -lcmocka

deps: ## install the missing Debian packages
	@scripts/deps.sh

# All processors, unless the caller says how many.
ALL_JOBS = $(if $(findstring j,$(MAKEFLAGS)),,-j$(shell nproc 2> /dev/null || echo 1))

site: deps ## build the program and this repository's own site
	@$(MAKE) --no-print-directory $(ALL_JOBS) all
	$(BUILD)/docsgen build
	@echo "open output/index.html in a browser"

test: deps ## run every test
	@scripts/deps.sh test
	@$(MAKE) --no-print-directory $(BUILD)/docsgen $(TESTS)
	tests/run.sh $(BUILD)

asan: ## every test under the address and undefined behaviour sanitizers
	@$(MAKE) --no-print-directory BUILD=.build/asan \
	  CFLAGS='-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer' DEV=$(DEV) test

races: ## look for data races with the thread sanitizer; ALL=1 in every test, ONLY="..." in these
	@$(MAKE) --no-print-directory BUILD=.build/tsan CFLAGS='-O1 -g -fsanitize=thread -DSPILL_ROOM=32' DEV=$(DEV) $(if $(ALL)$(ONLY),tested,all)
	ALL=$(ALL) scripts/races.sh .build/tsan $(ONLY)

$(BUILD)/cold/docsgen: generator/base/spill.c $(BUILD)/generator/cli/main.o $(BUILD)/libdocsgen.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -DSPILL_UNIT=4096 -DSPILL_KEPT=1 $(LDFLAGS) -o $@ $^ $(LIBS)

COLD_TESTS := tests/sites/sites.test.sh tests/cli/shard.test.sh tests/cli/incremental.test.sh
cold: $(BUILD)/cold/docsgen ## sites with memory that is settled every 4 KiB: whoever writes to it later crashes
	@for test in $(COLD_TESTS); do DOCSGEN="$(abspath $<)" INCREMENTAL=$(or $(INCREMENTAL),6) bash $$test > $(BUILD)/cold/said || \
	  { grep -A 9 '^not ok' $(BUILD)/cold/said; exit 1; }; done
	@echo "settled memory stays as it is in $(words $(COLD_TESTS)) tests"

# What was reached is written when a run ends, which the sandbox would not let it do.
coverage: deps ## lines that the tests reach: .build/coverage/report/index.html; fails below 90 %
	@scripts/deps.sh test
	@$(MAKE) --no-print-directory BUILD=.build/coverage CFLAGS='-O0 -g --coverage -fprofile-update=atomic' tested
	-find .build/coverage -name '*.gcda' -delete
	-DOCSGEN_SANDBOX=off tests/run.sh .build/coverage
	@mkdir -p .build/coverage/report
	gcovr --gcov-ignore-parse-errors --root . --filter generator/ --object-directory .build/coverage --print-summary --fail-under-line 90 \
	  --html-details .build/coverage/report/index.html .build/coverage > .build/coverage/report/files.txt
	@grep -E '^(lines|functions|branches)' .build/coverage/report/files.txt

tested: $(BUILD)/docsgen $(TESTS)

valgrind: ## the tests (or those in ONLY) under valgrind, the program in shell tests as well: no bad access, nothing lost
	@$(MAKE) --no-print-directory BUILD=.build/valgrind CFLAGS='-O1 -g -DSPILL_ROOM=32' tested
	scripts/valgrind.sh .build/valgrind $(ONLY)

repro: all ## build the site three times and compare the bytes
	scripts/repro.sh $(BUILD)/docsgen .

golden: all ## rewrite expected output and list what changed
	-GOLDEN=1 $(MAKE) --no-print-directory test
	git status --short tests

golden-view: ## show changed pictures before and after
	scripts/golden-view.sh

agreement: ## agreement with Mermaid by kind and origin, over CORPUS (../shared/corpus/mermaid)
	@$(MAKE) --no-print-directory $(BUILD)/tests/unit/diagram/syntax/agreement_test
	@$(BUILD)/tests/unit/diagram/syntax/agreement_test $(or $(CORPUS),../shared/corpus/mermaid)

FIGURES := $(addprefix $(BUILD)/tests/unit/roadmap/,corpus_test edit_corpus_test)
roadmap-figures: $(FIGURES) ## trackers read, keys met, edits, findings and time, over DOCSGEN_CORPUS (../shared/corpus)
	@for test in $(FIGURES); do $$test 2>&1 | sed -n 's/^# //p'; done

BENCH := $(BUILD)/tests/bench
$(BUILD)/bench/diagrams: $(BENCH)/diagrams.o $(BENCH)/graphs.o
$(BUILD)/bench/corpus: $(BENCH)/corpus.o
$(BUILD)/bench/index: $(BENCH)/index.o
$(BUILD)/bench/%: $(BENCH)/memory.o $(BUILD)/libdocsgen.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -Wl,--wrap=malloc,--wrap=free -o $@ $(filter-out %.a,$^) $(BUILD)/libdocsgen.a $(LIBS)

$(BENCH)/%.o: ALL_CFLAGS += -Itests

$(BUILD)/bench/gen $(BUILD)/bench/floor: $(BUILD)/bench/%: tests/bench/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c17 -D_XOPEN_SOURCE=700 $(CFLAGS) $(LDFLAGS) -o $@ $< -lcmark-gfm-extensions -lcmark-gfm

bench-pages: all $(BUILD)/bench/gen $(BUILD)/bench/floor ## time sites of PAGES ("1000 10000") pages beside the floor and Hugo
	@PAGES="$(PAGES)" tests/bench/pages.sh $(BUILD)

flame: all $(BUILD)/bench/gen ## where the time of building PAGES (10000) pages goes, as a picture: .build/bench/flame-PAGES.svg; needs perf
	@tests/bench/flame.sh $(BUILD) $(or $(PAGES),10000)

bench-links: all $(BUILD)/bench/gen $(BUILD)/bench/floor ## what checkers of links find of 100 planted errors in PAGES (200) pages, and their time; PEERS=DIR has more
	@PAGES="$(PAGES)" PEERS="$(PEERS)" tests/bench/links.sh $(BUILD)

bench: all $(BUILD)/bench/diagrams $(BUILD)/bench/corpus ## time and weigh diagrams, beside libgvc and what PEERS=DIR has
	@CC="$(CC)" PEERS="$(PEERS)" CORPUS="$(CORPUS)" tests/bench/run.sh $(BUILD)
	@$(MAKE) --no-print-directory bench-pages
	@$(MAKE) --no-print-directory bench-links

bench-serve: all ## how long a page waits for each kind of edit of this site, from save to reload
	@node tests/bench/serve.mjs $(BUILD)/docsgen .

layout-figures: all ## crossings, bends, widths, defects of the diagrams in CORPUS=DIR, beside Mermaid's; LIST=1 names the worse
	@corpus="$(or $(CORPUS),../shared/corpus/mermaid)"; command -v node > /dev/null || { echo 'skipped: node is missing'; exit 0; }; \
	[ -d "$$corpus" ] || { echo "skipped: there is no folder $$corpus"; exit 0; }; \
	node tests/bench/layouts.mjs $(BUILD)/docsgen "$$corpus" $(LIST)

SEARCH := $(BUILD)/bench/search
bench-search: $(BUILD)/bench/index ## what a search fetches from a site of PAGES (10000) pages, and what its index costs
	@rm -rf $(SEARCH) && mkdir -p $(SEARCH)
	@node tests/bench/zipf.mjs $(or $(PAGES),10000) $(SEARCH)/pages
	@$(BUILD)/bench/index $(SEARCH)/pages $(SEARCH)/site
	@node tests/bench/search.mjs $(SEARCH)/site

fuzz: ## run the fuzz entry points (or those in FUZZ) for FUZZ_SECONDS (60) under the sanitizers
	@scripts/deps.sh fuzz
	@$(MAKE) --no-print-directory CC=clang BUILD=.build/fuzz \
	  CFLAGS='-O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all' .build/fuzz/libdocsgen.a
	scripts/fuzz.sh $(or $(FUZZ_SECONDS),60) $(FUZZ)

fuzz-afl: ## the same by AFL++, for markdown and diagram (or FUZZ) and FUZZ_SECONDS (60) each; needs afl++
	scripts/fuzz-afl.sh $(or $(FUZZ_SECONDS),60) $(FUZZ)

serve: deps ## build the program and show this repository's own site while it is written
	@$(MAKE) --no-print-directory $(ALL_JOBS) all
	$(BUILD)/docsgen serve

layers: ## fail on an include that generator/LAYERS does not allow
	scripts/layers.sh

headers: ## compile each header alone
	@for header in $(HEADERS); do $(CC) $(ALL_CFLAGS) -Werror -fsyntax-only -x c -include base/ban.h $$header || exit 1; done

tidy: ## clang-tidy over every file
	clang-tidy --quiet $(SOURCES) generator/cli/main.c -- $(ALL_CFLAGS) 2> /dev/null

format: ## lay out the code
	clang-format -i $(HEADERS) $(SOURCES) generator/cli/main.c $(shell find tests -name '*.c' -o -name '*.h')

format-check: ## fail where `make format` would change something
	clang-format --dry-run --Werror $(HEADERS) $(SOURCES) generator/cli/main.c $(shell find tests -name '*.c' -o -name '*.h')

ready: format-check layers headers tidy test asan ## everything to run before a commit

SHARE = $(DESTDIR)$(PREFIX)/share
install: all ## install below $(DESTDIR)$(PREFIX)
	install -D -m 755 $(BUILD)/docsgen $(DESTDIR)$(PREFIX)/bin/docsgen
	install -d $(SHARE)/man/man1 $(SHARE)/bash-completion/completions $(SHARE)/zsh/site-functions $(SHARE)/fish/vendor_completions.d \
	  $(SHARE)/docsgen
	install -m 644 site-src/docsgen/schema/*.json $(SHARE)/docsgen
	$(BUILD)/docsgen completions man > $(SHARE)/man/man1/docsgen.1
	$(BUILD)/docsgen completions bash > $(SHARE)/bash-completion/completions/docsgen
	$(BUILD)/docsgen completions zsh > $(SHARE)/zsh/site-functions/_docsgen
	$(BUILD)/docsgen completions fish > $(SHARE)/fish/vendor_completions.d/docsgen.fish

deb: all ## pack it for Debian: .build/docsgen_VERSION_ARCH.deb
	@scripts/deb.sh $(BUILD)

clean: ## remove what make made
	rm -rf .build output

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

-include $(OBJECTS:.o=.d) $(TESTS:%=%.d) $(wildcard $(BENCH)/*.d) $(BUILD)/generator/cli/main.d
