/// Arbitrary bytes as a Terraform file: no crash, no hang; what parses prints to a fixed point, what does not has an
/// error; every argument has a value within the limits, or a reason why it has none.
#include <cstdint>
#include <cstdlib>

#include "hcl/evaluate.h"
#include "hcl/hcl.h"

namespace {

using namespace secretwatch::hcl;

std::optional<File> parse_file(const std::string& text) {
  secretwatch::Sources sources;
  secretwatch::Diagnostics out;
  auto file = parse(sources, sources.add("main.tf", text), {}, out);
  if (file.has_value() == out.has_errors()) std::abort();
  return file;
}

/// `var.…` is not known, `aws_….…` is a resource, and nothing else exists.
class Names : public Resolver {
 public:
  Answer resolve(std::span<const std::string_view> names, const secretwatch::Span& where) override {
    const std::string name(names[0]);
    if (name == "var") return {Value(Unknown{"no value", "var." + std::string(names.back())}, where), names.size()};
    if (name.starts_with("aws_")) return {Value(Reference{name, 1, {}}, where), 2};
    return {Value(Unknown{"no such name", {}, true}, where), 1};
  }
};

void evaluate_all(const Body& body, Bounds& bounds) {
  Names names;
  for (const Attribute& attribute : body.attributes) {
    const Value value = evaluate(attribute.value, names, bounds);
    if (value.size() > greatest_size || value.height() > greatest_height + 1) std::abort();
    if (value.unknown() != nullptr && value.unknown()->reason.empty()) std::abort();
    print(value);
  }
  for (const Block& block : body.blocks) evaluate_all(block.body, bounds);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = parse_file(std::string(reinterpret_cast<const char*>(data), size));
  if (!file) return 0;
  const std::string printed = print(file->body);
  const auto again = parse_file(printed);
  if (!again || print(again->body) != printed) std::abort();
  Bounds bounds;
  bounds.steps = 20'000;
  evaluate_all(file->body, bounds);
  return 0;
}
