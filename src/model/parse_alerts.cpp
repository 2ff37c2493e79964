#include <algorithm>

#include "base/suggest.h"
#include "base/text.h"
#include "model/codes.h"
#include "model/parts.h"
#include "model/reader.h"
#include "model/values.h"

namespace secretwatch::model {
namespace {

using std::chrono::seconds;

constexpr seconds minute{60};
constexpr seconds hour{60 * 60};
constexpr seconds day{24 * 60 * 60};
constexpr seconds least_span{5 *
                             60};  // CloudTrail delivers minutes late; shorter windows are evaluated several at once
constexpr std::uint32_t most_threshold = 1'000'000'000;
constexpr std::uint32_t most_periods = 10'080;  // a week of minutes; PutMetricAlarm bounds the product

/// `read` and `denied` in one alert watch the same event twice: as any call, and as a refused one, which names its
/// secret elsewhere.
void watch(const Event& event, bool refused, Alert& alert) {
  const bool known = std::any_of(alert.watched.begin(), alert.watched.end(), [&](const Watched& watched) {
    return watched.event == &event && watched.refused == refused;
  });
  if (!known) alert.watched.push_back({&event, refused});
}

void watch(const Detection& detection, Alert& alert) {
  alert.detections.push_back(&detection);
  for (const std::string_view name : detection.events) watch(*find_event(name), detection.refused, alert);
}

const Detection* read_detection(const doc::Node& node, Diagnostics& out) {
  std::vector<std::string_view> names;
  for (const Detection& detection : all_detections()) names.push_back(detection.name);
  const std::optional<std::size_t> choice = read_choice(node, names, out);
  if (!choice && node.kind == doc::Kind::scalar && find_event(node.text) != nullptr)
    out.last()->note("to count an event by its name, write {{events: [{}]}}", node.text);
  return choice ? &all_detections()[*choice] : nullptr;
}

void parse_events(const doc::Node& node, Alert& alert, Diagnostics& out) {
  const Fields fields(node, "detect", {"events"}, out);
  const doc::Node* const list = fields.require("events");
  const std::vector<doc::Node>* const items = list == nullptr ? nullptr : read_list(*list, out);
  if (items == nullptr) return;
  std::vector<std::string_view> names;
  for (const Event& event : all_events()) names.push_back(event.name);
  for (const doc::Node& item : *items) {
    const std::optional<std::string> name = read_text(item, out);
    if (!name) continue;
    if (const Event* event = find_event(*name)) {
      watch(*event, false, alert);
      continue;
    }
    Diagnostic& diagnostic =
        out.add(codes::unknown_event, item.span, "there is no Secrets Manager event '{}'", shown(*name));
    if (const std::string meant = nearest(*name, names); !meant.empty()) diagnostic.note("did you mean '{}'?", meant);
  }
}

void parse_detect(const doc::Entry& entry, const doc::Node* node, Alert& alert, Diagnostics& out) {
  if (node == nullptr) {
    if (const Detection* detection = find_detection(alert.name)) {
      watch(*detection, alert);
    } else {
      std::vector<std::string_view> names;
      for (const Detection& known : all_detections()) names.push_back(known.name);
      Diagnostic& diagnostic = out.add(codes::missing_key, entry.key.span,
                                       "alert '{}' has no 'detect', and is not named like a detection", alert.name);
      const std::string meant = nearest(alert.name, names);
      if (!meant.empty()) diagnostic.note("did you mean '{}'?", meant);
      diagnostic.note("the detections are {}", fmt::join(names, ", "));
    }
  } else if (node->kind == doc::Kind::mapping) {
    parse_events(*node, alert, out);
  } else if (node->kind == doc::Kind::sequence) {
    const std::vector<doc::Node>* const items = read_list(*node, out);
    if (items == nullptr) return;
    for (const doc::Node& item : *items)
      if (const Detection* detection = read_detection(item, out)) watch(*detection, alert);
  } else if (const Detection* detection = read_detection(*node, out)) {
    watch(*detection, alert);
  }
  const auto position = [](const Watched& watched) { return watched.event - all_events().data(); };
  std::stable_sort(alert.watched.begin(), alert.watched.end(),
                   [&](const Watched& a, const Watched& b) { return position(a) < position(b); });
}

std::vector<std::string> parse_names(const doc::Node& node, std::string (*problem)(std::string_view),
                                     Diagnostics& out) {
  std::vector<std::string> names;
  const std::vector<doc::Node>* const items = read_list(node, out);
  if (items == nullptr) return names;
  for (const doc::Node& item : *items)
    if (std::optional<std::string> name = read_text(item, problem, out)) names.push_back(std::move(*name));
  return names;
}

Callers parse_callers(const doc::Node& node, std::string_view what, Diagnostics& out) {
  Callers callers;
  callers.span = node.span;
  std::vector<std::string_view> keys{"roles", "users", "services"};
  if (what == "only") keys.emplace_back("root");
  const Fields fields(node, what, keys, out);
  if (!fields.is_mapping()) return callers;
  if (const doc::Node* found = fields.get("roles")) callers.roles = parse_names(*found, problem_with_role, out);
  if (const doc::Node* found = fields.get("users")) callers.users = parse_names(*found, problem_with_user, out);
  if (const doc::Node* found = fields.get("services"))
    callers.services = parse_names(*found, problem_with_service, out);
  if (what == "only") {
    if (const doc::Node* found = fields.get("root")) callers.root = read_boolean(*found, out).value_or(true);
  }
  const bool names_nobody =
      node.entries.empty() || (callers.is_empty() && node.find("root") != nullptr && node.entries.size() == 1);
  if (names_nobody) out.add(codes::empty, node.span, "'{}' names nobody", what);
  return callers;
}

void parse_window(const Fields& fields, Alert& alert, Diagnostics& out) {
  if (const doc::Node* node = fields.get("window")) {
    const std::optional<std::string> text = read_text(*node, out);
    if (!text) return;
    const auto duration = parse_duration(*text);
    if (!duration) {
      out.add(codes::bad_duration, node->span, "'{}' {}", shown(*text), duration.error().message);
    } else if (*duration < minute || *duration > day) {
      out.add(codes::bad_duration, node->span, "a window of '{}' is not between 1m and 1d", shown(*text));
    } else {
      alert.window = *duration;
    }
  }
}

void parse_periods(const Fields& fields, Alert& alert, Diagnostics& out) {
  const std::int64_t window = alert.window.count();
  alert.periods = static_cast<std::uint32_t>(std::max<std::int64_t>(1, (least_span.count() + window - 1) / window));
  const doc::Node* const periods = fields.get("periods");
  if (periods != nullptr) alert.periods = read_integer(*periods, 1, most_periods, out).value_or(alert.periods);
  const doc::Node* const breaching = fields.get("breaching");
  if (breaching != nullptr) alert.breaching = read_integer(*breaching, 1, most_periods, out).value_or(1);
  if (alert.breaching > alert.periods) {
    out.add(codes::breaching_exceeds_periods, breaching->span, "{} breaching windows cannot be among {}",
            alert.breaching, alert.periods);
  }
  // PutMetricAlarm: EvaluationPeriods x Period is at most a week, or a day when Period is below an hour.
  const seconds most = alert.window < hour ? day : 7 * day;
  if (alert.window * static_cast<std::int64_t>(alert.periods) > most) {
    out.add(codes::window_too_long, periods == nullptr ? alert.span : periods->span,
            "{} windows of {} are more than {}", alert.periods, print_duration(alert.window), print_duration(most))
        .note("windows under an hour may add up to one day, longer ones to seven");
  }
}

void parse_readers(const Fields& fields, Alert& alert, Diagnostics& out) {
  if (const doc::Node* node = fields.get("except")) alert.except = parse_callers(*node, "except", out);
  if (const doc::Node* node = fields.get("only")) alert.only = parse_callers(*node, "only", out);
  if (alert.except && alert.only) {
    out.add(codes::key_not_allowed_here, fields.key_span("only"), "'only' stands beside 'except'")
        .note("'only' already leaves everybody else out");
  }
}

void parse_message(const Fields& fields, Alert& alert, Diagnostics& out) {
  if (const doc::Node* node = fields.get("notify")) alert.notify = parse_selections(*node, out);
  if (const doc::Node* node = fields.get("notify_ok")) alert.notify_ok = read_boolean(*node, out).value_or(false);
  if (const doc::Node* node = fields.get("severity")) {
    constexpr Alert::Severity severities[] = {Alert::Severity::critical, Alert::Severity::high, Alert::Severity::low};
    if (const auto choice = read_choice(*node, {"critical", "high", "low"}, out)) alert.severity = severities[*choice];
  }
  if (const doc::Node* node = fields.get("runbook")) alert.runbook = read_free_text(*node, 300, out).value_or("");
}

Alert parse_alert(const doc::Entry& entry, Diagnostics& out) {
  Alert alert;
  alert.name = entry.key.text;
  alert.span = entry.key.span;
  const Fields fields(entry.value, "an alert",
                      {"detect", "secrets", "threshold", "window", "periods", "breaching", "per", "except", "only",
                       "notify", "notify_ok", "severity", "runbook"},
                      out);
  if (!fields.is_mapping()) {
    if (entry.value.kind == doc::Kind::null) out.last()->note("for the defaults, write {}: {{}}", alert.name);
    return alert;
  }
  parse_detect(entry, fields.get("detect"), alert, out);
  for (const Detection* detection : alert.detections) alert.threshold = std::max(alert.threshold, detection->threshold);
  if (const doc::Node* node = fields.get("secrets")) alert.selections = parse_selections(*node, out);
  if (const doc::Node* node = fields.get("threshold"))
    alert.threshold = read_integer(*node, 1, most_threshold, out).value_or(alert.threshold);
  parse_window(fields, alert, out);
  parse_periods(fields, alert, out);
  if (const doc::Node* node = fields.get("per"))
    alert.per = read_choice(*node, {"secret", "alert"}, out) == 1U ? Alert::Per::alert : Alert::Per::secret;
  parse_readers(fields, alert, out);
  parse_message(fields, alert, out);
  return alert;
}

}  // namespace

std::string_view name_of(Alert::Severity severity) {
  switch (severity) {
    case Alert::Severity::none:
      return "";
    case Alert::Severity::low:
      return "low";
    case Alert::Severity::high:
      return "high";
    case Alert::Severity::critical:
      return "critical";
  }
  return "";
}

std::vector<Alert> default_alerts() {
  Alert alert;
  alert.name = "read";
  watch(*find_detection("read"), alert);
  return {alert};
}

std::vector<Alert> parse_alerts(const doc::Node& node, Diagnostics& out) {
  std::vector<Alert> alerts;
  if (node.kind != doc::Kind::mapping) {
    out.add(codes::wrong_type, node.span, "{} stands where a mapping of alerts is wanted", describe(node));
    return alerts;
  }
  if (node.entries.empty())
    out.add(codes::empty, node.span, "there is no alert").note("leave the key out to be told of every read");
  for (const doc::Entry& entry : node.entries) {
    if (check_key_text(entry.key, out)) {
      if (const std::string problem = problem_with_label(entry.key.text); !problem.empty())
        report_problem(entry.key, problem, out);
    }
    alerts.push_back(parse_alert(entry, out));
  }
  return alerts;
}

}  // namespace secretwatch::model
