/// Arbitrary bytes as a Terraform file: no crash, no hang; what parses prints to a fixed point, what does not has an
/// error.
#include <cstdint>
#include <cstdlib>

#include "hcl/hcl.h"

namespace {

std::optional<secretwatch::hcl::File> parse(const std::string& text) {
  using namespace secretwatch;
  Sources sources;
  Diagnostics out;
  auto file = hcl::parse(sources, sources.add("main.tf", text), {}, out);
  if (file.has_value() == out.has_errors()) std::abort();
  return file;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace secretwatch;
  const auto file = parse(std::string(reinterpret_cast<const char*>(data), size));
  if (!file) return 0;
  const std::string printed = hcl::print(file->body);
  const auto again = parse(printed);
  if (!again || hcl::print(again->body) != printed) std::abort();
  return 0;
}
