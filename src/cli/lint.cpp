#include <algorithm>
#include <ostream>
#include <thread>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/judge.h"
#include "cli/lint_options.h"
#include "report/report.h"

namespace secretwatch::cli {
namespace {

std::string count(std::size_t amount, std::string_view thing) {
  return fmt::format("{} {}{}", amount, thing, amount == 1 ? "" : "s");
}

Severity severity_of(std::string_view name) {
  if (name == "error") return Severity::error;
  return name == "note" ? Severity::note : Severity::warning;
}

/// One run, from paths to an answer.
class Run {
 public:
  Run(const LintOptions& options, Io& io) : options_(options), io_(io) {}

  Exit run() {
    for (const auto* const words : {&options_.select, &options_.ignore})
      for (const std::string& word : *words)
        if (!lint::names_a_rule(word)) return unknown_rule(word);
    inputs_ = read_inputs(options_.paths, io_);
    judge_inputs();
    print();
    summarise();
    return answer();
  }

 private:
  Exit unknown_rule(const std::string& word) {
    io_.err << fmt::format("secretwatch: unknown rule '{}'\n", word);
    if (const std::string meant = lint::nearest_rule(word); !meant.empty())
      io_.err << fmt::format("  note: did you mean '{}'?\n", meant);
    return Exit::trouble;
  }

  void judge_inputs() {
    const JudgeOptions judging{
        .lint = {.selection = {options_.select, options_.ignore, options_.all}, .most_worlds = chain::most_worlds},
        .region = options_.region,
        .account = options_.account};
    const std::size_t jobs = options_.jobs > 0 ? options_.jobs : std::thread::hardware_concurrency();
    for (const Diagnostic& diagnostic : inputs_.unreadable.all()) findings_.push_back(finding_of(diagnostic));
    is_broken_ = inputs_.unreadable.has_errors();
    subject_.files = 0;
    subject_.skipped = inputs_.skipped;
    const std::vector<Judged> all = judge_all(inputs_, judging, jobs);
    for (std::size_t i = 0; i < all.size(); ++i) {
      is_broken_ = is_broken_ || all[i].is_broken;
      subject_.files += all[i].is_judged ? 1 : 0;
      subject_.skipped += all[i].is_judged || all[i].is_broken ? 0 : 1;
      if (all[i].is_judged) subject_.names.push_back(inputs_.sources.name(inputs_.all[i].file));
      findings_.insert(findings_.end(), all[i].findings.begin(), all[i].findings.end());
    }
    lint::sort(findings_);
  }

  std::string in_format(std::string_view format) const {
    const report::Entries entries = report::entries(findings_);
    if (format == "compact") return report::compact(entries, inputs_.sources);
    if (format == "json") return report::json(entries, inputs_.sources, subject_);
    if (format == "sarif") return report::sarif(entries, inputs_.sources, subject_);
    if (format == "junit") return report::junit(entries, inputs_.sources, subject_);
    if (format == "github") return report::github(entries, inputs_.sources);
    return report::text(entries, inputs_.sources, {.colour = io_.out_colour, .most = most_});
  }

  void print() { io_.out << in_format(options_.format); }

  void summarise() {
    std::string files = count(subject_.files, "file");
    if (subject_.skipped > 0) files += fmt::format(", {} skipped", subject_.skipped);
    io_.err << files << "\n";
  }

  Exit answer() const {
    if (is_broken_) return Exit::trouble;
    const Severity fail_on = severity_of(options_.fail_on);
    const bool fails = std::any_of(findings_.begin(), findings_.end(), [&](const lint::Finding& finding) {
      return !finding.suppressed && finding.severity >= fail_on;
    });
    return fails ? Exit::no : Exit::yes;
  }

  const LintOptions& options_;
  Io& io_;
  Inputs inputs_;
  std::vector<lint::Finding> findings_;
  report::Subject subject_{.version = std::string(version()), .rules = lint::all_rules()};
  bool is_broken_ = false;
  std::size_t most_ = 100;
};

}  // namespace

Exit lint(const LintOptions& options, Io io) {
  return Run(options, io).run();
}

}  // namespace secretwatch::cli
