#include <ostream>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/outputs.h"
#include "cli/spec_file.h"
#include "report/report.h"

namespace secretwatch::cli {
namespace {

std::string count(std::size_t amount, std::string_view thing) {
  return fmt::format("{} {}{}", amount, thing, amount == 1 ? "" : "s");
}

void print_summary(const SpecFile& file, Io& io) {
  std::size_t alarms = 0;
  file.plan->stack.each<stack::Alarm>([&](const stack::Resource&, const stack::Alarm&) { ++alarms; });
  io.err << fmt::format("{}: {}, {}, {}, {} of the log group's 100 filters\n", file.path,
                        count(file.spec->secrets.size(), "secret"), count(file.spec->channels.size(), "channel"),
                        count(alarms, "alarm"), file.plan->filters.size());
}

}  // namespace

Exit validate(const ValidateOptions& options, Io io) {
  SpecFile file = load_spec(options.spec, io);
  if (file.plan) {
    plan::add_notes(*file.spec, file.diagnostics);
    // Only a finished template shows whether it is too large.
    for (const std::string_view target : {"cloudformation", "cloudformation-json"})
      render(*find_emitter(target), file, "");
    if (options.verbose) plan::add_verbose_notes(*file.spec, *file.plan, file.diagnostics);
  }
  file.diagnostics.sort();
  const report::Entries entries = report::entries(file.diagnostics);
  const report::Subject subject{.version = std::string(version()), .names = {file.path}};
  if (options.format == "json") {
    io.out << report::json(entries, file.sources, subject);
  } else if (options.format == "sarif") {
    io.out << report::sarif(entries, file.sources, subject);
  } else if (options.format == "github") {
    io.out << report::github(entries, file.sources);
  } else {
    print_diagnostics(file, io);
    if (file.plan && !file.diagnostics.has_errors()) print_summary(file, io);
  }
  return file.diagnostics.has_errors() ? Exit::trouble : Exit::yes;
}

}  // namespace secretwatch::cli
