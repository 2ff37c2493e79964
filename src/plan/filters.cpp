#include "plan/filters.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/text.h"
#include "plan/callers.h"
#include "plan/forms.h"
#include "plan/plan.h"

namespace secretwatch::plan {
namespace {

using model::Watched;
using pattern::Expression;

/// A selection of a field's events and forms.
struct Slice {
  const Field* field = nullptr;
  std::vector<Watched> events;
  std::vector<Expression> forms;
};

/// Which of the callers in `only` a part counts; `earlier` were counted by parts before it.
struct Share {
  std::vector<CallerField> counted;
  std::vector<CallerField> earlier;
};

bool is_refused(const Watched& watched) {
  return watched.refused;
}

/// `$.eventName = "A" || …`, with `$.errorCode = "*"` for those that count only when refused.
Expression event_test(const std::vector<Watched>& events, bool all_refused) {
  std::vector<Expression> any_call;
  std::vector<Expression> refused;
  for (const Watched& watched : events) {
    const bool needs_error = watched.refused && !all_refused;
    (needs_error ? refused : any_call).push_back(pattern::equals("$.eventName", std::string(watched.event->name)));
  }
  if (!refused.empty())
    any_call.push_back(pattern::all_of({pattern::equals("$.errorCode", "*"), pattern::any_of(std::move(refused))}));
  return pattern::any_of(std::move(any_call));
}

class Cutter {
 public:
  Cutter(const model::Alert& alert, std::string region, std::vector<Field> fields)
      : region_(std::move(region)), fields_(std::move(fields)) {
    if (alert.except) exclusions_ = exclude(caller_fields(*alert.except));
    if (alert.only) everybody_.counted = caller_fields(*alert.only);
  }

  /// False: something does not fit even alone; `longest()` characters would be needed.
  bool run() {
    for (Field& field : fields_) use_regex_where_exclusions_do_not_fit(field);
    std::vector<Slice> whole;
    for (const Field& field : fields_) whole.push_back({&field, field.events, field.forms});
    if (const Candidate candidate = make(whole, everybody_); candidate.fits) {
      emit(candidate, whole, "");
    } else if (whole.size() == 1) {
      cut_by_event(whole.front(), "");
    } else {
      for (const Slice& slice : whole) {
        if (fits({slice}, everybody_)) {
          emit({slice}, everybody_, slice.field->suffix);
        } else {
          cut_by_event(slice, slice.field->suffix);
        }
      }
    }
    return longest_ == 0;
  }

  std::vector<FilterPart> take_parts() { return std::move(parts_); }
  std::size_t longest() const { return longest_; }

 private:
  pattern::Filter build(const std::vector<Slice>& slices, const Share& share) const {
    std::vector<Expression> terms{pattern::equals("$.eventSource", std::string(model::event_source))};
    if (!region_.empty()) terms.push_back(pattern::equals("$.awsRegion", region_));
    const bool all_refused = std::all_of(slices.begin(), slices.end(), [](const Slice& slice) {
      return std::all_of(slice.events.begin(), slice.events.end(), is_refused);
    });
    if (all_refused) terms.push_back(pattern::equals("$.errorCode", "*"));
    std::vector<Expression> branches;
    for (const Slice& slice : slices) {
      std::vector<Expression> branch{event_test(slice.events, all_refused)};
      // Within one filter nothing counts twice; between filters the guards see to it.
      if (slices.size() < fields_.size() || slice.forms.empty())
        for (const Expression& guard : slice.field->guards) branch.push_back(guard);
      if (!slice.forms.empty()) branch.push_back(pattern::any_of(slice.forms));
      branches.push_back(pattern::all_of(std::move(branch)));
    }
    terms.push_back(pattern::any_of(std::move(branches)));
    for (const Expression& exclusion : exclusions_) terms.push_back(exclusion);
    if (!share.counted.empty()) {
      terms.push_back(pattern::any_of(include(share.counted)));
      for (const Expression& exclusion : exclude(share.earlier)) terms.push_back(exclusion);
    }
    return {pattern::JsonPattern{pattern::all_of(std::move(terms))}};
  }

  /// A filter, and what it uses of the limits.
  struct Candidate {
    pattern::Filter filter;
    pattern::Usage usage;
    bool fits = false;
  };

  Candidate make(const std::vector<Slice>& slices, const Share& share) const {
    Candidate candidate{build(slices, share), {}, false};
    candidate.usage = pattern::usage_of(candidate.filter);
    candidate.fits = candidate.usage.characters <= pattern::max_characters &&
                     candidate.usage.regexes <= pattern::max_regexes &&
                     candidate.usage.wildcard_selectors <= pattern::max_wildcard_selectors;
    return candidate;
  }
  bool fits(const std::vector<Slice>& slices, const Share& share) const { return make(slices, share).fits; }

  void emit(const std::vector<Slice>& slices, const Share& share, const std::string& suffix) {
    emit(make(slices, share), slices, suffix);
  }
  void emit(const Candidate& candidate, const std::vector<Slice>& slices, const std::string& suffix) {
    FilterPart part;
    const auto number = 1 + std::count(suffixes_.begin(), suffixes_.end(), suffix);
    suffixes_.push_back(suffix);
    part.part = number == 1 ? suffix : fmt::format("{}{}{}", suffix, suffix.empty() ? "" : "-", number);
    part.pattern = pattern::print(candidate.filter);
    part.has_regex = candidate.usage.regexes > 0;
    for (const Slice& slice : slices) {
      for (const Watched& watched : slice.events) {
        const std::string name(watched.event->name);
        if (std::find(part.events.begin(), part.events.end(), name) == part.events.end()) part.events.push_back(name);
      }
    }
    parts_.push_back(std::move(part));
  }

  /// Puts as many items as fit into each part, in order; one that does not fit alone goes to `divide`.
  template <class Item, class Make, class Divide>
  void fill(const std::vector<Item>& items, const Share& share, const std::string& suffix, Make make, Divide divide) {
    std::vector<Item> together;
    for (const Item& item : items) {
      together.push_back(item);
      if (fits({make(together)}, share)) continue;
      together.pop_back();
      if (!together.empty()) emit({make(together)}, share, suffix);
      together = {item};
      if (fits({make(together)}, share)) continue;
      divide(make(together));
      together.clear();
    }
    if (!together.empty()) emit({make(together)}, share, suffix);
  }

  void cut_by_event(const Slice& slice, const std::string& suffix) {
    fill(
        slice.events, everybody_, suffix,
        [&](const std::vector<Watched>& events) {
          return Slice{slice.field, events, slice.forms};
        },
        [&](const Slice& single) { cut_by_form(single, suffix); });
  }

  void cut_by_form(const Slice& slice, const std::string& suffix) {
    if (slice.forms.size() < 2) {
      cut_by_caller(slice, suffix);
      return;
    }
    fill(
        slice.forms, everybody_, suffix,
        [&](const std::vector<Expression>& forms) {
          return Slice{slice.field, slice.events, forms};
        },
        [&](const Slice& single) { cut_by_caller(single, suffix); });
  }

  /// A record has one issuer, one user and one service, so parts that count different entries of one field are
  /// disjoint; parts of a later field leave out what the earlier fields counted. The longest list comes last: nothing
  /// has to leave it out.
  void cut_by_caller(const Slice& slice, const std::string& suffix) {
    std::vector<CallerField> fields = everybody_.counted;
    std::stable_sort(fields.begin(), fields.end(),
                     [](const CallerField& a, const CallerField& b) { return a.entries.size() < b.entries.size(); });
    Share share;
    for (const CallerField& field : fields) {
      share.counted = {CallerField{field.selector, {}}};
      for (const std::string& entry : field.entries) {
        std::vector<std::string>& entries = share.counted.front().entries;
        entries.push_back(entry);
        if (fits({slice}, share)) continue;
        entries.pop_back();
        if (!entries.empty()) emit({slice}, share, suffix);
        share.counted.front().entries = {entry};
        if (!fits({slice}, share)) break;
      }
      if (!fits({slice}, share)) break;
      emit({slice}, share, suffix);
      share.earlier.push_back(field);
    }
    const bool all_counted = share.earlier.size() == everybody_.counted.size() && !everybody_.counted.empty();
    if (!all_counted) longest_ = std::max(longest_, pattern::usage_of(build({slice}, share)).characters);
  }

  /// The form that leaves siblings out is one comparison with its exclusions. Where even that is too long alone, a
  /// regular expression for the random suffix says the same in short, at the price of one of five in the log group.
  void use_regex_where_exclusions_do_not_fit(Field& field) const {
    if (field.regex_forms.empty()) return;
    const auto longest = std::max_element(field.events.begin(), field.events.end(), [](const auto& a, const auto& b) {
      return a.event->name.size() < b.event->name.size();
    });
    Share one;
    if (!everybody_.counted.empty())
      one.counted = {CallerField{everybody_.counted.front().selector, {everybody_.counted.front().entries.front()}}};
    if (fits({Slice{&field, {*longest}, {field.forms.back()}}}, one)) return;
    field.forms.pop_back();
    for (const Expression& form : field.regex_forms) field.forms.push_back(form);
  }

  std::string region_;
  std::vector<Field> fields_;
  std::vector<Expression> exclusions_;
  Share everybody_;
  std::vector<std::string> suffixes_;
  std::vector<FilterPart> parts_;
  std::size_t longest_ = 0;
};

std::vector<FilterPart> run(Cutter cutter, const model::Alert& alert, const Span& span, std::string_view what,
                            Diagnostics& out) {
  if (!cutter.run()) {
    Diagnostic& diagnostic = out.add(codes::pattern_too_long, span,
                                     "alert '{}' cannot watch {}: a single comparison makes a pattern of {} "
                                     "characters, more than {}",
                                     alert.name, what, cutter.longest(), pattern::max_characters);
    if (alert.except)
      diagnostic.note_at(alert.except->span, "each expected reader adds its whole selector to the pattern");
    return {};
  }
  return cutter.take_parts();
}

}  // namespace

SecretNames::SecretNames(const model::Spec& spec) {
  for (const model::Secret& secret : spec.secrets)
    (secret.naming == model::Secret::Naming::prefix ? prefixes_ : names_).push_back(secret.name);
  std::sort(names_.begin(), names_.end());
  names_.erase(std::unique(names_.begin(), names_.end()), names_.end());
  std::sort(prefixes_.begin(), prefixes_.end());
  prefixes_.erase(std::unique(prefixes_.begin(), prefixes_.end()), prefixes_.end());
}

std::vector<std::string> SecretNames::siblings_of(const std::string& name) const {
  const std::string start = name + "-";
  std::vector<std::string> siblings;
  for (auto at = std::lower_bound(names_.begin(), names_.end(), start); at != names_.end() && at->starts_with(start);
       ++at)
    siblings.push_back(*at);
  for (auto at = std::lower_bound(prefixes_.begin(), prefixes_.end(), start);
       at != prefixes_.end() && at->starts_with(start); ++at) {
    // Six letters or digits may be the suffix of `name` itself; only what cannot be one is certainly another secret.
    const std::string_view rest = std::string_view(*at).substr(start.size());
    const bool may_be_suffix = rest.size() <= 6 && std::all_of(rest.begin(), rest.end(), is_letter_or_digit);
    if (!may_be_suffix) siblings.push_back(*at + "*");
  }
  return siblings;
}

std::vector<FilterPart> cut_filters(const model::Alert& alert, const model::Secret& secret, const SecretNames& names,
                                    Diagnostics& out) {
  std::vector<std::string> siblings;
  if (secret.naming != model::Secret::Naming::prefix) siblings = names.siblings_of(secret.name);
  std::vector<Field> fields = fields_of(alert, secret, siblings);
  if (fields.empty()) return {};
  return run(Cutter(alert, secret.region, std::move(fields)), alert, secret.span, fmt::format("'{}'", secret.id), out);
}

std::vector<FilterPart> cut_filters_without_secret(const model::Alert& alert, Diagnostics& out) {
  std::vector<Field> fields = fields_without_secret(alert);
  if (fields.empty()) return {};
  return run(Cutter(alert, "", std::move(fields)), alert, alert.span, "calls that name no secret", out);
}

}  // namespace secretwatch::plan
