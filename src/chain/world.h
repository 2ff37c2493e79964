#pragma once
/// World: a stack under one answer to each question that its conditions leave open.
///
///     for_each_world(stack, [&](const World& world) {
///       if (!world.is_there(alarm_id)) return;
///       const std::string* const statistic = …world.literal(alarm.statistic)…;
///     });                                              // false: more worlds than the limit
///
/// A Choice is followed, a resource is there or not, a property is written or not; what is left is known, a reference
/// or unknown. Only conditions that are asked for split worlds, so that a chain costs what its own conditions cost.
/// Two answers never contradict each other: what equals "prod" does not equal "dev".
#include <atomic>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "stack/stack.h"

namespace secretwatch::chain {

inline constexpr std::size_t most_worlds = 64;

struct CommonTables;

/// What was worked out once, one of each type. Of what rests on no condition there is one for all worlds of a stack.
class Tables {
 public:
  Tables() = default;
  /// What is the same for all threads (a Table with `is_for_all_threads`) is kept in `common`, which may be null.
  explicit Tables(CommonTables* common) : common_(common) {}

  CommonTables* common() const { return common_; }

  /// Null: not kept yet.
  template <class Table>
  const Table* find() const {
    const std::size_t at = number<Table>();
    return at < all_.size() ? static_cast<const Table*>(all_[at].get()) : nullptr;
  }
  template <class Table>
  std::shared_ptr<const Table> get() const {
    const std::size_t at = number<Table>();
    return at < all_.size() ? std::static_pointer_cast<const Table>(all_[at]) : nullptr;
  }
  template <class Table>
  void keep(std::shared_ptr<const Table> table) {
    const std::size_t at = number<Table>();
    if (at >= all_.size()) all_.resize(at + 1);
    all_[at] = std::move(table);
  }

 private:
  static std::size_t new_number();
  template <class Table>
  static std::size_t number() {
    static const std::size_t given = new_number();
    return given;
  }
  std::vector<std::shared_ptr<const void>> all_;  // by the number of their type
  CommonTables* common_ = nullptr;
};

/// Those that several threads have in common. Who needs one waits while another works it out.
struct CommonTables {
  std::recursive_mutex mutex{};
  Tables tables{};
};

class World {
 public:
  struct Answer {
    stack::ConditionId condition{};
    bool holds = true;
    bool is_last = false;  // the other answer has been looked at
  };

  /// `shared` must be of the same stack.
  explicit World(const stack::Stack& stack, std::vector<Answer> answers = {}, Tables* shared = nullptr)
      : stack_(stack), answers_(std::move(answers)), shared_(shared) {}

  const stack::Stack& stack() const { return stack_; }
  /// How often a condition was asked for: what rests on none was worked out without.
  std::size_t asked() const { return asked_; }
  /// What was assumed so far, in the order in which it was asked.
  const std::vector<Answer>& answers() const { return answers_; }

  bool holds(stack::ConditionId condition) const;
  bool is_there(const std::optional<stack::ConditionId>& presence) const { return !presence || holds(*presence); }
  bool is_there(stack::ResourceId id) const { return is_there(stack_[id].presence); }

  /// The value without choices; null: the property is not written.
  template <class T>
  const stack::Value<T>* at(const stack::Value<T>& value) const {
    const stack::Value<T>* chosen = &value;
    while (const auto* const choice = chosen->choice()) chosen = &choice->branches[holds(choice->condition) ? 0 : 1];
    return chosen->is_absent() ? nullptr : chosen;
  }
  template <class T>
  const stack::Value<T>* at(const std::optional<stack::Value<T>>& value) const {
    return value ? at(*value) : nullptr;
  }

  /// What is known of it; null: not written, or not known.
  template <class Property>
  auto known(const Property& property) const -> decltype(at(property)->get()) {
    const auto* const value = at(property);
    return value == nullptr ? nullptr : value->get();
  }
  /// Is it written, and not known?
  template <class Property>
  bool is_open(const Property& property) const {
    const auto* const value = at(property);
    return value != nullptr && value->get() == nullptr;
  }

  /// What a text denotes, with references written out where the name of their target is known (see identity_of).
  stack::Text text(const stack::Value<stack::Text>& value) const;
  /// The literal text; nothing: not written, or not literal.
  std::optional<std::string> literal(const stack::OptionalText& value) const;
  std::optional<std::string> literal(const stack::TextValue& value) const;

  /// Name or ARN of a resource, as the service would write it, in parts. What is not known stays a reference, and so
  /// does what is longer than any name: names of names of names…
  stack::Text identity_of(const stack::Ref& ref) const;

  /// What was worked out once for all of the world, as `Table(world)` does it. It lives as long as the world.
  template <class Table>
  const Table& table() const {
    if (const auto* const known = tables_.find<Table>()) {
      ++asked_;  // as it did when it was worked out
      return *known;
    }
    if (shared_ != nullptr)
      if (const auto* const known = shared_->find<Table>()) return *known;
    if constexpr (requires { Table::is_for_all_threads; }) {
      if (CommonTables* const common = shared_ == nullptr ? nullptr : shared_->common()) {
        const std::lock_guard lock(common->mutex);
        if (common->tables.find<Table>() == nullptr) make<Table>(&common->tables);
        if (const auto known = common->tables.get<Table>()) shared_->keep(known);  // and is asked for no more
        return table<Table>();
      }
    }
    return make<Table>(shared_);
  }

  /// What `work` finds out about a resource: done once in this world, and where it asks for no condition, in all the
  /// worlds of the stack.
  template <class Fact, class Work>
  std::shared_ptr<const Fact> fact(stack::ResourceId id, const Work& work) const {
    const auto& known = table<FactsOf<Fact>>();
    if (auto found = known.find(id)) return found;
    if (const auto* const own = tables_.find<OwnFacts<Fact>>())
      if (const auto found = own->of.find(id); found != own->of.end()) {
        ++asked_;  // as it did when it was worked out
        return found->second;
      }
    const std::size_t asked = asked_;
    std::shared_ptr<const Fact> found = std::make_shared<const Fact>(work());
    if (asked_ == asked) return known.keep(id, std::move(found));
    if (tables_.find<OwnFacts<Fact>>() == nullptr) tables_.keep(std::make_shared<const OwnFacts<Fact>>());
    tables_.find<OwnFacts<Fact>>()->of.emplace(id, found);
    return found;
  }

 private:
  /// Kept in `shared`, unless it rests on a condition.
  template <class Table>
  const Table& make(Tables* shared) const {
    const std::size_t asked = asked_;
    const auto table = std::make_shared<const Table>(*this);
    const bool is_shared = shared != nullptr && asked_ == asked;
    (is_shared ? *shared : tables_).keep(table);
    return *table;
  }

  /// Those that rest on no condition.
  template <class Fact>
  class Facts {
   public:
    explicit Facts(const World& world) : of_(world.stack().resources().size()) {}
    std::shared_ptr<const Fact> find(stack::ResourceId id) const { return of_[static_cast<std::size_t>(id)]; }
    std::shared_ptr<const Fact> keep(stack::ResourceId id, std::shared_ptr<const Fact> fact) const {
      return of_[static_cast<std::size_t>(id)] = std::move(fact);
    }

   private:
    mutable std::vector<std::shared_ptr<const Fact>> of_;
  };
  /// The same, for several threads (a Fact with `is_for_all_threads`). Of two that found one out at once, one keeps it.
  template <class Fact>
  class CommonFacts {
   public:
    static constexpr bool is_for_all_threads = true;
    explicit CommonFacts(const World& world)
        : of_(world.stack().resources().size()), states_(world.stack().resources().size()) {}
    std::shared_ptr<const Fact> find(stack::ResourceId id) const {
      const auto at = static_cast<std::size_t>(id);
      return states_[at].load(std::memory_order_acquire) == State::kept ? of_[at] : nullptr;
    }
    std::shared_ptr<const Fact> keep(stack::ResourceId id, std::shared_ptr<const Fact> fact) const {
      const auto at = static_cast<std::size_t>(id);
      State before = State::unknown;
      if (states_[at].compare_exchange_strong(before, State::taken, std::memory_order_acquire)) {
        of_[at] = fact;
        states_[at].store(State::kept, std::memory_order_release);
      }
      return fact;
    }

   private:
    enum class State : unsigned char { unknown, taken, kept };
    mutable std::vector<std::shared_ptr<const Fact>> of_;
    mutable std::vector<std::atomic<State>> states_;
  };
  template <class Fact>
  static constexpr bool is_common = requires {
    Fact::is_for_all_threads;
  };
  template <class Fact>
  using FactsOf = std::conditional_t<is_common<Fact>, CommonFacts<Fact>, Facts<Fact>>;
  /// Those that rest on the answers of this world.
  template <class Fact>
  struct OwnFacts {
    mutable std::map<stack::ResourceId, std::shared_ptr<const Fact>> of;
  };

  std::optional<bool> follows(const stack::Condition& condition) const;
  bool assume(stack::ConditionId condition) const;
  stack::Text expand(const stack::Text& text, int depth) const;
  stack::Text identity_of(const stack::Ref& ref, int depth) const;
  stack::Text name_of(stack::ResourceId id, const stack::OptionalText& name, int depth) const;

  const stack::Stack& stack_;
  mutable std::vector<Answer> answers_;
  mutable std::size_t asked_ = 0;
  mutable std::size_t steps_ = 0;  // that are left to write a text out
  mutable Tables tables_{};
  Tables* shared_;
};

/// Where to look: nothing but the worlds in which these answers hold, and no more than so many.
struct Limits {
  std::vector<World::Answer> given{};
  std::size_t worlds = most_worlds;
};

/// Calls judge in one world after the other until all that it can tell apart were visited; false: there are more than
/// the limit, and the rest was not visited.
bool for_each_world(const stack::Stack& stack, const std::function<void(const World&)>& judge,
                    const Limits& limits = {}, Tables* shared = nullptr);

}  // namespace secretwatch::chain
