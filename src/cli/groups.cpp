#include "cli/groups.h"

#include <deque>

#include "cli/parallel.h"
#include "load/join.h"

namespace secretwatch::cli {
namespace {

/// The templates of a run, and which input each is.
struct Templates {
  std::vector<load::LinkedTemplate> linked;
  std::vector<std::size_t> inputs;
};

Templates templates_of(const Inputs& inputs, const JudgeOptions& options, std::vector<Judged>& all) {
  Templates templates;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!all[i].links) continue;
    const load::TemplateOptions place = template_options(inputs.all[i], options);
    templates.linked.push_back(
        {inputs.sources.name(inputs.all[i].file), place.region + " " + place.account, *std::move(all[i].links)});
    templates.inputs.push_back(i);
  }
  return templates;
}

void judge_group(const Inputs& inputs, const JudgeOptions& options, const Templates& templates,
                 const load::Group& group, const load::TemplateFinder& finder, std::vector<Judged>& all) {
  Diagnostics told;  // when each was judged alone
  std::deque<doc::Node> roots;
  std::vector<load::Member> members;
  for (const std::size_t number : group.members) {
    const Input& input = inputs.all[templates.inputs[number]];
    std::optional<doc::Node> root = doc::read(inputs.sources, input.file, load::template_limits, told);
    if (!root) return;
    members.push_back({&roots.emplace_back(*std::move(root)), template_options(input, options)});
  }
  const load::Joined joined = load::join(group, finder, members);
  for (std::size_t i = 0; i < members.size(); ++i)
    if (joined.is_loaded[i]) all[templates.inputs[group.members[i]]].findings.clear();
  std::vector<lint::Finding>& findings = all[templates.inputs[group.roots.front()]].findings;
  findings = lint::run(joined.stack, options.lint);
  for (std::size_t i = 0; i < members.size(); ++i)
    find_fixes(inputs.sources, inputs.all[templates.inputs[group.members[i]]], roots[i], joined.stack, findings);
}

}  // namespace

void judge_groups(const Inputs& inputs, const JudgeOptions& options, std::size_t threads, std::vector<Judged>& all) {
  const Templates templates = templates_of(inputs, options, all);
  const load::TemplateFinder finder(templates.linked);
  const std::vector<load::Group> groups = load::groups_of(finder, templates.linked.size());
  in_parallel(groups.size(), threads,
              [&](std::size_t i) { judge_group(inputs, options, templates, groups[i], finder, all); });
}

}  // namespace secretwatch::cli
