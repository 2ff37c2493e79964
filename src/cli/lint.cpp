#include <algorithm>
#include <deque>
#include <limits>
#include <map>
#include <ostream>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "base/suggest.h"
#include "cli/baseline_file.h"
#include "cli/commands.h"
#include "cli/configuration.h"
#include "cli/crew.h"
#include "cli/ignores.h"
#include "cli/judge.h"
#include "cli/lint_options.h"
#include "cli/mending.h"
#include "cli/spec_file.h"
#include "cli/walk.h"
#include "load/variables.h"
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

/// `--output sarif=lint.sarif`
struct Output {
  std::string format;
  std::string file;
};

/// One run, from options to an answer. Each step that gives an Exit ends the run with it.
class Run {
 public:
  Run(LintOptions options, Io& io)
      : options_(std::move(options)), mending_(io.files), io_{mending_.files(), io.in,         io.out,  io.err,
                                                              io.colour,        io.out_colour, io.today} {}

  Exit run() {
    if (!configure(options_, io_) || !check_options() || !read_parameters() || !read_baseline()) return Exit::trouble;
    do {
      if (!look()) return Exit::trouble;
    } while (options_.fix && mending_.apply(inputs_.sources, findings_));
    print_warnings();
    if (options_.dry_run) return show_changes();
    if (!write_changes()) return Exit::trouble;
    if (!write_baseline()) return Exit::trouble;
    const Exit found = answer();
    if (!print()) return Exit::trouble;
    summarise();
    return found;
  }

 private:
  // --- options ---

  bool refuse(const std::string& message, const std::string& meant = {}) {
    io_.err << "secretwatch: " << message << "\n";
    if (!meant.empty()) io_.err << fmt::format("  note: did you mean '{}'?\n", meant);
    return false;
  }

  bool check_options() {
    for (const auto* const words : {&options_.select, &options_.ignore})
      for (const std::string& word : *words)
        if (!lint::names_a_rule(word)) return refuse(fmt::format("unknown rule '{}'", word), lint::nearest_rule(word));
    today_ = options_.today.empty() ? io_.today : options_.today;
    if (!lint::is_date(today_)) return refuse(fmt::format("--today: '{}' is no date", today_));
    for (const std::string& given : options_.outputs) {
      const std::size_t equals = std::min(given.find('='), given.size());
      const Output output{given.substr(0, equals), given.substr(std::min(equals + 1, given.size()))};
      const std::vector<std::string_view> formats(std::begin(lint_formats), std::end(lint_formats));
      if (std::find(formats.begin(), formats.end(), output.format) == formats.end())
        return refuse(
            fmt::format("--output: unknown format '{}'; the formats are {}", output.format, fmt::join(formats, ", ")),
            nearest(output.format, formats));
      if (output.file.empty()) return refuse(fmt::format("--output: '{}' names no file", given));
      outputs_.push_back(output);
    }
    if (options_.dry_run && !options_.fix)
      return refuse("--dry-run says what --fix would change, and --fix is not given");
    if (options_.fix && std::find(options_.paths.begin(), options_.paths.end(), "-") != options_.paths.end())
      return refuse("--fix: standard input cannot be changed");
    judging_.lint.selection = {options_.select, options_.ignore, options_.all};
    judging_.region = options_.region;
    judging_.account = options_.account;
    return true;
  }

  bool read_parameters() {
    for (const std::string& given : options_.parameters) {
      if (given.find('=') == std::string::npos || io_.files.exists(given)) {
        if (!read_parameter_file(given)) return false;
      } else if (const std::optional<load::GivenParameter> parameter = load::read_parameter(given)) {
        judging_.parameters.push_back(*parameter);
      } else {
        return refuse(fmt::format("--parameters: '{}' is not written as NAME=VALUE", given));
      }
    }
    return true;
  }

  /// A file of options, whose faults are told in the run's own way.
  template <class Read>
  bool read_option_file(const std::string& path, Read read) {
    FileText text = io_.files.read(path, load::template_limits.bytes);
    if (!text) return refuse(fmt::format("'{}' cannot be read: {}", path, text.problem));
    SpecFile file;
    const FileId id = file.sources.add(path, std::move(text.text));
    read(file.sources, id, file.diagnostics);
    print_diagnostics(file, io_);
    return !file.diagnostics.has_errors();
  }

  bool read_parameter_file(const std::string& path) {
    return read_option_file(path, [&](const Sources& sources, FileId id, Diagnostics& out) {
      const std::optional<doc::Node> root = doc::read(sources, id, load::template_limits, out);
      if (!root) return;
      std::optional<std::vector<load::GivenParameter>> given = load::read_parameters(*root, out);
      if (!given) return;
      for (load::GivenParameter& parameter : *given) {
        parameter.span = {};  // it stands in none of the files that are judged
        judging_.parameters.push_back(std::move(parameter));
      }
    });
  }

  /// Their files are sources among others, since values have places.
  bool read_variables() {
    judging_.variables.environment = io_.terraform_variables;
    judging_.variables.given.clear();
    for (const LintOptions::Variable& given : options_.variables) {
      if (given.is_file) {
        if (!read_variable_file(given.text)) return false;
      } else if (std::optional<std::pair<std::string, std::string>> variable = load::read_variable(given.text)) {
        judging_.variables.given.push_back({std::move(variable->first), std::move(variable->second), nullptr});
      } else {
        return refuse("--var: what is given is not written as NAME=VALUE");
      }
    }
    return true;
  }

  bool read_variable_file(const std::string& path) {
    FileText text = io_.files.read(path, load::template_limits.bytes);
    if (!text) return refuse(fmt::format("'{}' cannot be read: {}", path, text.problem));
    Diagnostics faults;
    const FileId id = inputs_.sources.add(path, std::move(text.text));
    variable_files_.push_back(load::read_variable_file(inputs_.sources, id, faults));
    judging_.variables.given.push_back({{}, {}, &variable_files_.back()});
    io_.err << report::text(report::entries(faults), inputs_.sources, {.colour = io_.colour});
    return !faults.has_errors();
  }

  // --- baseline ---

  bool read_baseline() {
    if (!options_.write_baseline.empty() && io_.files.exists(options_.write_baseline)) {
      const bool is_ours = read_option_file(options_.write_baseline, [](const Sources& s, FileId id, Diagnostics& out) {
        cli::read_baseline(s, id, out);
      });
      if (!is_ours) return refuse(fmt::format("'{}' is not overwritten", options_.write_baseline));
    }
    if (options_.baseline.empty() || !options_.write_baseline.empty()) return true;
    FileText text = io_.files.read(options_.baseline, std::numeric_limits<std::uint32_t>::max() - 1);
    if (!text) return refuse(fmt::format("baseline '{}' cannot be read: {}", options_.baseline, text.problem));
    baseline_text_ = std::move(text.text);
    return true;
  }

  std::set<std::string> judged_names() const { return {subject_.names.begin(), subject_.names.end()}; }

  bool apply_baseline() {
    if (options_.baseline.empty() || !options_.write_baseline.empty()) return true;
    Diagnostics faults;
    const FileId id = inputs_.sources.add(options_.baseline, baseline_text_);
    const std::optional<lint::Baseline> known = cli::read_baseline(inputs_.sources, id, faults);
    if (!known) {
      io_.err << report::text(report::entries(faults), inputs_.sources, {.colour = io_.colour});
      return false;
    }
    lint::apply(*known, inputs_.sources, judged_names(), judging_.lint.selection, findings_);
    return true;
  }

  bool write_baseline() {
    if (options_.write_baseline.empty()) return true;
    const lint::Baseline known = lint::baseline_of(findings_, inputs_.sources);
    const std::string problem = io_.files.write({{options_.write_baseline, print_baseline(known)}});
    if (!problem.empty()) return refuse(problem);
    lint::apply(known, inputs_.sources, judged_names(), judging_.lint.selection, findings_);
    return true;
  }

  // --- fixes ---

  bool write_changes() {
    const std::string problem = mending_.write();
    return problem.empty() || refuse(problem);
  }

  /// What the files would become; the answer is bad when that is something else than they are.
  Exit show_changes() {
    io_.out << mending_.difference();
    const std::size_t files = mending_.changed_files();
    io_.err << (files == 0 ? std::string("nothing to fix\n")
                           : fmt::format("{} would change, with {}\n", count(files, "file"),
                                         fmt::format("{} fix{}", mending_.fixes(), mending_.fixes() == 1 ? "" : "es")));
    const Exit found = answer();
    return found == Exit::yes && files > 0 ? Exit::no : found;
  }

  // --- findings ---

  /// Reads and judges everything there is; with --fix, as it was mended so far.
  bool look() {
    findings_.clear();
    ignores_.clear();
    broken_files_.clear();
    warnings_.clear();
    subject_.names.clear();
    subject_.skipped = 0;
    judged_files_.clear();
    variable_files_.clear();
    inputs_ = read_inputs(options_.paths, io_, crew_);
    if (!read_variables()) return false;
    judge_inputs();
    lint::apply(ignores_, {today_, judging_.lint.selection, broken_files_}, findings_);
    return apply_baseline();
  }

  void judge_inputs() {
    subject_.fail_on = severity_of(options_.fail_on);
    take_unreadable();
    std::vector<Judged> all = judge_all(inputs_, judging_, crew_);
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Input& input = inputs_.all[i];
      if (all[i].is_broken) broken_files_.insert(input.file);
      is_broken_ = is_broken_ || all[i].is_broken;
      if (all[i].is_judged && input.module.empty()) judged_files_.insert(input.file);
      subject_.skipped += all[i].is_judged || all[i].is_broken ? 0 : 1;
      std::move(all[i].findings.begin(), all[i].findings.end(), std::back_inserter(findings_));
      std::move(all[i].ignores.begin(), all[i].ignores.end(), std::back_inserter(ignores_));
    }
    subject_.skipped += inputs_.skipped;
    take_modules();
    subject_.files = judged_files_.size();
    for (const FileId file : judged_files_) subject_.names.push_back(inputs_.sources.name(file));
    for (Judged& judged : all) warnings_.push_back(std::move(judged.warnings));
    lint::sort(findings_);
    keep_each_once();
  }

  void take_unreadable() {
    for (const Diagnostic& diagnostic : inputs_.unreadable.all()) {
      if (diagnostic.code.severity != Severity::error) continue;
      findings_.push_back(finding_of(diagnostic));
      if (!diagnostic.span.is_nowhere()) broken_files_.insert(diagnostic.span.file);
    }
    is_broken_ = inputs_.unreadable.has_errors();
  }

  /// A file of a module is judged as often as the module is called, and counted once.
  void take_modules() {
    std::set<const load::ModuleFolder*> reached;
    for (const std::string& root : inputs_.modules.roots)
      for (const load::ModuleFolder* const folder : inputs_.modules.reach(root)) reached.insert(folder);
    for (const load::ModuleFolder* const folder : reached) {
      const bool is_ours = !inputs_.modules.elsewhere.contains(folder->path);
      for (const load::ModuleFile& file : folder->files) {
        if (file.syntax) judged_files_.insert(file.file);
        // Whether an ignore elsewhere is of use to others is not ours to say.
        if (!is_ours) broken_files_.insert(file.file);
      }
      std::vector<lint::Ignore> ignores = ignores_of(inputs_.sources, inputs_.modules, *folder);
      std::move(ignores.begin(), ignores.end(), std::back_inserter(ignores_));
    }
  }

  /// A module that is called twice says what is wrong with it once, as gravely as it was ever said.
  void keep_each_once() {
    const auto key = [](const lint::Finding& finding) {
      return std::tuple(finding.span.file, finding.span.begin, finding.rule->id, std::string_view(finding.message));
    };
    std::map<std::tuple<FileId, std::uint32_t, std::string_view, std::string_view>, std::size_t> known;
    std::vector<bool> is_gone(findings_.size(), false);
    for (std::size_t i = 0; i < findings_.size(); ++i) {
      const auto [before, is_new] = known.emplace(key(findings_[i]), i);
      if (is_new) continue;
      const bool is_graver = findings_[i].severity > findings_[before->second].severity;
      is_gone[is_graver ? before->second : i] = true;
      if (is_graver) before->second = i;
    }
    std::vector<lint::Finding> kept;
    for (std::size_t i = 0; i < findings_.size(); ++i)
      if (!is_gone[i]) kept.push_back(std::move(findings_[i]));
    findings_ = std::move(kept);
  }

  /// What readers warn of; a parameter that some template does not know only when none knows it.
  void print_warnings() {
    std::map<std::string, std::size_t> without;
    std::set<std::tuple<FileId, std::uint32_t, std::string>> told_before;
    std::size_t modules = 0;
    std::size_t templates = 0;
    for (const Input& input : inputs_.all) {
      modules += input.module.empty() ? 0 : 1;
      templates += input.format == load::Format::cloudformation ? 1 : 0;
    }
    Diagnostics warnings;
    const auto tell = [&](const Diagnostic& warning) {
      if (!told_before.emplace(warning.span.file, warning.span.begin, warning.message).second) return;
      Diagnostic& told = warnings.add(warning.code, warning.span, "{}", warning.message);
      told.notes = warning.notes;
    };
    for (const Diagnostic& warning : inputs_.unreadable.all())
      if (warning.code.severity != Severity::error) tell(warning);
    for (const Diagnostics& of_one : warnings_) {
      for (const Diagnostic& warning : of_one.all()) {
        const bool is_parameter = warning.code.id == load::codes::unknown_parameter.id;
        const bool is_variable = warning.code.id == load::codes::unknown_variable.id;
        const std::size_t takers = is_variable ? modules : templates;
        if ((is_parameter || is_variable) && ++without[warning.message] < takers) continue;
        tell(warning);
      }
    }
    warnings.sort();
    io_.err << report::text(report::entries(warnings), inputs_.sources, {.colour = io_.colour});
  }

  Exit answer() const {
    if (is_broken_) return Exit::trouble;
    const bool fails = std::any_of(findings_.begin(), findings_.end(), [&](const lint::Finding& finding) {
      return !finding.suppressed && finding.severity >= subject_.fail_on;
    });
    return fails ? Exit::no : Exit::yes;
  }

  // --- reports ---

  std::string in_format(std::string_view format, bool colour) const {
    constexpr std::size_t all = std::numeric_limits<std::size_t>::max();
    if (format == "compact") return report::compact(entries_, inputs_.sources);
    if (format == "json") return report::json(entries_, inputs_.sources, subject_);
    if (format == "sarif") return report::sarif(entries_, inputs_.sources, subject_);
    if (format == "junit") return report::junit(entries_, inputs_.sources, subject_);
    if (format == "github") return report::github(entries_, inputs_.sources);
    return report::text(entries_, inputs_.sources, {.colour = colour, .most = all});
  }

  bool print() {
    const std::size_t total = findings_.size();
    if (!options_.show_suppressed)
      std::erase_if(findings_, [](const lint::Finding& finding) { return finding.suppressed.has_value(); });
    subject_.hidden = total - findings_.size();
    entries_ = report::entries(findings_);
    std::vector<emit::OutputFile> files;
    for (const Output& output : outputs_) files.push_back({output.file, in_format(output.format, false)});
    if (const std::string problem = io_.files.write(files); !problem.empty()) return refuse(problem);
    io_.out << in_format(options_.format, io_.out_colour);
    return true;
  }

  /// "3 files, 20 skipped: 1 error, 2 warnings, 1 suppressed"
  void summarise() {
    std::size_t counts[3] = {0, 0, 0};
    std::size_t suppressed = subject_.hidden;
    for (const lint::Finding& finding : findings_)
      finding.suppressed ? ++suppressed : ++counts[static_cast<std::size_t>(finding.severity)];
    std::vector<std::string> found;
    for (const Severity severity : {Severity::error, Severity::warning, Severity::note})
      if (const std::size_t amount = counts[static_cast<std::size_t>(severity)]; amount > 0)
        found.push_back(count(amount, name_of(severity)));
    if (suppressed > 0) found.push_back(fmt::format("{} suppressed", suppressed));
    if (mending_.fixes() > 0) found.push_back(fmt::format("{} fixed", mending_.fixes()));
    std::string files = subject_.files == 0 ? "no templates" : count(subject_.files, "file");
    if (subject_.skipped > 0) files += fmt::format(", {} skipped", subject_.skipped);
    if (inputs_.links > 0) files += fmt::format(", {} not followed", count(inputs_.links, "link"));
    io_.err << fmt::format("{}: {}\n", files, found.empty() ? "nothing found" : fmt::to_string(fmt::join(found, ", ")));
  }

  LintOptions options_;
  Mending mending_;
  Io io_;
  std::string today_;
  std::vector<Output> outputs_;
  Crew crew_{options_.jobs};
  JudgeOptions judging_;
  std::string baseline_text_;
  Inputs inputs_;
  std::vector<lint::Finding> findings_;
  std::vector<lint::Ignore> ignores_;
  std::deque<load::ModuleFile> variable_files_;
  std::set<FileId> judged_files_;
  std::set<FileId> broken_files_;
  std::vector<Diagnostics> warnings_;
  report::Entries entries_;
  report::Subject subject_{.version = std::string(version()), .rules = lint::all_rules()};
  bool is_broken_ = false;
};

}  // namespace

Exit lint(const LintOptions& options, Io io) {
  return Run(options, io).run();
}

}  // namespace secretwatch::cli
