/// Arbitrary bytes as a template, a parameter file and an assembly: no crash, no hang, and what is read passes the
/// stack's own checks.
#include <cstdint>
#include <cstdlib>

#include "doc/doc.h"
#include "load/load.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace secretwatch;
  Sources sources;
  Diagnostics out;
  const FileId file = sources.add("template", std::string(reinterpret_cast<const char*>(data), size));
  load::detect("template", sources.text(file));
  const auto root = doc::read(sources, file, load::template_limits, out);
  if (!root) {
    if (!out.has_errors()) std::abort();
    return 0;
  }
  for (const doc::Comment& comment : doc::comments_of(sources, file, *root))
    if (comment.text.empty() || comment.text.front() != '#') std::abort();
  const std::size_t errors_before = out.error_count();
  if (const auto stack = load::cloudformation(*root, {.parameters = {{"P", "x"}}}, out)) {
    if (!stack::verify(*stack).empty()) std::abort();
    stack::dump(*stack);
  } else if (out.error_count() == errors_before) {
    std::abort();
  }
  Diagnostics others;
  load::read_parameters(*root, others);
  load::read_assembly(*root, others);
  return 0;
}
