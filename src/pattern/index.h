#pragma once
/// Index: many filters held against a message in one pass.
///
///     const FilterIndex index(filters);                     // a hundred of them, say
///     FilterIndex::Judge judge(index);
///     judge.select({R"({"eventName": "GetSecretValue"})"});   // numbers of the filters that select it, ascending
///
/// The answer is that of matches(filter, message) for each filter. What is shared is done once: a selector is looked up
/// at most once in a message, a comparison made at most once. Most filters are not looked at at all: where a filter
/// cannot hold unless a field has one of some texts (secretId is "db" or "*:secret:db-*"), it is hung on these texts,
/// and judged only when the field's value may fit one of them (anchors.h). Filters that agree in a condition
/// (`$.eventSource = "secretsmanager.amazonaws.com"`) wait behind it.
/// An FilterIndex never changes and may be used by several threads, each with a Judge of its own.
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "json/document.h"
#include "pattern/pattern.h"

namespace secretwatch::pattern {

class FilterIndex {
 public:
  using FilterId = std::uint32_t;

  explicit FilterIndex(const std::vector<Filter>& filters);
  /// None may be null; they are not needed any more afterwards.
  explicit FilterIndex(const std::vector<const Filter*>& filters);
  ~FilterIndex();
  FilterIndex(const FilterIndex&) = delete;
  FilterIndex& operator=(const FilterIndex&) = delete;

  /// Does any filter look at the characters of the message (terms, regular expressions, delimited patterns)?
  bool needs_text() const;
  /// Does any filter look into the message as JSON?
  bool needs_json() const;

  class Judge;

 private:
  struct Plan;
  std::unique_ptr<const Plan> plan_;
};

/// A message as filters see it. `document` may be null where the text is no JSON; `text` may be empty if no filter
/// needs it.
struct Message {
  std::string_view text;
  const json::Document* document = nullptr;
};

class FilterIndex::Judge {
 public:
  /// The index must outlive it.
  explicit Judge(const FilterIndex& index);
  ~Judge();
  Judge(const Judge&) = delete;
  Judge& operator=(const Judge&) = delete;

  /// Good until the next call.
  const std::vector<FilterId>& select(const Message& message);
  /// Reads the text as JSON, if that is needed.
  const std::vector<FilterId>& select(std::string_view text);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace secretwatch::pattern
