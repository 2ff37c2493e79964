/// Patterns, a line each, an empty line, a message: all of them in one pass select it as each alone does, the reader
/// of tokens takes for JSON what the reader of trees takes, and the explanation has the verdict.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "json/document.h"
#include "pattern/explain.h"
#include "pattern/index.h"
#include "pattern/json.h"
#include "pattern/matcher.h"
#include "pattern/pattern.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace secretwatch;
  const std::string input(reinterpret_cast<const char*>(data), size);
  const std::size_t middle = std::min(input.find("\n\n"), input.size());
  const std::string message = input.substr(std::min(middle + 2, input.size()));
  std::vector<pattern::Filter> filters;
  for (std::size_t begin = 0; begin < middle && filters.size() < 50;) {
    const std::size_t end = std::min(input.find('\n', begin), middle);
    if (const auto filter = pattern::parse(input.substr(begin, end - begin))) filters.push_back(*filter);
    begin = end + 1;
  }
  const pattern::FilterIndex index(filters);
  pattern::FilterIndex::Judge judge(index);
  std::vector<pattern::FilterIndex::FilterId> alone;
  for (std::size_t i = 0; i < filters.size(); ++i) {
    const bool selects = pattern::Matcher(filters[i]).matches(message);
    if (selects) alone.push_back(static_cast<pattern::FilterIndex::FilterId>(i));
    if (pattern::Explainer(filters[i]).explain(message).selects != selects) std::abort();
  }
  if (judge.select(message) != alone) std::abort();
  json::Reader reader;
  if ((reader.read(message).document != nullptr) != pattern::read_json(message).has_value()) std::abort();
  return 0;
}
