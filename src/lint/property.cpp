#include "lint/property.h"

#include "stack/properties.h"

namespace secretwatch::lint {
namespace {

using stack::Document;
using stack::Policy;
using stack::Presence;
using stack::Value;

/// Visits the properties of a resource until one holds the place.
class Finder {
 public:
  explicit Finder(const Span& place) : place_(place) {}

  template <class T>
  void operator()(std::string_view name, const T& property) {
    if (found_.empty() && holds(property)) found_ = name;
  }
  std::string take() { return std::move(found_); }

 private:
  bool is_in(const Span& span) const {
    return !span.is_nowhere() && span.file == place_.file && span.begin <= place_.begin && place_.begin < span.end;
  }

  template <class T>
  bool holds(const Value<T>& value) const {
    if (is_in(whole(value))) return true;
    if (const auto* const choice = value.choice())
      for (const Value<T>& branch : choice->branches)
        if (holds(branch)) return true;
    return false;
  }
  template <class T>
  bool holds(const std::optional<Value<T>>& value) const {
    return value && holds(*value);
  }
  template <class T>
  bool holds(const std::vector<T>& list) const {
    for (const T& item : list)
      if (holds(item)) return true;
    return false;
  }
  bool holds(const stack::Tag& tag) const { return holds(tag.value); }
  bool holds(const std::optional<Document>& document) const { return document && is_in(document->span); }
  bool holds(const Document& document) const { return is_in(document.span); }
  bool holds(const Policy& policy) const {
    if (is_in(policy.span)) return true;
    for (const stack::Statement& statement : policy.statements)
      if (is_in(statement.span)) return true;
    return false;
  }
  bool holds(const std::string&) const { return false; }
  bool holds(const Presence&) const { return false; }
  /// A part of a list: a selector, a metric of an alarm, a dimension.
  template <class Part>
  bool holds(const Part& part) const {
    if constexpr (requires { part.span; })
      if (is_in(part.span)) return true;
    Finder inside(place_);
    visit_properties(part, inside);
    return !inside.found_.empty();
  }

  Span place_;
  std::string found_;
};

}  // namespace

std::string property_at(const stack::Body& body, const Span& place) {
  if (place.is_nowhere()) return {};
  Finder finder(place);
  std::visit([&](const auto& kind) { visit_properties(kind, finder); }, body);
  return finder.take();
}

}  // namespace secretwatch::lint
