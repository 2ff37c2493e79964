#include <ostream>

#include <fmt/format.h>

#include "base/suggest.h"
#include "cli/commands.h"
#include "cli/starter_specs.h"

namespace secretwatch::cli {

std::vector<std::string_view> template_names() {
  std::vector<std::string_view> names;
  for (const StarterSpec& starter : starter_specs) names.push_back(starter.name);
  return names;
}

Exit init(const InitOptions& options, Io io) {
  const StarterSpec* chosen = nullptr;
  for (const StarterSpec& starter : starter_specs)
    if (starter.name == options.template_name) chosen = &starter;
  if (chosen == nullptr) {
    const std::vector<std::string_view> names = template_names();
    io.err << fmt::format("secretwatch: unknown template '{}'; the templates are {}\n", options.template_name,
                          fmt::join(names, ", "));
    const std::string meant = nearest(options.template_name, names);
    if (!meant.empty()) io.err << fmt::format("  note: did you mean '{}'?\n", meant);
    return Exit::trouble;
  }
  if (options.output == "-") {
    io.out << chosen->text;
    return Exit::yes;
  }
  if (!options.force && io.files.exists(options.output)) {
    io.err << fmt::format("secretwatch: '{}' is there already; --force overwrites it\n", options.output);
    return Exit::trouble;
  }
  if (const std::string problem = io.files.write({{options.output, std::string(chosen->text)}}); !problem.empty()) {
    io.err << "secretwatch: " << problem << "\n";
    return Exit::trouble;
  }
  io.out << options.output << "\n";
  io.err << fmt::format("edit it, then: secretwatch compile {} --to cloudformation\n",
                        options.output == "secretwatch.yaml" ? "" : options.output);
  return Exit::yes;
}

}  // namespace secretwatch::cli
