#pragma once
/// Rule: one thing that keeps an alarm silent, late or always on. Data and, for most, one pure function.
///
///     void check_actions(const chain::World& world, stack::ResourceId subject, Findings& out) {
///       const auto* const alarm = std::get_if<stack::Alarm>(&world.stack()[subject].body);
///       if (alarm == nullptr) return;
///       const bool* const enabled = world.known(alarm->actions_enabled);
///       if (enabled != nullptr && !*enabled)
///         out.add(actions_disabled, subject, place_of(world, subject, alarm->actions_enabled),
///                 "alarm '{}' changes its state and tells nobody", name_of(world, subject));
///     }
///     constinit const Rule actions_disabled{.id = "A540", .name = "actions-disabled", …, .check = check_actions};
///
/// A check is called once for each resource of any kind, in each world that it can tell apart in which the resource is
/// there (chain/world.h); a world is split only by what the check asks. It judges that world alone: what holds in some
/// worlds only is told apart by run(), not by the check. Several rules may share a check: the others have none.
/// A check reports only what is known; what is not known it leaves out, or tells by `undecided`. It keeps no state.
/// Where rules are declared: rules/catalogue.h; their order and which there are: rules.cpp.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "base/diagnostic.h"
#include "base/source.h"
#include "chain/world.h"
#include "stack/stack.h"

namespace secretwatch::lint {

/// What becomes of messages: none arrives; some are missed; the alarm never rests, so that none means anything; the
/// deployment is refused; messages without cause; none of these.
enum class Effect { silent, partial, always, rejected, noisy, hygiene };
std::string_view name_of(Effect effect);

/// `likely`: it rests on something that was not read, or that AWS does not document.
enum class Precision { proven, likely };
std::string_view name_of(Precision precision);

class Findings;

/// The one source of `explain`, docs/rules.md, `rules --format json` and the help in SARIF. Texts are sentences in
/// Markdown without a heading; `summary` is a clause that begins with a lower-case letter and has no full stop.
struct Rule {
  std::string_view id;    // A510; never reused
  std::string_view name;  // statistic-not-sum
  Severity severity = Severity::error;
  Effect effect = Effect::silent;
  Precision precision = Precision::proven;
  bool is_on = true;  // false: only with --all, or when selected by id or name
  std::string_view since;
  std::string_view summary;   // an alarm's actions are switched off
  std::string_view finds;     // what it looks for, and what it leaves alone
  std::string_view harm;      // what goes wrong
  std::string_view decision;  // how it is decided, and when it stays silent
  std::string_view source;    // of what it holds to be true of AWS
  std::string_view bad{};     // a whole CloudFormation template in which exactly this rule speaks
  std::string_view good{};    // the same one mended: no rule speaks. Both empty: no template can show it
  void (*check)(const chain::World& world, stack::ResourceId subject, Findings& out) = nullptr;
};

struct Related {
  std::string message;
  Span span{};  // nowhere: about the finding as a whole
};

/// A finding of this rule at this resource says it all.
struct Cause {
  std::string_view rule;
  stack::ResourceId resource{};
  friend bool operator==(const Cause&, const Cause&) = default;
};

/// A resource on the way from the trail to a person.
struct Stop {
  std::string_view stage{};  // trail | log group | metric filter | alarm | topic | subscription; empty: nobody is there
  std::string name{};
  Span span{};              // nowhere: it is known by name only
  bool is_cut_off = false;  // nothing comes here from the stop before
};

/// A change of one property that mends a finding for certain, in the words of the stack; fix/ knows how a language
/// writes it.
struct Change {
  using Setting = std::variant<std::monostate, std::string, std::int64_t, bool>;  // nothing: it is taken away
  stack::ResourceId resource{};
  std::string_view property;  // "treat_missing_data"
  Setting setting{};
  Span key{};    // of what is written: its name
  Span value{};  // nowhere: it is not written
};

/// The text of a span is replaced; of an empty span, text is put in.
struct Edit {
  Span span{};
  std::string text{};
  friend bool operator==(const Edit&, const Edit&) = default;
};

/// What mends a finding, as edits of the text it was found in.
struct Fix {
  std::string title{};  // "set Statistic to Sum"
  std::vector<Edit> edits{};
};

/// Who keeps a finding from being told.
struct Suppression {
  std::string by;  // comment | metadata | baseline
  std::string reason{};
  std::string until{};  // 2027-01-31; empty: for ever
};

struct Finding {
  const Rule* rule = nullptr;
  std::optional<stack::ResourceId> resource{};
  Span span{};  // the property to edit; of what is not there, its resource
  std::string message;
  Severity severity = Severity::error;  // these three begin as those of the rule; a check may lower them
  Effect effect = Effect::silent;
  Precision precision = Precision::proven;
  std::vector<Related> related{};
  std::optional<Cause> caused_by{};
  std::vector<Change> changes{};  // all together mend it; none: that is for a person to decide

  // Filled by run and after.
  std::vector<Stop> chain{};  // where it breaks; empty: it does not, or too little is known of it
  std::string address{};      // of the resource: a logical id, a Terraform address
  std::string property{};     // "actions_enabled": where the span is; empty: the resource as a whole
  std::optional<Fix> fix{};   // where the changes can be written
  std::optional<Suppression> suppressed{};

  /// "filter declared here"
  template <class... Args>
  Finding& relate(const Span& where, fmt::format_string<Args...> text, Args&&... args) {
    related.push_back({fmt::format(text, std::forward<Args>(args)...), where});
    return *this;
  }
  /// Without a place: what would mend it, what is not certain.
  template <class... Args>
  Finding& note(fmt::format_string<Args...> text, Args&&... args) {
    return relate(Span{}, text, std::forward<Args>(args)...);
  }
  /// It is mended when the property, as this world has it, becomes so; one that is not written is added.
  template <class Property>
  Finding& set(const chain::World& world, stack::ResourceId of, std::string_view name, const Property& what,
               Change::Setting setting) {
    const auto* const written = world.at(what);
    Change& change = changes.emplace_back(Change{of, name, std::move(setting)});
    if (written == nullptr) return *this;
    change.key = written->key;
    change.value = written->span;
    return *this;
  }
  /// It is mended when the property is taken away.
  template <class Property>
  Finding& remove(const chain::World& world, stack::ResourceId of, std::string_view name, const Property& what) {
    return set(world, of, name, what, std::monostate{});
  }
  Finding& lower(Severity to) {
    if (to < severity) severity = to;
    return *this;
  }
  /// Not proven; an error that is not proven is a warning.
  Finding& likely() {
    precision = Precision::likely;
    return lower(Severity::warning);
  }
  /// The first broken link speaks: when such a finding exists too, this one becomes one of its related places.
  Finding& because_of(const Rule& cause, stack::ResourceId of) {
    caused_by = Cause{cause.id, of};
    return *this;
  }
};

class Findings {
 public:
  /// Message style: as Diagnostics (base/diagnostic.h). The reference holds until the next call.
  template <class... Args>
  Finding& add(const Rule& rule, stack::ResourceId resource, const Span& where, fmt::format_string<Args...> text,
               Args&&... args) {
    return add_text(rule, resource, where, fmt::format(text, std::forward<Args>(args)...));
  }

  /// No verdict, and which value would settle it: "the statistic is not known: parameter 'Stat' has no default". All
  /// that is undecided about a resource becomes one R004.
  template <class... Args>
  void undecided(stack::ResourceId resource, const Span& where, fmt::format_string<Args...> text, Args&&... args) {
    add_undecided(resource, where, fmt::format(text, std::forward<Args>(args)...));
  }

  void add(Finding finding) { all_.push_back(std::move(finding)); }

  const std::vector<Finding>& all() const { return all_; }
  std::vector<Finding> take() { return std::move(all_); }

 private:
  Finding& add_text(const Rule& rule, stack::ResourceId resource, const Span& where, std::string message);
  void add_undecided(stack::ResourceId resource, const Span& where, std::string message);

  std::vector<Finding> all_;
};

/// How a template calls a resource: its logical id, its Terraform address; of a planned one, its label.
std::string_view name_of(const chain::World& world, stack::ResourceId resource);

/// Where to point for a property: from its name to the end of its value, the branch that this world takes included; of
/// one that is not written, at its resource.
template <class Property>
Span place_of(const chain::World& world, stack::ResourceId resource, const Property& property) {
  const auto* const value = world.at(property);
  if (value == nullptr || value->span.is_nowhere()) return world.stack()[resource].span;
  return stack::whole(*value);
}

}  // namespace secretwatch::lint
