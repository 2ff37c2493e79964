/// A pattern on the first line, a message below it: no crash, no hang; what parses prints to a fixed point that selects
/// the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "pattern/pattern.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace secretwatch::pattern;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(input.find('\n'), input.size());
  const std::string_view message = input.substr(std::min(end + 1, input.size()));
  const auto filter = parse(input.substr(0, end));
  if (!filter) {
    if (filter.error().message.empty() || filter.error().offset > end) std::abort();
    return 0;
  }
  const std::string printed = print(*filter);
  const auto again = parse(printed);
  if (!again || print(*again) != printed) std::abort();
  if (matches(*filter, message) != matches(*again, message)) std::abort();
  return 0;
}
