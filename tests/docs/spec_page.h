#pragma once
/// docs/spec.md as Markdown, from the JSON Schema, the catalogue of detections and the table of what only the compiler
/// refuses.
#include <string>

namespace secretwatch::testing {

std::string spec_page();

}  // namespace secretwatch::testing
