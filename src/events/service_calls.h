#pragma once
/// Service calls: which events AWS services write to CloudTrail, as far as they are listed.
///
///     sources_of("GetSecretValue")             // {"secretsmanager.amazonaws.com"}
///     events_of("iam.amazonaws.com")           // {"AddClientIDToOpenIDConnectProvider", "AddRoleToInstanceProfile",
///     …} nearest_event("GetSecretvalue", {})      // "GetSecretValue"
///
/// Listed are the calls of the services that monitoring is about, from their API models (make_service_calls.py), and
/// the events that no call makes: sign-ins, rotation. New calls come every week and some services write more than
/// calls, so that a name which is not listed may exist: only one that is a slip away from a listed name is certainly
/// none. Sources: CloudTrail user guide, "Console sign-in events"; Secrets Manager user guide, "Log events with
/// CloudTrail".
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace secretwatch::events {

/// The names are separated by single blanks.
struct ServiceCalls {
  std::string_view source;
  std::string_view names;
};
extern const ServiceCalls service_calls[];
extern const std::size_t number_of_service_calls;

/// All names that are listed for an event source; none: it is not listed.
std::vector<std::string_view> events_of(std::string_view source);

/// The event sources that the name is listed for. A version behind the name, as in CreateFunction20150331v2, is looked
/// past.
std::vector<std::string_view> sources_of(std::string_view event);

/// The listed event that a name which is not listed is a slip away from: other case, or one or two characters. Among
/// those of the sources that are listed; no sources: among those of all. Empty: there is none.
std::string nearest_event(std::string_view event, const std::vector<std::string>& sources);

}  // namespace secretwatch::events
