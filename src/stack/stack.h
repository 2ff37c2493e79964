#pragma once
/// Stack: the intermediate representation, a graph of monitoring resources. It knows neither who made it (a spec, or
/// somebody's template) nor who reads it (an emitter, a rule, a simulation).
///
///     Stack stack;
///     const ResourceId topic = stack.add({.label = "security", .body = Topic{.name = "SecurityAlarms"}});
///     stack.add({.label = "security", .body = Subscription{.topic = Ref{topic, Attribute::arn}, …}});
///     verify(stack);   // {}: every reference points at something, labels are unique per kind
///     dump(stack);     // canonical text, the same for every spelling of the same stack
///
/// Resources are named by id, a position that never changes. Labels are the words a language makes its identifiers of.
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stack/resource.h"

namespace secretwatch::stack {

/// A value that is asked for when the stack is deployed (CloudFormation parameter, Terraform variable).
struct Parameter {
  std::string name;  // as a word of letters and digits: OnCallEmail
  std::string type = "String";
  std::optional<std::string> default_value{};
  bool secret = false;  // NoEcho, sensitive
  std::string description{};
  std::string allowed_pattern{};  // regular expression for the whole value
  Span span{};
};

/// What a Choice or the presence of a resource depends on.
struct Condition {
  enum class Test { equals, all_of, any_of, negation, unknown };
  std::string name;
  Test test = Test::unknown;
  std::vector<Text> texts{};         // of equals: two
  std::vector<ConditionId> terms{};  // of all_of, any_of; one of negation
  std::string reason{};              // of unknown
  Span span{};
};

/// Where resources live: a provider alias, or an account and region that may be symbolic.
struct Scope {
  std::string provider{};  // empty: the default one
  Text account{Pseudo::account};
  Text region{Pseudo::region};
};

/// A part of the stack as people read it; only for comments.
struct Section {
  std::string title;
  std::string explanation{};
};

struct Resource {
  std::string label;
  Body body;
  Span span{};
  std::string address{};  // how its template calls it: a logical id, a Terraform address; empty: planned
  std::vector<ResourceId> depends_on{};
  std::optional<ConditionId> presence{};  // absent: always there
  std::size_t scope = 0;
  std::size_t section = 0;
  std::size_t part = 0;   // of several stacks that are read as one, which it is deployed with
  bool retained = false;  // survives the deletion of the stack
  std::string comment{};
};

/// A value for people and other stacks to read after deployment.
struct Output {
  std::string label;
  std::string description;
  std::vector<TextValue> values;  // one, or a list
  bool is_list = false;
  std::optional<TextValue> export_name{};  // what other stacks import it by
  std::optional<ConditionId> presence{};
  Span span{};
};

/// Where a template may hold more than was read from it: a macro, an included file, a loop over what is not known.
/// With a gap, nothing is certainly missing.
struct Gap {
  std::string reason;
  Span span{};
};

class Stack {
 public:
  std::string name;
  std::string description;
  std::string spec_hash;  // 16 hex digits of what it was made from; empty: not made from a spec
  std::vector<Parameter> parameters;
  std::vector<Condition> conditions;
  std::vector<Scope> scopes{Scope{}};
  std::vector<Section> sections{Section{}};
  std::vector<Output> outputs;
  std::vector<Tag> tags;  // carried by every resource that can
  std::vector<Gap> gaps;

  /// Room for so many more resources, which are large.
  void expect(std::size_t more);
  ResourceId add(Resource resource);
  ParameterId add(Parameter parameter);
  ConditionId add(Condition condition);

  const std::vector<Resource>& resources() const { return resources_; }
  const Resource& operator[](ResourceId id) const { return resources_[static_cast<std::size_t>(id)]; }
  Resource& operator[](ResourceId id) { return resources_[static_cast<std::size_t>(id)]; }
  const Parameter& operator[](ParameterId id) const { return parameters[static_cast<std::size_t>(id)]; }
  const Condition& operator[](ConditionId id) const { return conditions[static_cast<std::size_t>(id)]; }

  /// The resources of a kind, in order: of that kind they must stay.
  template <class Kind>
  const std::vector<ResourceId>& ids() const {
    static const std::size_t kind = Body(Kind()).index();
    return by_kind_[kind];
  }
  /// Calls visit(const Resource&, const Kind&) for each resource of the kind, in order.
  template <class Kind, class Visit>
  void each(Visit visit) const {
    for (const ResourceId id : ids<Kind>()) visit((*this)[id], std::get<Kind>((*this)[id].body));
  }

 private:
  std::vector<Resource> resources_;
  std::array<std::vector<ResourceId>, std::variant_size_v<Body>> by_kind_;
};

/// What is wrong with the graph itself, whoever built it: references to nothing, two labels of one kind that a language
/// cannot tell apart, choices without two branches. Empty: nothing.
std::vector<std::string> verify(const Stack& stack);

/// As verify, and additionally what keeps an emitter from being total: unknown values, choices, conditional resources.
std::vector<std::string> verify_for_emission(const Stack& stack);

/// Canonical text, made for comparing: the same stack read from any language gives the same bytes. Normalised are: the
/// case and punctuation of labels, the order of resources, the spelling of attributes (a Ref to a topic is its ARN), a
/// policy's single values and lists of one; a reference to an external resource is what is known of it, a value that is
/// asked for is its parameter, whether that is there or not. Left out:
/// spans, comments, sections, scopes' provider names, and what some languages name themselves (roles, the prefix of a
/// bucket's name).
std::string dump(const Stack& stack);

}  // namespace secretwatch::stack
