#include <algorithm>
#include <map>
#include <span>
#include <string>

#include "base/suggest.h"
#include "base/text.h"
#include "events/service_calls.h"

namespace secretwatch::events {
namespace {

/// What is no call: CloudTrail writes it of its own, or of another page than the API's.
constexpr ServiceCalls other_events[] = {
    {"signin.amazonaws.com",
     "CheckMfa ConsoleLogin CredentialChallenge CredentialVerification EmailUpdated ExitRole GetSigninToken "
     "PasswordRecoveryCompleted PasswordRecoveryRequested PasswordUpdated RenewRole SwitchRole UserAuthentication"},
    {"secretsmanager.amazonaws.com",
     "CancelSecretVersionDelete EndSecretVersionDelete RotationAbandoned RotationFailed RotationStarted "
     "RotationSucceeded StartSecretVersionDelete TestRotationFailed TestRotationStarted TestRotationSucceeded"},
    {"kms.amazonaws.com", "DeleteKey RotateKey SynchronizeMultiRegionKey"},
};

std::span<const ServiceCalls> calls() {
  return {service_calls, number_of_service_calls};
}

template <class Visit>
void each_list(Visit visit) {
  for (const ServiceCalls& list : calls()) visit(list);
  for (const ServiceCalls& list : other_events) visit(list);
}

template <class Visit>
void each_name(std::string_view names, Visit visit) {
  while (!names.empty()) {
    const std::size_t end = std::min(names.find(' '), names.size());
    visit(names.substr(0, end));
    names.remove_prefix(std::min(end + 1, names.size()));
  }
}

bool holds(std::string_view names, std::string_view name) {
  for (std::size_t at = names.find(name); at != std::string_view::npos; at = names.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || names[at - 1] == ' ') && (end == names.size() || names[end] == ' ')) return true;
  }
  return false;
}

/// CreateFunction20150331v2, CreateDistribution2020_05_31
std::string_view without_version(std::string_view event) {
  std::string_view rest = event;
  if (rest.size() > 2 && rest[rest.size() - 2] == 'v' && is_digit(rest.back())) rest.remove_suffix(2);
  std::size_t digits = 0;
  while (!rest.empty() && (is_digit(rest.back()) || rest.back() == '_')) {
    digits += is_digit(rest.back()) ? 1 : 0;
    rest.remove_suffix(1);
  }
  return digits == 8 ? rest : event;
}

}  // namespace

std::vector<std::string_view> events_of(std::string_view source) {
  std::vector<std::string_view> names;
  each_list([&](const ServiceCalls& list) {
    if (list.source == source) each_name(list.names, [&](std::string_view name) { names.push_back(name); });
  });
  return names;
}

std::vector<std::string_view> sources_of(std::string_view event) {
  // Filters ask for the same few names, and the lists are long.
  thread_local std::map<std::string, std::vector<std::string_view>, std::less<>> known;
  if (event.empty()) return {};
  if (const auto found = known.find(event); found != known.end()) return found->second;
  std::vector<std::string_view> sources;
  each_list([&](const ServiceCalls& list) {
    if (holds(list.names, event) || holds(list.names, without_version(event))) sources.push_back(list.source);
  });
  return known.emplace(event, std::move(sources)).first->second;
}

std::string nearest_event(std::string_view event, const std::vector<std::string>& sources) {
  constexpr std::size_t shortest = 6;  // below that two characters are another word
  constexpr std::size_t slip = 2;
  std::string best;
  std::size_t distance_of_best = slip + 1;
  const std::string lower = lower_case(event);
  each_list([&](const ServiceCalls& list) {
    if (!sources.empty() && std::find(sources.begin(), sources.end(), list.source) == sources.end()) return;
    each_name(list.names, [&](std::string_view name) {
      const std::size_t apart = name.size() > event.size() ? name.size() - event.size() : event.size() - name.size();
      if (apart > slip) return;
      const std::string lower_name = lower_case(name);
      const std::size_t distance = lower_name == lower ? 0 : edit_distance(lower, lower_name);
      if (distance < distance_of_best && (distance == 0 || event.size() >= shortest)) {
        distance_of_best = distance;
        best = std::string(name);
      }
    });
  });
  return best;
}

}  // namespace secretwatch::events
