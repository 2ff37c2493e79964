#include "load/provider_version.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace secretwatch::load {
namespace {

/// "~> 2.7": its operator, and the version that follows.
bool is_one_before(std::string_view part, int major) {
  const std::size_t digits = part.find_first_of("0123456789");
  if (digits == std::string_view::npos) return false;
  std::string_view op = part.substr(0, digits);
  while (!op.empty() && (op.front() == ' ' || op.front() == '\t')) op.remove_prefix(1);
  while (!op.empty() && (op.back() == ' ' || op.back() == '\t' || op.back() == 'v')) op.remove_suffix(1);
  const std::string_view version = part.substr(digits);
  int first = 0;
  const auto read = std::from_chars(version.data(), version.data() + version.size(), first);
  if (read.ec != std::errc()) return false;
  if (op == "<") {
    const bool is_whole = std::string_view(read.ptr, version.data() + version.size()).find_first_of("123456789") ==
                          std::string_view::npos;
    return first < major || (first == major && is_whole);
  }
  return (op.empty() || op == "=" || op == "~>" || op == "<=") && first < major;
}

std::optional<std::string> literal_in(const hcl::Expression& expression, std::string_view name) {
  const auto* const object = std::get_if<hcl::Object>(&expression.body);
  if (object == nullptr) return literal_of(expression);
  for (const hcl::ObjectEntry& entry : object->entries)
    if (entry.name == name || (entry.key != nullptr && literal_of(*entry.key) == name)) return literal_of(entry.value);
  return std::nullopt;
}

/// "modules/trail": a local folder to Terraform up to 0.11, and to none after it, which wants "./modules/trail". An
/// address in a registry has three parts or more, and all others have a character of a URL.
bool is_of_old_terraform(std::string_view source) {
  return !source.empty() && source.find_first_of(".:@") == std::string_view::npos && source.front() != '/' &&
         std::count(source.begin(), source.end(), '/') < 2;
}

}  // namespace

bool is_before(std::string_view constraint, int major) {
  while (!constraint.empty()) {
    const std::size_t comma = std::min(constraint.find(','), constraint.size());
    if (is_one_before(constraint.substr(0, comma), major)) return true;
    constraint.remove_prefix(std::min(comma + 1, constraint.size()));
  }
  return false;
}

bool takes_old_provider(const Declarations& declared) {
  constexpr int bare_arns = 3;
  for (const hcl::Attribute* const required : declared.required_providers)
    if (required->name == "aws" && is_before(literal_in(required->value, "version").value_or(""), bare_arns))
      return true;
  for (const Declaration& provider : declared.providers) {
    const hcl::Attribute* const version = provider.find("version");
    if (provider.block().labels[0].text == "aws" && version != nullptr &&
        is_before(literal_of(version->value).value_or(""), bare_arns))
      return true;
  }
  // Terraform 0.11 cannot run version 3 of the provider.
  return std::any_of(declared.calls.begin(), declared.calls.end(), [](const Declaration& call) {
    const hcl::Attribute* const source = call.find("source");
    return source != nullptr && is_of_old_terraform(literal_of(source->value).value_or(""));
  });
}

}  // namespace secretwatch::load
