#include "cli/spec_file.h"

#include <algorithm>
#include <istream>
#include <ostream>

#include <fmt/format.h>
#include <xxhash.h>

#include "doc/doc.h"
#include "report/report.h"

namespace secretwatch::cli {

FileText read_standard_input(std::istream& in, std::size_t most) {
  FileText result;
  char chunk[64 * 1024];
  while (result.text.size() <= most && in) {
    in.read(chunk, static_cast<std::streamsize>(std::min(sizeof chunk, most + 1 - result.text.size())));
    result.text.append(chunk, static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad()) result.problem = "it cannot be read to its end";
  return result;
}

CompiledSpec compile_spec(const doc::Node& root, Diagnostics& out) {
  CompiledSpec compiled;
  compiled.spec = model::parse(root, out);
  if (!compiled.spec) return compiled;
  model::check(*compiled.spec, out);
  if (!out.has_errors()) compiled.plan = plan::plan(*compiled.spec, out);
  return compiled;
}

SpecFile load_spec(const std::string& path, Io& io) {
  const doc::Limits limits;
  SpecFile file;
  file.path = shown_path(path);
  FileText read = path == "-" ? read_standard_input(io.in, limits.bytes) : io.files.read(path, limits.bytes);
  if (!read) {
    const FileId nothing = file.sources.add(file.path, "");
    file.diagnostics.add(codes::unreadable, {nothing, 0, 0}, "'{}' cannot be read: {}", file.path, read.problem);
    return file;
  }
  const std::string hash = fmt::format("{:016x}", XXH3_64bits(read.text.data(), read.text.size()));
  if (read.text.starts_with(byte_order_mark)) read.text.erase(0, byte_order_mark.size());
  const FileId id = file.sources.add(file.path, std::move(read.text));
  const std::optional<doc::Node> root = doc::read_yaml(file.sources, id, limits, file.diagnostics);
  if (!root) return file;
  CompiledSpec compiled = compile_spec(*root, file.diagnostics);
  file.spec = std::move(compiled.spec);
  file.plan = std::move(compiled.plan);
  if (!file.plan) return file;
  file.plan->stack.spec_hash = hash;
  return file;
}

void print_diagnostics(SpecFile& file, Io& io) {
  file.diagnostics.sort();
  io.err << report::text(report::entries(file.diagnostics), file.sources, {.colour = io.colour});
}

}  // namespace secretwatch::cli
