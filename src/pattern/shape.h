#pragma once
/// Shape: what a conjunction of comparisons asks of a message, value by value; and the search for a message that has
/// it.
///
///     { $.a.b = "x" && $.a.c NOT EXISTS }   ->   an object with a member a, an object with a member b, the string "x",
///                                                and without a member c
///     find_message(shape, budget)           ->   {"a":{"b":"x"}}
///
/// A value is missing or of one of the kinds of JSON. A condition on what lies below a value says something about the
/// value's kind too: only objects have members, only arrays have indexed elements, wildcards see both. "For some" asks
/// for one more member or element of its own, "for every" is laid on all that there are.
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "pattern/budget.h"
#include "pattern/value_test.h"

namespace secretwatch::pattern {

/// What a value may be; `field` is a token of a delimited event, `text` a whole message.
enum class Form : std::uint16_t {
  missing = 1,
  null = 2,
  false_value = 4,
  true_value = 8,
  number = 16,
  string = 32,
  array = 64,
  object = 128,
  field = 256,
  text = 512,
};
using Forms = std::uint16_t;
inline constexpr Forms any_form = 1023;
constexpr Forms only(Form form) {
  return static_cast<Forms>(form);
}
constexpr Forms but(Form form) {
  return static_cast<Forms>(any_form & ~static_cast<Forms>(form));
}

struct Shape {
  Forms forms = any_form;
  std::vector<Wish> wishes{};        // of strings, numbers, fields and texts; other values satisfy no comparison
  bool array_holds_null = false;     // if it is an array: some element of it is null
  bool array_holds_no_null = false;  // if it is an array: none
  std::map<std::string, Shape> members{};
  std::map<std::uint64_t, Shape> elements{};
  std::vector<Shape> some{};             // each has a member or element of its own
  std::vector<Shape> every{};            // none or one: what every member and element has, if it is there
  std::vector<std::uint32_t> reasons{};  // who asked, to say which demands contradict each other
};

/// Both at once.
void merge(Shape& into, const Shape& from);

struct FoundMessage {
  Search result = Search::not_decided;
  std::string text{};
  std::vector<std::uint32_t> reasons{};  // if there is none: demands that no message meets, not always the fewest
};

/// A JSON message whose root is the shape.
FoundMessage find_json(const Shape& root, Budget& budget);
/// A message of any text.
FoundMessage find_text_message(const Shape& root, Budget& budget);
/// A message of so many fields, which are the members "0", "1", … of the root.
FoundMessage find_delimited(const Shape& root, std::size_t fields, Budget& budget);

}  // namespace secretwatch::pattern
