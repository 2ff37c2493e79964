#include "chain/access.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "base/text.h"

namespace secretwatch::chain {
namespace {

using stack::Effect;
using stack::Policy;
using stack::PolicyCondition;
using stack::Principal;
using stack::PrincipalKind;
using stack::Statement;
using stack::Text;
using stack::Value;
using Part = Access::Part;

/// What a condition operator does, its set prefix and …IfExists taken off.
struct Test {
  enum class Kind { equals, like, arn, boolean, null, other };
  Kind kind = Kind::other;
  bool negated = false;
  bool ignore_case = false;
  bool if_exists = false;
  bool all_values = false;
};

bool drop_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

Test read_test(std::string_view written) {
  const std::string lower = lower_case(written);
  std::string_view name = lower;
  Test test;
  test.all_values = drop_prefix(name, "forallvalues:");
  drop_prefix(name, "foranyvalue:");
  if (name.ends_with("ifexists")) {
    test.if_exists = true;
    name.remove_suffix(std::string_view("ifexists").size());
  }
  test.negated = name.find("not") != std::string_view::npos;
  test.ignore_case = name.ends_with("ignorecase");
  if (name == "stringequals" || name == "stringnotequals" || name.ends_with("ignorecase"))
    test.kind = Test::Kind::equals;
  if (name == "stringlike" || name == "stringnotlike") test.kind = Test::Kind::like;
  if (name.starts_with("arn")) test.kind = Test::Kind::arn;
  if (name == "bool") test.kind = Test::Kind::boolean;
  if (name == "null") test.kind = Test::Kind::null;
  return test;
}

class Evaluation {
 public:
  Evaluation(const World& world, const Request& request) : world_(world), request_(request) {}

  /// How far a statement applies, and which part of it is the first that does not, or not certainly.
  struct Applies {
    Match match = Match::yes;
    Part part = Part::none;
    const PolicyCondition* condition = nullptr;
    int parts_that_apply = 0;
  };

  Applies judge(const Statement& statement) const {
    Applies applies;
    const auto take = [&applies](Match match, Part part, const PolicyCondition* condition) {
      if (match != Match::no) ++applies.parts_that_apply;
      if (match < applies.match) {
        applies.part = part;
        applies.condition = condition;
      }
      applies.match = both(applies.match, match);
    };
    take(principals(statement), Part::principal, nullptr);
    take(actions(statement), Part::action, nullptr);
    take(resources(statement), Part::resource, nullptr);
    for (const PolicyCondition& condition : statement.conditions) take(holds(condition), Part::condition, &condition);
    return applies;
  }

 private:
  Match principals(const Statement& statement) const {
    if (request_.service.parts().empty()) return Match::yes;
    Match match = Match::no;
    for (const Principal& principal : statement.principals) match = either(match, covers(principal));
    return statement.not_principals ? negation(match) : match;
  }

  Match covers(const Principal& principal) const {
    if (principal.kind == PrincipalKind::everyone) return Match::yes;
    Match match = Match::no;
    for (const Value<Text>& name : principal.names) {
      const Text text = world_.text(name);
      if (text.literal() == "*") return Match::yes;
      if (principal.kind == PrincipalKind::service) {
        match = either(match, fits(text, request_.service, Wildcards::none));
      } else if (principal.kind == PrincipalKind::aws) {
        match = either(match, text.literal() ? request_.is_account : either(request_.is_account, Match::no));
      }
    }
    return match;
  }

  Match actions(const Statement& statement) const {
    Match match = Match::no;
    for (const Value<Text>& action : statement.actions)
      match = either(match, fits_ignoring_case(world_.text(action), request_.action));
    return statement.not_actions ? negation(match) : match;
  }

  Match resources(const Statement& statement) const {
    if (statement.resources.empty()) return Match::yes;  // a trust policy has none
    Match match = Match::no;
    for (const Value<Text>& resource : statement.resources)
      match = either(match, fits(world_.text(resource), request_.resource));
    return statement.not_resources ? negation(match) : match;
  }

  const ContextKey* find(std::string_view name) const {
    for (const ContextKey& key : request_.context)
      if (lower_case(key.name) == lower_case(name)) return &key;
    return nullptr;
  }

  Match holds(const PolicyCondition& condition) const {
    const Test test = read_test(condition.test);
    const ContextKey* const key = find(condition.key);
    const Match is_carried = key == nullptr ? Match::no : key->is_carried;
    if (test.kind == Test::Kind::null) return is_null(condition, is_carried);
    const Match without = test.negated || test.if_exists || test.all_values ? Match::yes : Match::no;
    if (is_carried == Match::no) return without;
    const Match with = test.kind == Test::Kind::other || !key->is_known ? Match::maybe : compare(condition, test, *key);
    return is_carried == Match::yes || with == without ? with : Match::maybe;
  }

  Match is_null(const PolicyCondition& condition, Match is_carried) const {
    Match match = Match::no;
    for (const Value<Text>& value : condition.values) {
      const auto literal = world_.text(value).literal();
      match = either(match, !literal ? Match::maybe : *literal == "true" ? negation(is_carried) : is_carried);
    }
    return match;
  }

  Match compare(const PolicyCondition& condition, const Test& test, const ContextKey& key) const {
    Match match = Match::no;
    for (const Value<Text>& value : condition.values)
      match = either(match, compare(world_.text(value), test, key.value));
    return test.negated ? negation(match) : match;
  }

  static Match compare(const Text& wanted, const Test& test, const Text& actual) {
    switch (test.kind) {
      case Test::Kind::equals:
        return test.ignore_case ? fits_ignoring_case(wanted, actual, Wildcards::none)
                                : fits(wanted, actual, Wildcards::none);
      case Test::Kind::like:
        return fits(wanted, actual);
      case Test::Kind::arn:
        // Compared part by part; what a pattern of fewer parts does is not documented.
        return is_whole_arn(wanted) ? fits(wanted, actual) : both(fits(wanted, actual), Match::maybe);
      case Test::Kind::boolean:
        return fits_ignoring_case(wanted, actual, Wildcards::none);
      case Test::Kind::null:
      case Test::Kind::other:
        return Match::maybe;
    }
    return Match::maybe;
  }

  static bool is_whole_arn(const Text& text) {
    std::ptrdiff_t colons = 0;
    for (const stack::Part& part : text.parts()) {
      const auto* const literal = std::get_if<std::string>(&part);
      if (literal != nullptr) colons += std::count(literal->begin(), literal->end(), ':');
      if (std::holds_alternative<stack::Ref>(part) || std::holds_alternative<stack::Unknown>(part)) return true;
    }
    return colons >= 5 || text.literal() == "*";
  }

  const World& world_;
  const Request& request_;
};

}  // namespace

Access evaluate(const World& world, const Policy& policy, const Request& request) {
  const Evaluation evaluation(world, request);
  const Statement* denier = nullptr;
  Evaluation::Applies denies{.match = Match::no};
  const Statement* allower = nullptr;
  Evaluation::Applies allows{.match = Match::no, .parts_that_apply = 0};
  for (const Statement& statement : policy.statements) {
    if (!world.is_there(statement.presence)) continue;
    const Evaluation::Applies applies = evaluation.judge(statement);
    if (statement.effect == Effect::deny) {
      if (applies.match > denies.match) {
        denies = applies;
        denier = &statement;
      }
    } else if (allower == nullptr || applies.match > allows.match ||
               (applies.match == allows.match && applies.parts_that_apply > allows.parts_that_apply)) {
      allows = applies;
      allower = &statement;
    }
  }
  if (denies.match == Match::yes) return {Access::Verdict::denied, denier, Part::none, nullptr};
  // What could not be read may allow, or deny, more.
  if (!policy.unread.empty()) return {Access::Verdict::undecided, allower, allows.part, allows.condition};
  if (allows.match == Match::no) return {Access::Verdict::denied, allower, allows.part, allows.condition};
  if (allows.match == Match::yes && denies.match == Match::no)
    return {Access::Verdict::allowed, allower, Part::none, nullptr};
  if (allows.match == Match::maybe) return {Access::Verdict::undecided, allower, allows.part, allows.condition};
  return {Access::Verdict::undecided, denier, denies.part, denies.condition};
}

}  // namespace secretwatch::chain
