/// Two patterns on the first two lines, messages below them: no message refutes what cover.h says is proven, every
/// witness is one, and no question takes long.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "pattern/cover.h"
#include "pattern/matcher.h"

namespace {

using namespace secretwatch::pattern;

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

void require(bool is_so) {
  if (!is_so) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto a = parse(take_line(input));
  const auto b = parse(take_line(input));
  if (!a || !b) return 0;
  const Matcher is_a(*a);
  const Matcher is_b(*b);
  const Answer possible = can_select(*a);
  const Answer both = can_select_both(*a, *b);
  const Answer inclusion = includes(*a, *b);
  const Reach breadth = reach(*a);
  if (possible.verdict == Verdict::yes) require(is_a.matches(possible.witness));
  if (possible.verdict == Verdict::no) {
    require(!possible.contradictions.empty());
    require(both.verdict != Verdict::yes);
  }
  if (both.verdict == Verdict::yes) require(is_a.matches(both.witness) && is_b.matches(both.witness));
  if (inclusion.verdict == Verdict::no) require(!is_a.matches(inclusion.witness) && is_b.matches(inclusion.witness));
  std::vector<std::string> messages = {possible.witness, both.witness, inclusion.witness, breadth.exception};
  while (!input.empty()) messages.emplace_back(take_line(input));
  const Matcher is_record(every_record());
  for (const std::string& message : messages) {
    if (possible.verdict == Verdict::no) require(!is_a.matches(message));
    if (both.verdict == Verdict::no) require(!is_a.matches(message) || !is_b.matches(message));
    if (inclusion.verdict == Verdict::yes) require(is_a.matches(message) || !is_b.matches(message));
    if (breadth.breadth == Breadth::every_record) require(is_a.matches(message) || !is_record.matches(message));
  }
  return 0;
}
