#pragma once
/// Filters: the patterns that count what an alert watches of one secret, cut into as many disjoint ones as the limits
/// of a pattern ask for.
///
///     const SecretNames names(spec);
///     cut_filters(alert, spec.secrets[0], names, out)
///         // {FilterPart{.part = "", .pattern = R"({ $.eventSource = "secretsmanager.amazonaws.com" && … })"}}
///
/// What a pattern looks for, and why (docs/filters.md has the long version):
///  - requestParameters.secretId is whatever the caller typed: the name, the full ARN, or the ARN without its suffix.
///  - `*` takes the first place where the next piece occurs; the forms here hold one piece each.
///  - another watched secret `N-x` begins like the ARNs of `N`: it is excluded where it would match, with its own
///  hyphen
///    behind it, because a random suffix may begin like its name.
///  - a refused call has no requestParameters; the secret stands in errorMessage only.
///  - no test on a field that a caller may lack without `NOT EXISTS`.
#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"
#include "pattern/pattern.h"

namespace secretwatch::plan {

/// The watched names, sorted, to find the ones that begin like another.
class SecretNames {
 public:
  explicit SecretNames(const model::Spec& spec);

  /// Texts that, behind `:secret:`, belong to other watched secrets although they begin with `name-`. A text that ends
  /// in `*` is a whole prefix.
  std::vector<std::string> siblings_of(const std::string& name) const;

 private:
  std::vector<std::string> names_;
  std::vector<std::string> prefixes_;
};

struct FilterPart {
  std::string part;  // "", "list", "refused", "service", "2", "list-2", …
  std::string pattern;
  std::vector<std::string> events;
  bool has_regex = false;
};

/// The parts for one secret, in order; empty, with an error added, when a single comparison does not fit.
std::vector<FilterPart> cut_filters(const model::Alert& alert, const model::Secret& secret, const SecretNames& names,
                                    Diagnostics& out);

/// The parts for calls that name no secret at all; empty when the alert watches no such calls.
std::vector<FilterPart> cut_filters_without_secret(const model::Alert& alert, Diagnostics& out);

}  // namespace secretwatch::plan
