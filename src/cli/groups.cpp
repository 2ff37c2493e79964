#include "cli/groups.h"

#include <algorithm>
#include <deque>

#include "lint/defaults.h"
#include "load/join.h"
#include "load/spec_mark.h"

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

/// One group, as it is read.
class GroupJudge {
 public:
  GroupJudge(const Inputs& inputs, const JudgeOptions& options, const Templates& templates,
             const load::TemplateFinder& finder, const load::Group& group)
      : inputs_(inputs), options_(options), templates_(templates), finder_(finder), group_(group) {}

  void run(std::vector<Judged>& all) {
    if (!read()) return;
    const load::Joined joined = join();
    std::vector<lint::Finding> findings = findings_of(joined.stack);
    const auto& parameters = joined.stack.parameters;
    if (std::any_of(parameters.begin(), parameters.end(), [](const auto& each) { return each.default_value; })) {
      for (load::Member& member : members_) member.options.defaults_decide = false;
      findings = lint::weigh_defaults(joined.stack, std::move(findings), findings_of(join().stack));
    }
    for (std::size_t i = 0; i < members_.size(); ++i)
      if (joined.is_loaded[i]) all[templates_.inputs[group_.members[i]]].findings.clear();
    all[templates_.inputs[group_.roots.front()]].findings = std::move(findings);
  }

 private:
  const Input& input(std::size_t member) const { return inputs_.all[templates_.inputs[group_.members[member]]]; }

  bool read() {
    Diagnostics told;  // when each was judged alone
    for (std::size_t i = 0; i < group_.members.size(); ++i) {
      std::optional<doc::Node> root = doc::read(inputs_.sources, input(i).file, load::template_limits, told);
      if (!root) return false;
      members_.push_back({&roots_.emplace_back(*std::move(root)), template_options(input(i), options_)});
    }
    return true;
  }

  /// With the spec of the first that was made from one.
  load::Joined join() const {
    load::Joined joined = load::join(group_, finder_, members_);
    for (std::size_t i = 0; i < members_.size() && joined.stack.spec_hash.empty(); ++i)
      joined.stack.spec_hash = load::spec_hash_in(inputs_.sources.text(input(i).file));
    return joined;
  }

  std::vector<lint::Finding> findings_of(const stack::Stack& stack) const {
    std::vector<lint::Finding> findings = lint::run(stack, options_.lint);
    for (std::size_t i = 0; i < members_.size(); ++i) find_fixes(inputs_.sources, input(i), roots_[i], stack, findings);
    return findings;
  }

  const Inputs& inputs_;
  const JudgeOptions& options_;
  const Templates& templates_;
  const load::TemplateFinder& finder_;
  const load::Group& group_;
  std::deque<doc::Node> roots_;
  std::vector<load::Member> members_;
};

}  // namespace

void judge_groups(const Inputs& inputs, const JudgeOptions& options, Crew& crew, std::vector<Judged>& all) {
  const Templates templates = templates_of(inputs, options, all);
  const load::TemplateFinder finder(templates.linked);
  const std::vector<load::Group> groups = load::groups_of(finder, templates.linked.size());
  crew.for_each(groups.size(),
                [&](std::size_t i) { GroupJudge(inputs, options, templates, finder, groups[i]).run(all); });
}

}  // namespace secretwatch::cli
