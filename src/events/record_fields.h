#pragma once
/// Record fields: what a CloudTrail record holds, and of which type.
///
///     field("readOnly")->type                         // boolean
///     field("userIdentity.userName")->is_optional     // true: roles' sessions have none
///     nearest_field("userIdentity.username")          // "userIdentity.userName"
///
/// Fields of the record itself, of its userIdentity and of what stands in every call of GetSecretValue; what services
/// put into requestParameters, responseElements and additionalEventData is theirs and not listed.
/// Source: CloudTrail user guide, "CloudTrail record contents" and "CloudTrail userIdentity element".
#include <span>
#include <string>
#include <string_view>

namespace secretwatch::events {

struct RecordField {
  enum class Type { text, boolean, object, list };
  std::string_view path;  // "userIdentity.sessionContext.sessionIssuer.userName"
  Type type = Type::text;
  bool is_optional = true;  // may be missing
  bool may_be_null = false;
};

std::span<const RecordField> record_fields();

/// Null: it is not listed.
const RecordField* field(std::string_view path);

/// The listed field that a path which is not listed is a slip away from: the same in another case, or one or two
/// characters in its last name. Empty: there is none, or it is in a place whose fields are not listed.
std::string nearest_field(std::string_view path);

}  // namespace secretwatch::events
