#include "chain/diagnosis.h"

#include <algorithm>
#include <array>

namespace secretwatch::chain {
namespace {

/// How much else happens in a period: nothing, a little, a lot.
constexpr std::array<std::uint64_t, 3> backgrounds = {0, 9, 999};

/// An event that filter `selecting` selects, or that none does.
std::vector<double> samples_of(const std::vector<FilterSamples>& filters, std::optional<std::size_t> selecting) {
  std::vector<double> samples;
  for (std::size_t i = 0; i < filters.size(); ++i) {
    if (i == selecting) {
      samples.push_back(filters[i].value);
    } else if (filters[i].default_value) {
      samples.push_back(*filters[i].default_value);
    }
  }
  return samples;
}

Traffic traffic_of(const std::vector<FilterSamples>& filters, std::size_t selecting) {
  return {samples_of(filters, selecting), samples_of(filters, std::nullopt)};
}

/// What it takes that the alarm works for one filter's events, the same in every background.
std::optional<Need> need_of(const AlarmTest& test, const Traffic& traffic) {
  std::optional<Need> need;
  for (const std::uint64_t others : backgrounds) {
    const std::optional<std::uint64_t> at_once = fewest(test, traffic, others);
    const std::optional<std::uint64_t> periods = at_once ? 1 : fewest_periods(test, traffic, others);
    if (!periods) return std::nullopt;
    const Need here{fewest(test, traffic, others, *periods).value_or(0), *periods};
    const Ending ending = play(test, traffic, {here.events, others, here.periods});
    const bool is_same = !need || (need->events == here.events && need->periods == here.periods);
    if (!ending.fires || !ending.recovers || !is_same) return std::nullopt;
    need = here;
  }
  return need;
}

std::optional<Need> need_of(const AlarmTest& test, const std::vector<FilterSamples>& filters) {
  std::optional<Need> least;
  for (std::size_t i = 0; i < filters.size(); ++i) {
    const std::optional<Need> need = need_of(test, traffic_of(filters, i));
    if (need && (!least || std::pair(need->periods, need->events) < std::pair(least->periods, least->events)))
      least = need;
  }
  return least;
}

struct Setup {
  AlarmTest test;
  std::vector<FilterSamples> filters;
};

/// Changes what may be at fault to what always works; false: it is that already.
bool mend(Setup& setup, Fault fault) {
  AlarmTest& test = setup.test;
  const auto change = [](auto& property, auto value) {
    const bool differs = property != value;
    property = value;
    return differs;
  };
  switch (fault) {
    case Fault::missing_data:
      return change(test.rule.missing_data, MissingData::not_breaching);
    case Fault::comparison:
      return change(test.comparison, Operator::greater_or_equal);
    case Fault::statistic:
      return change(test.statistic, Statistic::sum);
    case Fault::threshold: {
      double least = 0;
      for (const FilterSamples& filter : setup.filters)
        if (filter.value > 0 && (least == 0 || filter.value < least)) least = filter.value;
      const bool is_strict = test.comparison == Operator::greater || test.comparison == Operator::less;
      return least > 0 && change(test.threshold, is_strict ? least / 2 : least);
    }
    case Fault::datapoints:
      return change(test.rule.datapoints_to_alarm, std::uint64_t{1});
    case Fault::default_value: {
      bool differs = false;
      for (FilterSamples& filter : setup.filters) {
        if (filter.default_value.value_or(0) == 0) continue;
        filter.default_value.reset();
        differs = true;
      }
      return differs;
    }
    case Fault::metric_value: {
      bool differs = false;
      for (FilterSamples& filter : setup.filters) {
        if (filter.value > 0) continue;
        filter.value = 1;
        differs = true;
      }
      return differs;
    }
  }
  return false;
}

/// In the order of preference: what is most surely a mistake where several changes would help.
constexpr std::array<Fault, 7> all_faults = {Fault::metric_value, Fault::missing_data,  Fault::comparison,
                                             Fault::statistic,    Fault::default_value, Fault::threshold,
                                             Fault::datapoints};

std::vector<Fault> find_faults(const Setup& setup) {
  for (const Fault fault : all_faults) {
    Setup mended = setup;
    if (mend(mended, fault) && need_of(mended.test, mended.filters)) return {fault};
  }
  for (std::size_t i = 0; i < all_faults.size(); ++i)
    for (std::size_t j = i + 1; j < all_faults.size(); ++j) {
      Setup mended = setup;
      if (mend(mended, all_faults[i]) && mend(mended, all_faults[j]) && need_of(mended.test, mended.filters))
        return {all_faults[i], all_faults[j]};
    }
  return {};
}

Failure failure_of(const Setup& setup) {
  bool fires = false;
  bool stays = false;
  bool rests_in_alarm = true;
  bool sometimes_rests_in_alarm = false;
  for (std::size_t i = 0; i < setup.filters.size(); ++i)
    for (const std::uint64_t others : backgrounds) {
      const Traffic traffic = traffic_of(setup.filters, i);
      const Ending ending = play(setup.test, traffic, {1, others, 1});
      const bool in_alarm = ending.idle == State::alarm;
      sometimes_rests_in_alarm |= in_alarm;
      // Once there is a default value, a trail is never as quiet as no events at all.
      if (others > 0 || traffic.other.empty()) rests_in_alarm &= in_alarm;
      fires |= fewest(setup.test, traffic, others).has_value();
      stays |= ending.fires && !ending.recovers;
    }
  if (rests_in_alarm) return Failure::always;
  if (sometimes_rests_in_alarm) return Failure::noisy;
  if (stays) return Failure::one_shot;
  return fires ? Failure::drowned : Failure::never;
}

}  // namespace

Diagnosis diagnose(const AlarmTest& test, const std::vector<FilterSamples>& filters) {
  Diagnosis diagnosis;
  for (std::size_t i = 0; i < filters.size(); ++i)
    diagnosis.among_nine.push_back(play(test, traffic_of(filters, i), {1, 9, 1}));
  diagnosis.works = need_of(test, filters);
  if (diagnosis.works) return diagnosis;
  const Setup setup{test, filters};
  diagnosis.failure = failure_of(setup);
  diagnosis.faults = find_faults(setup);
  return diagnosis;
}

}  // namespace secretwatch::chain
