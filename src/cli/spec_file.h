#pragma once
/// Spec file: from a path to a plan, the way every command takes that begins with a spec.
#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "base/source.h"
#include "cli/io.h"
#include "doc/doc.h"
#include "model/model.h"
#include "plan/plan.h"

namespace secretwatch::cli {

namespace codes {
inline constexpr Code unreadable{"SW0012", "unreadable"};
inline constexpr Code template_too_large{"SW0158", "template-too-large"};
inline constexpr Code template_size{"SW0181", "template-size", Severity::note};
}  // namespace codes

inline constexpr const char* default_spec = "secretwatch.yaml";

struct SpecFile {
  Sources sources;
  Diagnostics diagnostics;  // faults and warnings
  std::optional<model::Spec> spec;
  std::optional<plan::Plan> plan;  // present: the spec has no fault
  std::string path;                // "<stdin>" for "-"
};

/// Reads, parses, checks and plans; "-" is standard input. Never throws.
SpecFile load_spec(const std::string& path, Io& io);

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// At most `most` bytes and one more, as Files::read.
FileText read_standard_input(std::istream& in, std::size_t most);

/// As load_spec, of a document that has been read.
struct CompiledSpec {
  std::optional<model::Spec> spec;
  std::optional<plan::Plan> plan;
};
CompiledSpec compile_spec(const doc::Node& root, Diagnostics& out);

/// Prints the diagnostics for a person, sorted, on io.err.
void print_diagnostics(SpecFile& file, Io& io);

}  // namespace secretwatch::cli
