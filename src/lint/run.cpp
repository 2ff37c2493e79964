#include <algorithm>
#include <atomic>
#include <iterator>
#include <map>
#include <optional>
#include <tuple>

#include "chain/filter_pattern.h"
#include "lint/broken_chain.h"
#include "lint/lint.h"
#include "lint/property.h"
#include "lint/rules/catalogue.h"
#include "lint/where.h"

namespace secretwatch::lint {
namespace {

using stack::ResourceId;
using Check = void (*)(const chain::World&, ResourceId, Findings&);

bool is_same(const Finding& a, const Finding& b) {
  return a.rule == b.rule && a.resource == b.resource && a.span == b.span && a.message == b.message &&
         a.caused_by == b.caused_by;
}

/// A finding, and in which of the worlds it was made.
struct Observed {
  Finding finding;
  std::vector<bool> is_in;
};

/// One check on one resource, in one world after the other.
class Trial {
 public:
  Trial(const stack::Stack& stack, ResourceId subject, chain::Tables& tables)
      : stack_(stack), subject_(subject), tables_(tables) {}

  /// In all the worlds where the answers hold. False: there are more of them than the limit.
  bool judge(Check check, const Answers& answers, std::size_t most_worlds) {
    const auto try_in = [&](const chain::World& world) {
      Findings found;
      check(world, subject_, found);
      observe(std::move(found), world);
    };
    const std::size_t before = worlds_.size();
    is_complete_ = is_complete_ && before < most_worlds &&
                   chain::for_each_world(stack_, try_in, {answers, most_worlds - before}, &tables_);
    return is_complete_;
  }

  /// What the check found in the next world.
  void observe(Findings found, const chain::World& world) {
    observe(found.take());
    worlds_.push_back(world.answers());
  }

  /// Those that are selected.
  std::vector<Finding> take(const Selection& selection) {
    std::vector<Finding> findings;
    for (Observed& observed : observed_) {
      if (!is_selected(*observed.finding.rule, selection)) continue;
      observed.is_in.resize(worlds_.size(), false);
      const bool is_everywhere = std::find(observed.is_in.begin(), observed.is_in.end(), false) == observed.is_in.end();
      if (!is_complete_ || !speaks_everywhere(*observed.finding.rule)) observed.finding.likely();
      if (!is_everywhere) observed.finding.note("{}", describe_where(stack_, worlds_, observed.is_in));
      const auto first = static_cast<std::size_t>(std::find(observed.is_in.begin(), observed.is_in.end(), true) -
                                                  observed.is_in.begin());
      observed.finding.chain = broken_chain(chain::World(stack_, worlds_[first], &tables_), observed.finding);
      findings.push_back(std::move(observed.finding));
    }
    return findings;
  }

 private:
  void observe(std::vector<Finding> found) {
    const std::size_t number = worlds_.size();
    for (Finding& finding : found) {
      const auto known = std::find_if(observed_.begin(), observed_.end(),
                                      [&](const Observed& o) { return is_same(o.finding, finding); });
      const bool is_new = known == observed_.end();
      Observed& observed = is_new ? observed_.emplace_back() : *known;
      if (is_new) {
        observed.finding = std::move(finding);
      } else {
        observed.finding.lower(finding.severity);
        if (finding.precision == Precision::likely) observed.finding.precision = Precision::likely;
      }
      observed.is_in.resize(number, false);
      if (observed.is_in.size() == number) observed.is_in.push_back(true);
    }
  }

  /// In each world, at one place or another.
  bool speaks_everywhere(const Rule& rule) const {
    for (std::size_t i = 0; i < worlds_.size(); ++i) {
      const bool speaks = std::any_of(observed_.begin(), observed_.end(), [&](const Observed& o) {
        return o.finding.rule == &rule && i < o.is_in.size() && o.is_in[i];
      });
      if (!speaks) return false;
    }
    return true;
  }

  const stack::Stack& stack_;
  ResourceId subject_;
  chain::Tables& tables_;
  std::vector<Answers> worlds_;  // in which the resource is there
  std::vector<Observed> observed_;
  bool is_complete_ = true;
};

std::vector<Check> checks_of(std::span<const Rule* const> rules) {
  std::vector<Check> checks;
  for (const Rule* rule : rules)
    if (rule->check != nullptr && std::find(checks.begin(), checks.end(), rule->check) == checks.end())
      checks.push_back(rule->check);
  return checks;
}

/// All that is undecided about a resource, in one finding.
void join_undecided(std::vector<Finding>& findings) {
  Finding* first = nullptr;
  std::vector<Finding> kept;
  kept.reserve(findings.size());
  for (Finding& finding : findings) {
    if (finding.rule != &rules::chain_undecided || first == nullptr) {
      kept.push_back(std::move(finding));
      if (kept.back().rule == &rules::chain_undecided) first = &kept.back();
      continue;
    }
    const bool is_told = first->message == finding.message ||
                         std::any_of(first->related.begin(), first->related.end(),
                                     [&](const Related& r) { return r.message == finding.message; });
    if (!is_told) first->relate(finding.span, "{}", finding.message);
  }
  findings = std::move(kept);
}

/// The answers by which the resource is there, and whether these are all.
struct Presence {
  std::vector<Answers> where;
  bool is_complete = true;
};

Presence presence_of(const stack::Stack& stack, ResourceId subject, std::size_t most_worlds) {
  if (!stack[subject].presence) return {{Answers()}};
  Presence presence;
  const auto look = [&](const chain::World& world) {
    if (!world.is_there(subject)) return;
    Answers answers = world.answers();
    for (chain::World::Answer& answer : answers) answer.is_last = true;
    presence.where.push_back(std::move(answers));
  };
  presence.is_complete = chain::for_each_world(stack, look, {{}, most_worlds});
  return presence;
}

/// All checks on one resource.
class Judge {
 public:
  Judge(const stack::Stack& stack, ResourceId subject, const Options& options, chain::Tables& tables)
      : stack_(stack),
        subject_(subject),
        options_(options),
        tables_(tables),
        presence_(presence_of(stack, subject, options.most_worlds)),
        is_complete_(presence_.is_complete) {}

  std::vector<Finding> judge(const std::vector<Check>& checks) {
    for (const Check check : checks)
      if (presence_.where.size() != 1 || !settles(check)) split(check);
    if (!is_complete_ && is_selected(rules::chain_undecided, options_.selection)) {
      Findings limit;
      limit.undecided(subject_, stack_[subject_].span,
                      "more than {} combinations of conditions decide about it; the rest were not looked at",
                      options_.most_worlds);
      take(limit.take());
    }
    join_undecided(findings_);
    return std::move(findings_);
  }

 private:
  /// Most checks ask for no condition: all of these are done in one world. False: this one asks.
  bool settles(Check check) {
    const Answers& given = presence_.where.front();
    if (!plain_) plain_.emplace(stack_, given, &tables_);
    Findings found;
    check(*plain_, subject_, found);
    if (plain_->answers().size() != given.size()) {
      plain_.reset();
      return false;
    }
    if (found.all().empty()) return true;
    Trial trial(stack_, subject_, tables_);
    trial.observe(std::move(found), *plain_);
    take(trial.take(options_.selection));
    return true;
  }

  void split(Check check) {
    Trial trial(stack_, subject_, tables_);
    for (const Answers& answers : presence_.where)
      is_complete_ = trial.judge(check, answers, options_.most_worlds) && is_complete_;
    take(trial.take(options_.selection));
  }

  void take(std::vector<Finding> findings) {
    std::move(findings.begin(), findings.end(), std::back_inserter(findings_));
  }

  const stack::Stack& stack_;
  ResourceId subject_;
  const Options& options_;
  chain::Tables& tables_;
  Presence presence_;
  std::optional<chain::World> plain_{};  // in which nothing but the presence was asked for
  std::vector<Finding> findings_{};
  bool is_complete_;
};

/// Of several that find the same fault of another resource, one speaks: the alarms of a topic that nobody hears.
class Tellers {
 public:
  explicit Tellers(std::vector<Finding>& findings) : findings_(findings) {}

  void add(ResourceId teller, Finding finding) {
    const bool is_of_another = finding.resource && *finding.resource != teller && !finding.span.is_nowhere();
    if (is_of_another) {
      const auto [known, is_new] = first_.try_emplace(
          {finding.rule->id, *finding.resource, finding.span.file, finding.span.begin, finding.span.end},
          First{findings_.size(), teller});
      if (!is_new && known->second.teller != teller) return join(std::move(finding), findings_[known->second.place]);
    }
    findings_.push_back(std::move(finding));
  }

 private:
  struct First {
    std::size_t place;
    ResourceId teller;
  };

  static void join(Finding finding, Finding& first) {
    const bool is_worse = first.severity < finding.severity ||
                          (first.severity == finding.severity && first.precision == Precision::likely &&
                           finding.precision != Precision::likely);
    if (is_worse) std::swap(first, finding);
    for (Related& related : finding.related) {
      const bool is_told = std::any_of(first.related.begin(), first.related.end(), [&](const Related& each) {
        return each.message == related.message && each.span == related.span;
      });
      if (!related.span.is_nowhere() && !is_told) first.related.push_back(std::move(related));
    }
  }

  std::vector<Finding>& findings_;
  std::map<std::tuple<std::string_view, ResourceId, FileId, std::uint32_t, std::uint32_t>, First> first_;
};

/// The finding that each follows from, as its position; nothing: it speaks for itself.
class Causes {
 public:
  explicit Causes(const std::vector<Finding>& findings) : parents_(findings.size()) {
    std::map<std::pair<std::string_view, ResourceId>, std::size_t> by_place;
    for (std::size_t i = 0; i < findings.size(); ++i)
      if (findings[i].resource) by_place.try_emplace({findings[i].rule->id, *findings[i].resource}, i);
    for (std::size_t i = 0; i < findings.size(); ++i) {
      const std::optional<Cause>& cause = findings[i].caused_by;
      if (!cause) continue;
      const auto found = by_place.find({cause->rule, cause->resource});
      if (found != by_place.end() && found->second != i) parents_[i] = found->second;
    }
    // Of findings that follow from one another one speaks.
    for (std::size_t i = 0; i < findings.size(); ++i)
      if (root_of(i) == findings.size()) parents_[i].reset();
  }

  bool has(std::size_t finding) const { return parents_[finding].has_value(); }

  /// The number of findings, when there is no end to it.
  std::size_t root_of(std::size_t finding) const {
    constexpr int longest = 32;
    for (int steps = 0; steps < longest; ++steps) {
      if (!parents_[finding]) return finding;
      finding = *parents_[finding];
    }
    return parents_.size();
  }

 private:
  std::vector<std::optional<std::size_t>> parents_;
};

/// The first broken link speaks, and names what follows from it.
void fold(std::vector<Finding>& findings) {
  const Causes causes(findings);
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (!causes.has(i)) continue;
    const Finding& follows = findings[i];
    findings[causes.root_of(i)].relate(follows.span, "it follows that {} ({})", follows.message, follows.rule->id);
  }
  std::vector<Finding> kept;
  for (std::size_t i = 0; i < findings.size(); ++i)
    if (!causes.has(i)) kept.push_back(std::move(findings[i]));
  findings = std::move(kept);
}

auto place_in_order(const Finding& finding) {
  return std::tuple(finding.span.is_nowhere(), finding.span.file, finding.span.begin,
                    std::string_view(finding.rule->id), finding.span.end, std::string_view(finding.message));
}

}  // namespace

void sort(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding& a, const Finding& b) { return place_in_order(a) < place_in_order(b); });
}

namespace {

/// Things that several threads take until there are no more.
class Pieces {
 public:
  explicit Pieces(std::size_t count) : count_(count) {}

  template <class Work>
  void take(const Work& work) {
    constexpr std::size_t block = 16;  // neighbours, which are of one kind or belong together
    for (std::size_t begin = next_.fetch_add(block); begin < count_; begin = next_.fetch_add(block))
      for (std::size_t i = begin; i < std::min(begin + block, count_); ++i) work(i);
  }

 private:
  std::size_t count_;
  std::atomic<std::size_t> next_ = 0;
};

/// Of each resource by itself, in their order; the work is the same however it is divided.
std::vector<std::vector<Finding>> judge_each(const stack::Stack& stack, const Options& options) {
  constexpr std::size_t fewest = 64;  // of less than these each thread would have little
  const std::vector<Check> checks = checks_of(options.rules);
  const std::vector<ResourceId>& filters = stack.ids<stack::MetricFilter>();
  std::vector<std::vector<Finding>> found(stack.resources().size());
  const bool is_divided = options.threads > 1 && found.size() >= fewest;
  chain::CommonTables common;
  Pieces to_read(filters.size());  // before all else: most checks ask for every pattern
  Pieces to_judge(found.size());
  const auto work = [&](std::size_t) {
    chain::Tables tables(is_divided ? &common : nullptr);
    to_read.take([&](std::size_t i) { chain::read_pattern(chain::World(stack, {}, &tables), filters[i]); });
    to_judge.take(
        [&](std::size_t i) { found[i] = Judge(stack, static_cast<ResourceId>(i), options, tables).judge(checks); });
  };
  if (is_divided)
    options.for_each(options.threads, work);
  else
    work(0);
  return found;
}

}  // namespace

std::vector<Finding> run(const stack::Stack& stack, const Options& options) {
  std::vector<Finding> findings;
  Tellers tellers(findings);
  std::vector<std::vector<Finding>> found = judge_each(stack, options);
  for (std::size_t i = 0; i < found.size(); ++i)
    for (Finding& finding : found[i]) tellers.add(static_cast<ResourceId>(i), std::move(finding));
  sort(findings);
  fold(findings);
  for (Finding& finding : findings) {
    if (!finding.resource) continue;
    const stack::Resource& resource = stack[*finding.resource];
    finding.address = resource.address.empty() ? resource.label : resource.address;
    finding.property = property_at(resource.body, finding.span);
  }
  // Two resources that are judged by the same property tell one thing.
  const auto tells_the_same = [](const Finding& a, const Finding& b) {
    return !a.span.is_nowhere() && a.rule == b.rule && a.span == b.span && a.message == b.message;
  };
  findings.erase(std::unique(findings.begin(), findings.end(), tells_the_same), findings.end());
  return findings;
}

}  // namespace secretwatch::lint
