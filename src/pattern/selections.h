#pragma once
/// Selections: the selectors of many patterns as one tree, looked up in a message together and at most once.
///
///     Selections all;
///     const auto name = all.add(*parse_selector("$.eventName"));
///     const auto id = all.add(*parse_selector("$.requestParameters.secretId"));
///     Selections::Found found;
///     found.begin(all, message);
///     found.values(id);   // reads the members of the message, then those of requestParameters; eventName is known now
///
/// Names wanted of one object are found in one pass over it.
#include <array>
#include <cstdint>
#include <vector>

#include "json/document.h"
#include "pattern/pattern.h"

namespace secretwatch::pattern {

class Selections {
 public:
  /// The number of a selector, the same for the same selector; also of what it goes through.
  using Id = std::uint32_t;
  static constexpr Id root = 0;

  Selections() : nodes_(1) {}
  Id add(const Selector& selector);

  /// What a message has; used again for the next one.
  class Found {
   public:
    void begin(const Selections& selections, const json::Document& message);
    /// In the order of the message.
    const std::vector<json::Token>& values(Id selector);

   private:
    struct Node {
      std::uint64_t message = 0;          // for which the values are known
      std::uint64_t members_message = 0;  // for which those of all named members are
      std::vector<json::Token> values;
    };
    void find_members(Id parent);
    void take_members(Id parent, json::Token object);
    void take_step(Id selector, Id parent);

    const Selections* selections_ = nullptr;
    const json::Document* message_ = nullptr;
    std::uint64_t number_ = 0;
    std::vector<Node> nodes_;
    std::vector<Id> way_;
    std::string scratch_;
  };

 private:
  static constexpr std::size_t lengths = 32;
  struct Node {
    Id parent = root;
    Step step{};
    std::vector<Id> children{};
    /// Wanted members by the length of their name, modulo `lengths`.
    std::array<std::vector<Id>, lengths> members{};
  };
  Id add(Id parent, const Step& step);

  std::vector<Node> nodes_;
};

}  // namespace secretwatch::pattern
