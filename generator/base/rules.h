/* rules.h: every rule that docsgen knows, one row each: constant, name, default severity, meaning.
 * In: nothing. Out: the list DIAG_RULES, expanded by diag.h and diag.c.
 * The long explanations with a bad and a good example stand in site-src/docsgen/rules.md, which the
 * program carries. */
#ifndef BASE_RULES_H
#define BASE_RULES_H

#define DIAG_RULES(X)                                                                              \
    X(LINK_PAGE, "link/page", ERROR, "a link names a page that does not exist")                    \
    X(LINK_ANCHOR, "link/anchor", ERROR, "a link names a heading that does not exist")             \
    X(LINK_ASSET, "link/asset", ERROR, "a link or image names a file that does not exist")         \
    X(LINK_OUTSIDE, "link/outside", ERROR, "a link leaves the project")                            \
    X(LINK_CASE, "link/case", ERROR,                                                               \
      "a link differs from the file's name in upper and lower case")                               \
    X(LINK_DRAFT, "link/draft", ERROR, "a link names a draft, which is not published")             \
    X(LINK_ABSOLUTE, "link/absolute", WARNING, "a link begins with a slash")                       \
    X(LINK_REFERENCE, "link/reference", ERROR, "a reference or footnote has no definition")        \
    X(LINK_UNUSED_REFERENCE, "link/unused-reference", NOTE, "a link definition is never used")     \
    X(LINK_SCHEME, "link/scheme", ERROR, "a link uses a scheme that is not allowed")               \
    X(LINK_REDIRECT, "link/redirect", WARNING, "a redirect leads nowhere, or is never taken")      \
    X(NAV_MISSING, "nav/missing", ERROR, "the navigation names a page that does not exist")        \
    X(NAV_ORPHAN, "nav/orphan", WARNING, "a page is in no navigation entry")                       \
    X(NAV_DUPLICATE, "nav/duplicate", WARNING, "the navigation names a page twice")                \
    X(PAGE_TITLE, "page/title", WARNING, "a page has no title")                                    \
    X(PAGE_DESCRIPTION, "page/description", NOTE, "a page has no description")                     \
    X(PAGE_HEADING_SKIP, "page/heading-skip", WARNING, "a heading level is left out")              \
    X(PAGE_DUPLICATE_ANCHOR, "page/duplicate-anchor", WARNING,                                     \
      "two headings of a page are the same")                                                       \
    X(PAGE_DUPLICATE_URL, "page/duplicate-url", ERROR,                                             \
      "two sources make the same file of the site")                                                \
    X(PAGE_ALT, "page/alt", WARNING, "an image has no alternative text")                           \
    X(PAGE_RAW_HTML, "page/raw-html", WARNING, "HTML in a page is shown as text, or not whole")    \
    X(PAGE_FRONT_MATTER, "page/front-matter", ERROR, "the front matter is wrong")                  \
    X(PAGE_UNKNOWN_KEY, "page/unknown-key", NOTE, "the front matter has a key of another tool")    \
    X(PAGE_INCLUDE, "page/include", ERROR, "a file cannot be included")                            \
    X(PAGE_VALUE, "page/value", ERROR, "a value of a data file cannot be shown")                   \
    X(PAGE_PICTURE, "page/picture", NOTE, "a drawing cannot stand in the page as it is")           \
    X(PAGE_CARD, "page/card", WARNING, "the picture for link previews cannot be drawn")            \
    X(PAGE_ENCODING, "page/encoding", ERROR, "a page is not UTF-8")                                \
    X(PAGE_LIMIT, "page/limit", ERROR, "a page is larger than docsgen accepts")                    \
    X(PAGE_MARKUP, "page/markup", ERROR, "the written HTML is not well formed")                    \
    X(DIAGRAM_SYNTAX, "diagram/syntax", ERROR, "a diagram is not valid Mermaid")                   \
    X(DIAGRAM_UNSUPPORTED, "diagram/unsupported", WARNING, "docsgen cannot draw this yet")         \
    X(DIAGRAM_LOST_TEXT, "diagram/lost-text", WARNING,                                             \
      "Mermaid accepts this and drops it silently")                                                \
    X(DIAGRAM_UNKNOWN_NODE, "diagram/unknown-node", WARNING,                                       \
      "a class, style or click names no node")                                                     \
    X(DIAGRAM_DISCONNECTED, "diagram/disconnected", NOTE, "a node has no connection")              \
    X(DIAGRAM_EMPTY_GROUP, "diagram/empty-group", NOTE, "a group has no nodes")                    \
    X(DIAGRAM_TOO_WIDE, "diagram/too-wide", NOTE, "a diagram is too wide to read on a page")       \
    X(DIAGRAM_STYLE, "diagram/style", NOTE, "a style or theme setting is not used")                \
    X(DIAGRAM_UNTITLED, "diagram/untitled", NOTE, "a diagram has no title")                        \
    X(DIAGRAM_LINK, "diagram/link", ERROR, "a node links to something that does not exist")        \
    X(DIAGRAM_LIMIT, "diagram/limit", ERROR, "a diagram is larger than docsgen accepts")           \
    X(MODEL_RULE, "model/rule", ERROR, "a rule of a diagram does not hold or cannot be read")      \
    X(MODEL_UNKNOWN, "model/unknown", ERROR, "a rule names what the diagram does not have")        \
    X(MODEL_NAME, "model/name", WARNING, "one id has two names")                                   \
    X(MODEL_PORT, "model/port", WARNING, "a diagram shows a port that the card does not list")     \
    X(MODEL_UNUSED, "model/unused", NOTE, "a card is shown in no diagram")                         \
    X(MODEL_BUDGET, "model/budget", ERROR, "the cards' sum is over its budget")                    \
    X(DATA_SYNTAX, "data/syntax", ERROR, "a data file cannot be read")                             \
    X(DATA_SCHEMA, "data/schema", ERROR, "a data file has a wrong or missing key")                 \
    X(DATA_UNIT, "data/unit", ERROR, "a quantity or amount cannot be read")                        \
    X(COST_TOTAL, "cost/total", ERROR, "a typed total differs from the computed one")              \
    X(COST_UNIT, "cost/unit", ERROR, "an amount or quantity is of another sort than its file")     \
    X(COST_BUDGET, "cost/budget", ERROR, "a cost total is over its budget")                        \
    X(COST_UNKNOWN_PRICE, "cost/unknown-price", NOTE, "an item has no price")                      \
    X(ROADMAP_NO_DASHBOARD, "roadmap/no-dashboard", NOTE, "a tracker has no table of PRs")         \
    X(ROADMAP_HISTORY, "roadmap/history", NOTE, "the past of the trackers is not known")           \
    X(ROADMAP_DONE_COUNT, "roadmap/done-count", ERROR,                                             \
      "the declared number of finished PRs is wrong")                                              \
    X(ROADMAP_TOTAL_COUNT, "roadmap/total-count", ERROR, "the declared number of PRs is wrong")    \
    X(ROADMAP_FRACTIONAL, "roadmap/fractional", NOTE, "a part of a PR is counted as finished")     \
    X(ROADMAP_PERCENT, "roadmap/percent", ERROR, "the declared percentage is wrong")               \
    X(ROADMAP_BAR, "roadmap/bar", WARNING, "the progress bar does not fit its percentage")         \
    X(ROADMAP_NEXT_DONE, "roadmap/next-done", ERROR, "the next PR is finished already")            \
    X(ROADMAP_NEXT_UNKNOWN, "roadmap/next-unknown", ERROR, "the next PR is not in the table")      \
    X(ROADMAP_NEXT_BLOCKED, "roadmap/next-blocked", WARNING, "the next PR waits for an open one")  \
    X(ROADMAP_NEXT_SKIPS, "roadmap/next-skips", NOTE, "the next PR is not the first open one")     \
    X(ROADMAP_NEXT_MISSING, "roadmap/next-missing", WARNING,                                       \
      "PRs are open, but none is named as the next")                                               \
    X(ROADMAP_CURRENT_STALE, "roadmap/current-stale", NOTE, "the current PR is finished already")  \
    X(ROADMAP_COMPLETION_CELL, "roadmap/completion-cell", WARNING,                                 \
      "a PR's completion does not fit its status")                                                 \
    X(ROADMAP_COMPLETE_UNCHECKED, "roadmap/complete-unchecked", WARNING,                           \
      "a complete PR has open items")                                                              \
    X(ROADMAP_OPEN_CHECKED, "roadmap/open-checked", NOTE,                                          \
      "a PR that is not started has finished items")                                               \
    X(ROADMAP_ROW_WITHOUT_SECTION, "roadmap/row-without-section", NOTE,                            \
      "a PR has no section, though others have one")                                               \
    X(ROADMAP_SECTION_WITHOUT_ROW, "roadmap/section-without-row", WARNING,                         \
      "a PR has a section, but no row")                                                            \
    X(ROADMAP_SECTION_STATUS, "roadmap/section-status", ERROR,                                     \
      "a section contradicts the status in its row")                                               \
    X(ROADMAP_DUPLICATE, "roadmap/duplicate", ERROR, "a PR has two rows or two sections")          \
    X(ROADMAP_TITLE_DRIFT, "roadmap/title-drift", NOTE,                                            \
      "a PR is called differently in two places")                                                  \
    X(ROADMAP_COMMIT_MISSING, "roadmap/commit-missing", WARNING, "a complete PR names no commit")  \
    X(ROADMAP_STATUS_SPELLING, "roadmap/status-spelling", WARNING,                                 \
      "a status is spelled in an unusual way")                                                     \
    X(ROADMAP_DEFINITION_OF_DONE, "roadmap/definition-of-done", WARNING,                           \
      "all PRs are complete, but not the definition of done")                                      \
    X(ROADMAP_PROSE_COUNT, "roadmap/prose-count", WARNING,                                         \
      "the text speaks of another number of PRs")                                                  \
    X(ROADMAP_STALE_PROSE, "roadmap/stale-prose", NOTE, "the text describes an earlier state")     \
    X(ROADMAP_DIRECTORY, "roadmap/directory", WARNING,                                             \
      "the folder's name contradicts the progress")                                                \
    X(ROADMAP_PATH, "roadmap/path", NOTE, "the documents are said to be in another folder")        \
    X(ROADMAP_ABSOLUTE_PATH, "roadmap/absolute-path", WARNING,                                     \
      "a path exists on one machine only")                                                         \
    X(ROADMAP_PLACEHOLDER, "roadmap/placeholder", ERROR,                                           \
      "a placeholder is left from the template")                                                   \
    X(ROADMAP_FENCE, "roadmap/fence", ERROR, "a code block hides a part of the document")          \
    X(ROADMAP_NESTED_FENCE, "roadmap/nested-fence", WARNING,                                       \
      "a code block stands inside a code block")                                                   \
    X(ROADMAP_CHECKBOX, "roadmap/checkbox", NOTE, "an item is neither open nor done")              \
    X(ROADMAP_ORDER, "roadmap/order", NOTE, "the rows are not in order")                           \
    X(ROADMAP_DATE, "roadmap/date", OFF, "a date is typed by hand")                                \
    X(ROADMAP_DEPENDENCY, "roadmap/dependency", ERROR, "a dependency names no PR")                 \
    X(ROADMAP_DEPENDENCY_OPEN, "roadmap/dependency-open", ERROR,                                   \
      "a PR is complete before one that it depends on")                                            \
    X(ROADMAP_CYCLE, "roadmap/cycle", ERROR, "PRs depend on each other in a circle")               \
    X(ROADMAP_DURATION, "roadmap/duration", WARNING,                                               \
      "a stated length contradicts the PRs' durations")                                            \
    X(ROADMAP_RENUMBERED, "roadmap/renumbered", ERROR, "PRs have other ids in the plan")           \
    X(ROADMAP_PLAN_SET, "roadmap/plan-set", ERROR,                                                 \
      "a PR is only in the tracker, or only in the plan")                                          \
    X(ROADMAP_PLAN_TITLE, "roadmap/plan-title", ERROR,                                             \
      "one id means different work in tracker and plan")                                           \
    X(ROADMAP_PLAN_STATUS, "roadmap/plan-status", ERROR,                                           \
      "tracker and plan disagree about what is complete")                                          \
    X(ROADMAP_PLAN_PROGRESS, "roadmap/plan-progress", ERROR,                                       \
      "tracker and plan state different percentages")                                              \
    X(ROADMAP_PLAN_NEXT, "roadmap/plan-next", ERROR, "tracker and plan name different next PRs")   \
    X(ROADMAP_PLAN_LISTS, "roadmap/plan-lists", NOTE, "a complete PR is listed as remaining")      \
    X(ROADMAP_PLAN_FIELDS, "roadmap/plan-fields", WARNING,                                         \
      "tracker and plan describe a PR differently")                                                \
    X(ROADMAP_OVERVIEW, "roadmap/overview", ERROR,                                                 \
      "ROADMAP.md contradicts the trackers or itself")                                             \
    X(TEMPLATE_SYNTAX, "template/syntax", ERROR, "a template is not well formed")                  \
    X(THEME_CONTRAST, "theme/contrast", WARNING, "text in these colours is hard to read")          \
    X(THEME_TONE, "theme/tone", NOTE, "a colour is used in another tone, to be readable")          \
    X(SETTINGS, "settings/invalid", ERROR, "docsgen.yml is wrong")                                 \
    X(CHECK_UNUSED_IGNORE, "check/unused-ignore", WARNING, "a comment ignores what is not there")  \
    X(CHECK_UNKNOWN_RULE, "check/unknown-rule", ERROR,                                             \
      "a setting or comment names a rule that does not exist")

#endif
