#include "cli/configuration.h"

#include <algorithm>
#include <filesystem>
#include <ostream>

#include "base/suggest.h"
#include "cli/spec_file.h"
#include "cli/walk.h"
#include "doc/doc.h"
#include "lint/lint.h"
#include "report/report.h"

namespace secretwatch::cli {
namespace {

constexpr const char* file_name = ".secretwatch.yaml";
constexpr std::string_view keys[] = {"select", "ignore",  "all",        "fail-on",  "baseline",
                                     "region", "account", "parameters", "variables"};

/// The nearest one upwards; empty: none.
std::string find_configuration(const std::string& path, Files& files) {
  std::filesystem::path folder = files.absolute(files.is_folder(path) ? path : folder_of(path));
  while (true) {
    std::string candidate = join(folder.string(), file_name);
    if (files.exists(candidate)) return candidate;
    if (!folder.has_parent_path() || folder == folder.parent_path()) return {};
    folder = folder.parent_path();
  }
}

/// Relative, when it lies below the folder that we are in.
std::string as_shown(const std::string& path, Files& files) {
  const std::string here = join(files.absolute("."), "");
  return path.starts_with(here) ? path.substr(here.size()) : path;
}

class Reader {
 public:
  Reader(LintOptions& options, std::string folder, Diagnostics& out)
      : options_(options), folder_(std::move(folder)), out_(out) {}

  void read(const doc::Node& root) {
    if (root.kind == doc::Kind::null) return;
    if (root.kind != doc::Kind::mapping) return fault(root.span, "the configuration is no mapping");
    const bool has_words = !options_.select.empty() || !options_.ignore.empty();
    for (const doc::Entry& entry : root.entries) {
      const std::string& key = entry.key.text;
      if (key == "select" || key == "ignore") {
        read_rules(entry.value, has_words ? unused_ : key == "select" ? options_.select : options_.ignore);
      } else if (key == "all") {
        read_all(entry.value);
      } else if (key == "fail-on") {
        read_severity(entry.value);
      } else if (key == "parameters") {
        read_parameters(entry.value);
      } else if (key == "variables") {
        read_variables(entry.value);
      } else if (key == "baseline" || key == "region" || key == "account") {
        read_text(key, entry.value);
      } else {
        unknown_key(entry.key);
      }
    }
  }

 private:
  void fault(const Span& span, std::string_view message) { out_.add(codes::bad_configuration, span, "{}", message); }

  void unknown_key(const doc::Node& key) {
    Diagnostic& diagnostic = out_.add(codes::bad_configuration, key.span, "unknown key '{}'", key.text);
    const std::string meant = nearest(key.text, {std::begin(keys), std::end(keys)});
    if (!meant.empty()) diagnostic.note("did you mean '{}'?", meant);
  }

  void read_rules(const doc::Node& value, std::vector<std::string>& words) {
    const auto add = [&](const doc::Node& item) {
      if (item.kind != doc::Kind::scalar || !lint::names_a_rule(item.text)) {
        Diagnostic& diagnostic = out_.add(codes::bad_configuration, item.span, "unknown rule '{}'", item.text);
        const std::string meant = lint::nearest_rule(item.text);
        if (!meant.empty()) diagnostic.note("did you mean '{}'?", meant);
      }
      words.push_back(item.text);
    };
    if (value.kind == doc::Kind::sequence) {
      for (const doc::Node& item : value.items) add(item);
    } else {
      add(value);
    }
  }

  void read_all(const doc::Node& value) {
    if (value.text != "true" && value.text != "false") return fault(value.span, "'all' is neither true nor false");
    options_.all = options_.all || value.text == "true";
  }

  void read_severity(const doc::Node& value) {
    if (value.text != "error" && value.text != "warning" && value.text != "note")
      return fault(value.span, "'fail-on' is none of error, warning, note");
    if (options_.fail_on.empty()) options_.fail_on = value.text;
  }

  void read_text(const std::string& key, const doc::Node& value) {
    if (value.kind != doc::Kind::scalar) return fault(value.span, "a text is expected");
    std::string& option = key == "baseline" ? options_.baseline : key == "region" ? options_.region : options_.account;
    if (!option.empty()) return;
    option = key == "baseline" && !value.text.starts_with("/") ? join(folder_, value.text) : value.text;
  }

  /// NAME=VALUE
  std::vector<std::string> read_values(const doc::Node& value) {
    std::vector<std::string> given;
    if (value.kind != doc::Kind::mapping) fault(value.span, "a mapping of names and texts is expected");
    for (const doc::Entry& entry : value.entries) {
      if (entry.value.kind != doc::Kind::scalar) fault(entry.value.span, "a text is expected");
      given.push_back(entry.key.text + "=" + entry.value.text);
    }
    return given;
  }

  /// Before those of the command line, of which the last counts.
  void read_parameters(const doc::Node& value) {
    const std::vector<std::string> given = read_values(value);
    options_.parameters.insert(options_.parameters.begin(), given.begin(), given.end());
  }
  void read_variables(const doc::Node& value) {
    std::vector<LintOptions::Variable> given;
    for (std::string& text : read_values(value)) given.push_back({false, std::move(text)});
    options_.variables.insert(options_.variables.begin(), given.begin(), given.end());
  }

  LintOptions& options_;
  std::string folder_;
  Diagnostics& out_;
  std::vector<std::string> unused_;
};

}  // namespace

bool configure(LintOptions& options, Io& io) {
  const std::string first = options.paths.empty() || options.paths.front() == "-" ? "." : tidy(options.paths.front());
  const std::string path = as_shown(find_configuration(first, io.files), io.files);
  if (path.empty()) return true;
  const doc::Limits limits;
  FileText text = io.files.read(path, limits.bytes);
  SpecFile file;
  const FileId id = file.sources.add(path, text.text);
  if (!text) {
    file.diagnostics.add(codes::unreadable, {id, 0, 0}, "'{}' cannot be read: {}", path, text.problem);
  } else if (const std::optional<doc::Node> root = doc::read_yaml(file.sources, id, limits, file.diagnostics)) {
    Reader(options, folder_of(path), file.diagnostics).read(*root);
  }
  print_diagnostics(file, io);
  return !file.diagnostics.has_errors();
}

}  // namespace secretwatch::cli
