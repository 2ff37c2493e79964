#pragma once
/// Functions: those of Terraform 1.11 that need nothing but their arguments, and why the others are not known.
///
/// `try` and `can` are the evaluator's: their arguments may fail. A function is called without choices on the top level
/// of its arguments, inside of them too when it `looks_inside`; without Unknown arguments unless it is `lenient`.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hcl/convert.h"
#include "hcl/evaluate.h"

namespace secretwatch::hcl {

/// A call that is being worked out. The readers give nothing when the argument is not what is needed or not known, and
/// `failure()` is then the value of the call.
class Arguments {
 public:
  Arguments(std::string_view function, const Span& where, Bounds& cost, std::vector<Value> given)
      : name(function), at(where), bounds(cost), values(std::move(given)) {}

  std::string_view name;
  Span at;
  Bounds& bounds;
  std::vector<Value> values;

  std::size_t count() const { return values.size(); }
  std::optional<std::string> text(std::size_t i);
  std::optional<Number> number(std::size_t i);
  std::optional<std::int64_t> integer(std::size_t i);
  std::optional<bool> boolean(std::size_t i);
  /// A list, tuple or set all of whose items are there; `open`: there may be more.
  const Sequence* sequence(std::size_t i);
  const Sequence* open_sequence(std::size_t i);
  const Mapping* mapping(std::size_t i);
  const Mapping* open_mapping(std::size_t i);
  /// The items of a sequence as strings, all known.
  std::optional<std::vector<std::string>> texts(std::size_t i);

  /// Remembers why the call has no value. Returns nothing.
  std::nullopt_t fail(Value why) {
    failure_ = std::move(why);
    return std::nullopt;
  }
  Value failure() const { return failure_; }
  template <class... Args>
  Value refuse(fmt::format_string<Args...> text, Args&&... args) const {
    return fault(at, "{}: {}", name, fmt::format(text, std::forward<Args>(args)...));
  }
  Value not_known(const Value& value) const { return Value(why(value), at); }

 private:
  Unknown why(const Value& value) const;
  const Value* container(std::size_t i, bool wants_mapping, bool open);

  Value failure_;
};

struct Function {
  std::string_view name;
  std::size_t least = 0;
  std::size_t most = 0;
  Value (*work)(Arguments&);
  bool looks_inside = true;
  bool is_lenient = false;
};
inline constexpr std::size_t any_number = static_cast<std::size_t>(-1);

/// Null: no such function that can be worked out.
const Function* find_function(std::string_view name);
/// Why a function of Terraform is never worked out ("reads a file"), "" for a name that Terraform does not have either.
std::string_view why_not_worked_out(std::string_view name);

Value call_function(const Function& function, std::vector<Value> arguments, const Span& at, Bounds& bounds);

std::string base64_of(std::string_view bytes);

// The tables, a file each.
extern const std::vector<Function> text_functions, format_functions, collection_functions, set_functions, map_functions,
    number_functions, encoding_functions, type_functions, network_functions, hash_functions;

}  // namespace secretwatch::hcl
