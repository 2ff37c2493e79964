#pragma once
/// Lint options: the command line of `lint` as plain data.
#include <string>
#include <string_view>
#include <vector>

#include "cli/io.h"

namespace secretwatch::cli {

inline constexpr std::string_view lint_formats[] = {"text", "compact", "json", "sarif", "junit", "github"};

struct LintOptions {
  std::vector<std::string> paths{};
  std::vector<std::string> parameters{};  // K=V, or a file
  /// `--var K=V` and `--var-file FILE`, in the order of the command line.
  struct Variable {
    bool is_file = false;
    std::string text;
  };
  std::vector<Variable> variables{};
  std::string region{};
  std::string account{};
  std::string format = "text";
  std::vector<std::string> outputs{};  // FORMAT=FILE
  std::vector<std::string> select{};
  std::vector<std::string> ignore{};
  bool all = false;
  std::string fail_on{};  // error | warning | note; empty: warning
  std::string baseline{};
  std::string write_baseline{};
  bool show_suppressed = false;
  bool fix = false;      // mend what can be mended for certain
  bool dry_run = false;  // with fix: print what would change, write nothing
  std::size_t jobs = 0;  // 0: as many as the machine has processors
  std::string today{};   // YYYY-MM-DD; empty: the system's date
};
Exit lint(const LintOptions& options, Io io);

struct RulesOptions {
  std::string format = "text";  // text | json | markdown
};
Exit rules(const RulesOptions& options, Io io);

/// Explains a rule by id or name.
Exit explain(const std::string& word, Io io);

}  // namespace secretwatch::cli
