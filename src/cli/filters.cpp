#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/spec_file.h"

namespace secretwatch::cli {
namespace {

using Json = nlohmann::ordered_json;

/// One word to a POSIX shell, whatever it holds.
std::string shell_quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string as_json(const plan::Plan& plan) {
  Json filters = Json::array();
  for (const plan::PlannedFilter& filter : plan.filters) {
    Json printed = Json::object();
    printed["alert"] = filter.alert;
    printed["secret"] = filter.secret.empty() ? Json(nullptr) : Json(filter.secret);
    printed["part"] = filter.part.empty() ? Json(nullptr) : Json(filter.part);
    printed["name"] = filter.name;
    printed["log_group"] = plan.log_group;
    printed["pattern"] = filter.pattern;
    printed["namespace"] = plan.metric_namespace;
    printed["metric"] = filter.metric;
    printed["events"] = filter.events;
    filters.push_back(std::move(printed));
  }
  Json document = Json::object();
  document["version"] = 1;
  document["filters"] = std::move(filters);
  return document.dump(2) + "\n";
}

std::string as_commands(const plan::Plan& plan, bool zero_fill) {
  std::string out;
  for (const plan::PlannedFilter& filter : plan.filters) {
    const std::string transformation = fmt::format("metricName={},metricNamespace={},metricValue=1{}", filter.metric,
                                                   plan.metric_namespace, zero_fill ? ",defaultValue=0" : "");
    out += fmt::format(
        "aws logs put-metric-filter \\\n  --log-group-name {} \\\n  --filter-name {} \\\n  --filter-pattern {} "
        "\\\n  --metric-transformations {}\n",
        shell_quoted(plan.log_group), shell_quoted(filter.name), shell_quoted(filter.pattern),
        shell_quoted(transformation));
  }
  return out;
}

std::string as_text(const plan::Plan& plan) {
  std::string out;
  for (const plan::PlannedFilter& filter : plan.filters) {
    if (!out.empty()) out += "\n";
    out += fmt::format("{}\n  alert {}, {}: {}\n  {}\n", filter.name, filter.alert,
                       filter.secret.empty() ? "calls that name no secret" : "secret " + filter.secret,
                       fmt::join(filter.events, ", "), filter.pattern);
  }
  return out;
}

}  // namespace

Exit filters(const FiltersOptions& options, Io io) {
  SpecFile file = load_spec(options.spec, io);
  print_diagnostics(file, io);
  if (!file.plan) return Exit::trouble;
  if (options.format == "json") {
    io.out << as_json(*file.plan);
  } else if (options.format == "cli") {
    io.out << as_commands(*file.plan, file.spec->metrics.zero_fill);
  } else {
    io.out << as_text(*file.plan);
  }
  return Exit::yes;
}

}  // namespace secretwatch::cli
