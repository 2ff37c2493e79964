#include "cli/cli.h"

#include <algorithm>
#include <exception>
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/suggest.h"
#include "cli/commands.h"
#include "cli/completion.h"
#include "cli/lint_options.h"
#include "cli/spec_file.h"
#include "emit/emit.h"
#include "lint/lint.h"

namespace secretwatch::cli {
namespace {

std::vector<std::string> target_names() {
  std::vector<std::string> names;
  for (const emit::Emitter& emitter : emit::emitters) names.emplace_back(emitter.name);
  names.emplace_back("all");
  return names;
}

/// The options that take one of some words, so that completion knows them too.
struct Choices {
  const CLI::Option* option;
  std::vector<std::string> values;
};

/// The command line as CLI11 sees it, and the options it fills.
class CommandLine {
 public:
  CommandLine()
      : app_("Compiles a small YAML spec into AWS monitoring that tells when a secret was read.", "secretwatch") {
    app_.require_subcommand(0, 1);
    app_.set_version_flag("--version", std::string("secretwatch ") + std::string(version()));
    app_.add_option("--color", color_, "colour messages: auto, always or never")
        ->check(CLI::IsMember({"auto", "always", "never"}))
        ->type_name("WHEN");
    app_.fallthrough();
    add_init();
    add_validate();
    add_compile();
    add_filters();
    add_match();
    add_lint();
    add_rules();
    add_completion();
    add_version();
  }

  CLI::App& app() { return app_; }

  bool wants_colour(bool terminal) const { return color_ == "always" || (color_ == "auto" && terminal); }

  Exit call(Io io) const {
    if (app_.got_subcommand("init")) return init(init_, io);
    if (app_.got_subcommand("validate")) return validate(validate_, io);
    if (app_.got_subcommand("compile")) return compile(compile_, io);
    if (app_.got_subcommand("filters")) return filters(filters_, io);
    if (app_.got_subcommand("match")) {
      MatchOptions options = match_;
      if (match_pattern_->count() > 0) options.arguments.insert(options.arguments.begin(), match_first_);
      return match(options, io);
    }
    if (app_.got_subcommand("lint")) return lint(lint_, io);
    if (app_.got_subcommand("rules")) return rules(rules_, io);
    if (app_.got_subcommand("explain")) return explain(rule_, io);
    if (app_.got_subcommand("completion")) {
      io.out << completion_script(shell_, shapes());
      return Exit::yes;
    }
    if (app_.got_subcommand("version")) {
      io.out << "secretwatch " << version() << "\n";
      return Exit::yes;
    }
    io.err << app_.help();
    return Exit::trouble;
  }

  std::vector<std::string_view> command_names() const {
    std::vector<std::string_view> names;
    for (const CLI::App* command : app_.get_subcommands({})) names.emplace_back(command->get_name());
    return names;
  }

 private:
  CLI::Option* choose(CLI::Option* option, std::vector<std::string> values) {
    option->check(CLI::IsMember(values));
    choices_.push_back({option, std::move(values)});
    return option;
  }

  static void add_spec(CLI::App* command, std::string& spec) {
    spec = default_spec;
    command->add_option("SPEC", spec, "the spec; '-' is standard input")->type_name("FILE")->capture_default_str();
  }

  void add_init() {
    CLI::App* const command = app_.add_subcommand("init", "write a commented starter spec");
    std::vector<std::string> names;
    for (const std::string_view name : template_names()) names.emplace_back(name);
    CLI::Option* const option =
        command->add_option("--template", init_.template_name, fmt::format("one of {}", fmt::join(names, ", ")))
            ->type_name("NAME")
            ->capture_default_str();
    choices_.push_back({option, names});
    command->add_option("-o,--output", init_.output, "where to write it; '-' is standard output")
        ->type_name("FILE")
        ->capture_default_str();
    command->add_flag("--force", init_.force, "overwrite a file that is there");
  }

  void add_validate() {
    CLI::App* const command = app_.add_subcommand("validate", "report every fault of a spec, write nothing");
    add_spec(command, validate_.spec);
    choose(command->add_option("--format", validate_.format, "text, json, sarif or github"),
           {"text", "json", "sarif", "github"})
        ->type_name("FORMAT")
        ->capture_default_str();
    command->add_flag("--verbose", validate_.verbose, "also say what is documented behaviour rather than a fault");
  }

  void add_compile() {
    CLI::App* const command = app_.add_subcommand("compile", "compile a spec to templates");
    add_spec(command, compile_.spec);
    CLI::Option* const to = command->add_option("--to", compile_.targets,
                                                fmt::format("one or more of {}", fmt::join(target_names(), ", ")));
    to->required()->delimiter(',')->allow_extra_args(false)->type_name("TARGET");
    choices_.push_back({to, target_names()});
    command
        ->add_option("-o,--output", compile_.output, "folder for the files; one target goes to standard output without")
        ->type_name("DIR");
    command->add_flag("--check", compile_.check, "write nothing; exit 1 when the files in DIR differ");
    command->add_flag("--force", compile_.force, "overwrite files that secretwatch did not generate");
  }

  void add_filters() {
    CLI::App* const command = app_.add_subcommand("filters", "print the filter patterns alone");
    add_spec(command, filters_.spec);
    choose(command->add_option("--format", filters_.format, "text, json, or cli for AWS CLI commands"),
           {"text", "json", "cli"})
        ->type_name("FORMAT")
        ->capture_default_str();
  }

  void add_match() {
    CLI::App* const command =
        app_.add_subcommand("match", "print the events that a filter pattern selects, as the console's test does");
    // Two, since CLI11 takes a pattern in brackets apart when it is one of a list.
    match_pattern_ =
        command->add_option("PATTERN", match_first_, "what to select; with --patterns the first file")->type_name("");
    command
        ->add_option("FILE", match_.arguments, "files of events; '-' is standard input, and is read if there is none")
        ->type_name("");
    command->add_option("--patterns", match_.list, "a file of patterns, one a line, instead of PATTERN")
        ->type_name("LIST");
    choose(command->add_option("--format", match_.format, "text or json"), {"text", "json"})
        ->type_name("FORMAT")
        ->capture_default_str();
    command->add_flag("--lines", match_.lines, "every line is a log message, whatever its text");
    command->add_flag("--count", match_.count, "print the number of selected events");
    command->add_flag("--why", match_.why, "print for each event which comparison decided");
    command->add_option("-j,--jobs", match_.threads, "threads; 0 for one a core")
        ->type_name("N")
        ->check(CLI::Range(0, 256));
    command->add_option("--max-ratio", match_.max_ratio, "how many times its size gzip data may hold; 0 for any")
        ->type_name("N")
        ->capture_default_str();
    command->add_option("--max-size", match_.max_size, "how many bytes gzip data may hold; 0 for any")
        ->type_name("BYTES")
        ->capture_default_str();
  }

  void add_lint() {
    CLI::App* const command = app_.add_subcommand("lint", "find what keeps an alarm silent in templates that exist");
    command->add_option("PATH", lint_.paths, "files and folders; '-' is standard input")->required()->type_name("PATH");
    add_lint_inputs(command);
    add_lint_selection(command);
    add_lint_reports(command);
    command->add_flag("--fix", lint_.fix, "mend what can be mended for certain, and report what is left");
    command->add_flag("--dry-run", lint_.dry_run, "with --fix: print what would change, write nothing");
  }

  void add_lint_inputs(CLI::App* command) {
    command->add_option("--parameters", lint_.parameters, "K=V, or a file of parameters; may repeat")
        ->allow_extra_args(false)
        ->type_name("K=V");
    const auto add_variable = [&](const char* name, bool is_file, const char* help, const char* type) {
      command
          ->add_option_function<std::string>(
              name,
              [this, is_file](const std::string& text) {
                lint_.variables.push_back({is_file, text});
              },
              help)
          ->trigger_on_parse()
          ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
          ->type_name(type);
    };
    add_variable("--var", false, "NAME=VALUE of a Terraform variable; may repeat", "K=V");
    add_variable("--var-file", true, "a file of Terraform variables; may repeat", "FILE");
    command->add_option("--region", lint_.region, "where it will be deployed")->type_name("REGION");
    command->add_option("--account", lint_.account, "the account it will be deployed to")->type_name("ID");
    command->add_option("-j,--jobs", lint_.jobs, "how many threads; 0 for one a core")->type_name("N");
    command->add_option("--today", lint_.today, "the date that 'until' is compared with")->type_name("YYYY-MM-DD");
  }

  void add_lint_selection(CLI::App* command) {
    const auto add = [&](const char* name, std::vector<std::string>& words, const char* help) {
      CLI::Option* const option = command->add_option(name, words, help);
      option->delimiter(',')->allow_extra_args(false)->type_name("RULE");
      choices_.push_back({option, rule_words()});
    };
    add("--select", lint_.select, "only these rules: ids, prefixes of ids, or names");
    add("--ignore", lint_.ignore, "not these rules");
    command->add_flag("--all", lint_.all, "also rules that are off");
    choose(command->add_option("--fail-on", lint_.fail_on, "exit 1 from here on: error, warning or note"),
           {"error", "warning", "note"})
        ->type_name("SEVERITY");
    command->add_option("--baseline", lint_.baseline, "what was known before")->type_name("FILE");
    command->add_option("--write-baseline", lint_.write_baseline, "write what is known now")->type_name("FILE");
    command->add_flag("--show-suppressed", lint_.show_suppressed, "also print what is ignored");
  }

  void add_lint_reports(CLI::App* command) {
    const std::vector<std::string> formats(std::begin(lint_formats), std::end(lint_formats));
    choose(command->add_option("--format", lint_.format, "text, compact, json, sarif, junit or github"), formats)
        ->type_name("FORMAT")
        ->capture_default_str();
    command->add_option("--output", lint_.outputs, "also write a report to a file; may repeat")
        ->allow_extra_args(false)
        ->type_name("FORMAT=FILE");
  }

  static std::vector<std::string> rule_words() {
    std::vector<std::string> words;
    for (const lint::Rule* rule : lint::all_rules()) words.emplace_back(rule->id);
    return words;
  }

  void add_rules() {
    CLI::App* const command = app_.add_subcommand("rules", "list the rules of lint");
    choose(command->add_option("--format", rules_.format, "text, json or markdown"), {"text", "json", "markdown"})
        ->type_name("FORMAT")
        ->capture_default_str();
    CLI::App* const explain = app_.add_subcommand("explain", "explain a rule, with an example");
    CLI::Option* const rule = explain->add_option("RULE", rule_, "id or name")->required()->type_name("");
    choices_.push_back({rule, rule_words()});
  }

  void add_completion() {
    CLI::App* const command = app_.add_subcommand("completion", "print a completion script for a shell");
    const std::vector<std::string> names(std::begin(shells), std::end(shells));
    choose(command->add_option("SHELL", shell_, "bash, zsh or fish"), names)->required()->type_name("");
  }

  void add_version() { app_.add_subcommand("version", "print the version"); }

  std::vector<CommandShape> shapes() const {
    std::vector<CommandShape> all;
    for (const CLI::App* command : app_.get_subcommands({})) {
      CommandShape shape{command->get_name(), command->get_description(), {}, {}};
      for (const CLI::Option* option : command->get_options({})) {
        std::vector<std::string> values;
        for (const Choices& known : choices_)
          if (known.option == option) values = known.values;
        if (option->get_positional()) {
          shape.arguments = values;
          continue;
        }
        OptionShape described;
        for (const std::string& name : option->get_lnames()) described.names.push_back("--" + name);
        for (const std::string& name : option->get_snames()) described.names.push_back("-" + name);
        described.help = option->get_description();
        described.takes_value = option->get_type_size() != 0;
        described.takes_list = option->get_delimiter() != '\0';
        described.values = std::move(values);
        shape.options.push_back(std::move(described));
      }
      all.push_back(std::move(shape));
    }
    return all;
  }

  CLI::App app_;
  std::string color_ = "auto";
  InitOptions init_;
  ValidateOptions validate_;
  CompileOptions compile_;
  FiltersOptions filters_;
  MatchOptions match_;
  std::string match_first_;
  const CLI::Option* match_pattern_ = nullptr;
  LintOptions lint_;
  RulesOptions rules_;
  std::string rule_;
  std::string shell_;
  std::vector<Choices> choices_;
};

void suggest(std::string_view word, const std::vector<std::string_view>& known, Io& io) {
  const std::string meant = nearest(word, known);
  if (!meant.empty()) io.err << fmt::format("  note: did you mean '{}'?\n", meant);
}

/// The first word must be a command; CLI11 would only say that it did not expect it.
bool reports_unknown_command(const std::vector<std::string>& arguments, const CommandLine& line, Io& io) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    if (word == "--color") ++i;
    if (word.starts_with("-")) continue;
    const std::vector<std::string_view> names = line.command_names();
    if (std::find(names.begin(), names.end(), word) != names.end()) return false;
    io.err << fmt::format("secretwatch: unknown command '{}'; the commands are {}\n", word, fmt::join(names, ", "));
    suggest(word, names, io);
    return true;
  }
  return false;
}

Exit report_usage(const CLI::ParseError& fault, const std::vector<std::string>& arguments, CommandLine& line, Io& io) {
  std::string message = fault.what();
  if (!message.empty() && message.front() >= 'A' && message.front() <= 'Z')
    message.front() = static_cast<char>(message.front() - 'A' + 'a');
  std::replace(message.begin(), message.end(), '\n', ' ');
  io.err << "secretwatch: " << message << "\n";
  std::vector<std::string> known;
  for (const CLI::App* command : line.app().get_subcommands())
    for (const CLI::Option* option : command->get_options({}))
      for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
  std::vector<std::string_view> names(known.begin(), known.end());
  for (const std::string& word : arguments) {
    const std::string_view name = std::string_view(word).substr(0, word.find('='));
    const bool is_unknown = name.starts_with("--") && std::find(names.begin(), names.end(), name) == names.end();
    if (is_unknown) suggest(name, names, io);
  }
  io.err << "  note: secretwatch --help and secretwatch COMMAND --help say what is understood\n";
  return Exit::trouble;
}

Exit run_unguarded(const std::vector<std::string>& arguments, Io& io, bool colour_terminal) {
  CommandLine line;
  if (reports_unknown_command(arguments, line, io)) return Exit::trouble;
  try {
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
    line.app().parse(reversed);
  } catch (const CLI::CallForHelp&) {
    io.out << line.app().help();
    return Exit::yes;
  } catch (const CLI::CallForVersion&) {
    io.out << "secretwatch " << version() << "\n";
    return Exit::yes;
  } catch (const CLI::ParseError& fault) {
    return report_usage(fault, arguments, line, io);
  }
  io.colour = line.wants_colour(colour_terminal);
  io.out_colour = line.wants_colour(io.out_colour);
  return line.call(io);
}

}  // namespace

std::string_view version() {
  return SECRETWATCH_VERSION;
}

Exit run(const std::vector<std::string>& arguments, Io io, bool colour_terminal) {
  std::string what;
  try {
    const Exit exit = run_unguarded(arguments, io, colour_terminal);
    io.out.flush();
    if (!io.out) {
      io.err << "secretwatch: cannot write to standard output\n";
      return Exit::trouble;
    }
    return exit;
  } catch (const std::exception& fault) {
    what = fault.what();
  } catch (...) {
    what = "unknown exception";
  }
  io.err << "secretwatch: this is a bug in secretwatch (" << version() << "): " << what
         << "\n  note: please report it, with the input that led to it\n";
  return Exit::bug;
}

}  // namespace secretwatch::cli
