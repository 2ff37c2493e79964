#pragma once
/// Named secrets: the secrets that a filter's pattern names.
///
///     secret_named_by("*:secret:prod/db-*")->name;   // "prod/db"
///     // of { $.requestParameters.secretId = "prod/db" … }: one
///     const auto named = secrets_in(*pattern, leaves_of(*pattern));
///     subjects_in(filter_text, leaves, named);   // the same, as findings speak of them
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chain/filter_text.h"
#include "events/canonical.h"
#include "pattern/leaves.h"

namespace secretwatch::chain {

/// A secret, and the operand that stands for it.
struct NamedSecret {
  events::Secret secret{};
  std::string operand{};
  pattern::Place place{};
};

/// A secret that a pattern is about.
struct Subject {
  events::Secret secret{};
  std::string shown{};       // "'prod/db'", "any secret", "a secret"
  bool is_any = false;       // the pattern tells no secret from another
  bool is_one = false;       // no wildcard stands in its name: it is this secret and no other
  bool begins_open = false;  // what it begins with is not known, and most likely the beginning of a name
  /// What stands for the secret is not known: it may be a name or an ARN.
  std::optional<std::string> open{};
};

/// The secret that an operand names: a name, an ARN, either with wildcards. Nothing: none that can be told.
std::optional<events::Secret> secret_named_by(std::string_view operand);

/// Each that an operand of the pattern names, some perhaps by name and by ARN, in the region and the account that it
/// asks for.
std::vector<NamedSecret> secrets_in(const pattern::Filter& filter, const std::vector<pattern::Leaf>& leaves);

/// At least one; `leaves` must be those of the pattern that `text` was parsed as, `named` the secrets in it.
std::vector<Subject> subjects_in(const FilterText& text, const std::vector<pattern::Leaf>& leaves,
                                 const std::vector<NamedSecret>& named);

}  // namespace secretwatch::chain
