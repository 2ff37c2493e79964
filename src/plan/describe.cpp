#include "plan/describe.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "base/source.h"
#include "base/text.h"
#include "model/values.h"

namespace secretwatch::plan {
namespace {

std::string joined(const std::vector<std::string>& parts) {
  if (parts.size() == 1) return parts.front();
  const std::vector<std::string> but_last(parts.begin(), parts.end() - 1);
  return fmt::format("{} or {}", fmt::join(but_last, ", "), parts.back());
}

std::string what_happened(const model::Alert& alert) {
  std::vector<std::string> happened;
  if (!alert.detections.empty()) {
    for (const model::Detection* detection : alert.detections) happened.emplace_back(detection->happened);
    return joined(happened);
  }
  for (const model::Watched& watched : alert.watched) happened.emplace_back(watched.event->name);
  return "somebody called " + joined(happened);
}

std::string how_often(const model::Alert& alert) {
  std::string text;
  const std::string window = model::print_duration(alert.window);
  if (alert.threshold > 1) text = fmt::format(", {} times or more within {}", alert.threshold, window);
  if (alert.breaching > 1) text += fmt::format(", in {} of {} windows of {}", alert.breaching, alert.periods, window);
  return text;
}

std::string by_whom(const model::Alert& alert) {
  if (alert.except) return ", by somebody other than the expected readers";
  if (!alert.only) return {};
  const bool only_root =
      alert.only->root && alert.only->roles.empty() && alert.only->users.empty() && alert.only->services.empty();
  return only_root ? ", by the root user" : ", by one of the callers that this alert is for";
}

std::string advice(const model::Alert& alert) {
  if (alert.detections.empty()) return "Find the caller (userIdentity, sourceIPAddress) in the trail.";
  std::vector<std::string> all;
  for (const model::Detection* detection : alert.detections) all.push_back(fmt::format("{}.", detection->advice));
  return fmt::format("{}", fmt::join(all, " "));
}

/// CloudWatch keeps a data point in view for about two windows more than it evaluates; meanwhile nothing is sent.
std::string quiet_time(const model::Alert& alert) {
  return fmt::format(
      "The alarm stays in ALARM for about {} after it fires and sends nothing more in that time: look for "
      "further calls yourself.",
      model::print_duration(alert.window * static_cast<std::int64_t>(alert.periods + 2)));
}

std::string list_secrets(const std::vector<const model::Secret*>& secrets, std::size_t shown) {
  std::vector<std::string> names;
  for (const model::Secret* secret : secrets) {
    if (names.size() == shown) break;
    names.push_back(secret->naming == model::Secret::Naming::prefix ? secret->name + "*" : secret->name);
  }
  const std::size_t rest = secrets.size() - names.size();
  if (names.empty()) return fmt::format("One of {} secrets", secrets.size());
  return fmt::format("One of {} secrets ({}{})", secrets.size(), fmt::join(names, ", "),
                     rest == 0 ? "" : fmt::format(", and {} more", rest));
}

}  // namespace

std::string describe_secret(const model::Secret& secret) {
  if (secret.naming == model::Secret::Naming::prefix) return fmt::format("every secret below '{}'", secret.name);
  const std::string region = secret.region.empty() ? "" : " in " + secret.region;
  return fmt::format("secret '{}'{}", secret.name, region);
}

std::string describe_alarm(const model::Alert& alert, const std::vector<const model::Secret*>& secrets) {
  const auto head = [&](std::size_t shown) {
    std::string subject = list_secrets(secrets, shown);
    if (secrets.size() == 1 && shown > 0) {
      subject = secrets.front()->naming == model::Secret::Naming::prefix
                    ? fmt::format("A secret below '{}'", secrets.front()->name)
                    : describe_secret(*secrets.front());
      subject.front() = to_upper(subject.front());
    }
    return fmt::format("{}: {}{}{}.", subject, what_happened(alert), how_often(alert), by_whom(alert));
  };
  std::size_t shown = std::min<std::size_t>(secrets.size(), 10);
  while (shown > 1 && count_characters(head(shown)) > max_description / 2) --shown;
  std::string text = head(shown);
  // What matters most comes first and is tried first.
  std::vector<std::string> more;
  if (alert.severity != model::Alert::Severity::none)
    more.push_back(fmt::format("Severity: {}.", name_of(alert.severity)));
  if (!alert.runbook.empty()) more.push_back("Runbook: " + alert.runbook);
  more.push_back(advice(alert));
  more.push_back(quiet_time(alert));
  for (const std::string& sentence : more)
    if (count_characters(text) + 1 + count_characters(sentence) <= max_description) text += " " + sentence;
  return text;
}

}  // namespace secretwatch::plan
