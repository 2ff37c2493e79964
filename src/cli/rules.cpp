#include <ostream>

#include <fmt/format.h>

#include "cli/lint_options.h"
#include "lint/lint.h"
#include "report/report.h"

namespace secretwatch::cli {

Exit rules(const RulesOptions& options, Io io) {
  const auto all = lint::all_rules();
  if (options.format == "json") {
    io.out << report::rules_json(all);
  } else if (options.format == "markdown") {
    io.out << report::rules_page(all);
  } else {
    io.out << report::rules_text(all);
  }
  return Exit::yes;
}

Exit explain(const std::string& word, Io io) {
  if (const lint::Rule* const rule = lint::find_rule(word)) {
    io.out << report::explanation(*rule);
    return Exit::yes;
  }
  io.err << fmt::format("secretwatch: unknown rule '{}'\n", word);
  if (const std::string meant = lint::nearest_rule(word); !meant.empty())
    io.err << fmt::format("  note: did you mean '{}'?\n", meant);
  return Exit::trouble;
}

}  // namespace secretwatch::cli
