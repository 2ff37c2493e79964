#include "lint/rule.h"

#include <algorithm>
#include <cassert>

#include "lint/rules/catalogue.h"

namespace secretwatch::lint {
namespace {

[[maybe_unused]] bool is_in_house_style(std::string_view message) {
  if (message.empty() || message.back() == '.') return false;
  return !(message.front() >= 'A' && message.front() <= 'Z');
}

/// User text in a message may hold line breaks; a message has none.
std::string on_one_line(std::string message) {
  std::replace_if(
      message.begin(), message.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return message;
}

}  // namespace

std::string_view name_of(Effect effect) {
  switch (effect) {
    case Effect::silent:
      return "silent";
    case Effect::partial:
      return "partial";
    case Effect::always:
      return "always";
    case Effect::rejected:
      return "rejected";
    case Effect::noisy:
      return "noisy";
    case Effect::hygiene:
      return "hygiene";
  }
  return "hygiene";
}

std::string_view name_of(Precision precision) {
  return precision == Precision::proven ? "proven" : "likely";
}

Finding& Findings::add_text(const Rule& rule, stack::ResourceId resource, const Span& where, std::string message) {
  assert(is_in_house_style(message));
  Finding& finding = all_.emplace_back();
  finding.rule = &rule;
  finding.resource = resource;
  finding.span = where;
  finding.message = on_one_line(std::move(message));
  finding.severity = rule.severity;
  finding.effect = rule.effect;
  finding.precision = rule.precision;
  return finding;
}

void Findings::add_undecided(stack::ResourceId resource, const Span& where, std::string message) {
  add_text(rules::chain_undecided, resource, where, std::move(message));
}

std::string_view name_of(const chain::World& world, stack::ResourceId resource) {
  const stack::Resource& named = world.stack()[resource];
  return named.address.empty() ? named.label : named.address;
}

}  // namespace secretwatch::lint
