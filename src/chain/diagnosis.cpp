#include "chain/diagnosis.h"

#include <algorithm>
#include <array>

namespace secretwatch::chain {
namespace {

/// How much else happens in a period: nothing, a little, a lot.
constexpr std::array<std::uint64_t, 3> backgrounds = {0, 9, 999};

/// One filter of one source.
struct Position {
  std::size_t source = 0;
  std::size_t filter = 0;
  friend bool operator==(const Position&, const Position&) = default;
};

struct Setup {
  AlarmTest test;
  std::vector<Source> sources;
  const Formula* formula = nullptr;  // null: of one source
};

std::vector<Position> positions_of(const Setup& setup) {
  std::vector<Position> positions;
  for (std::size_t i = 0; i < setup.sources.size(); ++i)
    for (std::size_t j = 0; j < setup.sources[i].filters.size(); ++j) positions.push_back({i, j});
  return positions;
}

/// What an event publishes to a source that the filter at `selecting` selects, or none does.
std::vector<double> samples_of(const Setup& setup, std::size_t source, std::optional<Position> selecting) {
  std::vector<double> samples;
  const std::vector<FilterSamples>& filters = setup.sources[source].filters;
  for (std::size_t i = 0; i < filters.size(); ++i) {
    if (selecting == Position{source, i}) {
      samples.push_back(filters[i].value);
    } else if (filters[i].default_value) {
      samples.push_back(*filters[i].default_value);
    }
  }
  return samples;
}

PeriodValue value_of(const Setup& setup, Position selecting) {
  std::vector<Traffic> traffic;
  for (std::size_t i = 0; i < setup.sources.size(); ++i)
    traffic.push_back({samples_of(setup, i, selecting), samples_of(setup, i, std::nullopt)});
  return [&setup, traffic = std::move(traffic)](std::uint64_t watched, std::uint64_t others) {
    std::vector<std::optional<double>> values;
    for (std::size_t i = 0; i < traffic.size(); ++i) {
      const Source& source = setup.sources[i];
      values.push_back(statistic_of(source.statistic, source.percentile, traffic[i], watched, others));
    }
    return setup.formula == nullptr ? values.front() : (*setup.formula)(values);
  };
}

/// What it takes that the alarm works for one filter's events, the same in every background.
std::optional<Need> need_of(const Setup& setup, Position selecting) {
  const AlarmTest& test = setup.test;
  const PeriodValue value = value_of(setup, selecting);
  std::optional<Need> need;
  for (const std::uint64_t others : backgrounds) {
    const std::optional<std::uint64_t> at_once = fewest(test, value, others);
    const std::optional<std::uint64_t> periods = at_once ? 1 : fewest_periods(test, value, others);
    if (!periods) return std::nullopt;
    const Need here{fewest(test, value, others, *periods).value_or(0), *periods};
    const Ending ending = play(test, value, {here.events, others, here.periods});
    const bool is_same = !need || (need->events == here.events && need->periods == here.periods);
    if (!ending.fires || !ending.recovers || !is_same) return std::nullopt;
    need = here;
  }
  return need;
}

std::optional<Need> need_of(const Setup& setup) {
  std::optional<Need> least;
  for (const Position position : positions_of(setup)) {
    const std::optional<Need> need = need_of(setup, position);
    if (need && (!least || std::pair(need->periods, need->events) < std::pair(least->periods, least->events)))
      least = need;
  }
  return least;
}

template <class Visit>
void each_filter(Setup& setup, Visit visit) {
  for (Source& source : setup.sources)
    for (FilterSamples& filter : source.filters) visit(filter);
}

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
      // Left alone, missing data neither breaches nor keeps a state.
      if (test.rule.missing_data == MissingData::missing) return false;
      return change(test.rule.missing_data, MissingData::not_breaching);
    case Fault::comparison:
      return change(test.comparison, Operator::greater_or_equal);
    case Fault::statistic: {
      bool differs = false;
      for (Source& source : setup.sources) differs |= change(source.statistic, Statistic::sum);
      return differs;
    }
    case Fault::threshold: {
      double least = 0;
      each_filter(setup, [&least](const FilterSamples& filter) {
        if (filter.value > 0 && (least == 0 || filter.value < least)) least = filter.value;
      });
      const bool is_strict = test.comparison == Operator::greater || test.comparison == Operator::less;
      return least > 0 && change(test.threshold, is_strict ? least / 2 : least);
    }
    case Fault::datapoints:
      return change(test.rule.datapoints_to_alarm, std::uint64_t{1});
    case Fault::default_value: {
      bool differs = false;
      each_filter(setup, [&differs](FilterSamples& filter) {
        if (filter.default_value.value_or(0) == 0) return;
        filter.default_value.reset();
        differs = true;
      });
      return differs;
    }
    case Fault::metric_value: {
      bool differs = false;
      each_filter(setup, [&differs](FilterSamples& filter) {
        if (filter.value > 0) return;
        filter.value = 1;
        differs = true;
      });
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
    if (mend(mended, fault) && need_of(mended)) return {fault};
  }
  for (std::size_t i = 0; i < all_faults.size(); ++i)
    for (std::size_t j = i + 1; j < all_faults.size(); ++j) {
      Setup mended = setup;
      if (mend(mended, all_faults[i]) && mend(mended, all_faults[j]) && need_of(mended))
        return {all_faults[i], all_faults[j]};
    }
  return {};
}

Failure failure_of(const Setup& setup) {
  bool fires = false;
  bool stays = false;
  bool rests_in_alarm = true;
  bool sometimes_rests_in_alarm = false;
  for (const Position position : positions_of(setup)) {
    const PeriodValue value = value_of(setup, position);
    const bool others_publish = value(0, 1).has_value();
    for (const std::uint64_t others : backgrounds) {
      const Ending ending = play(setup.test, value, {1, others, 1});
      const bool in_alarm = ending.idle == State::alarm;
      sometimes_rests_in_alarm |= in_alarm;
      // Once there is a default value, a trail is never as quiet as no events at all.
      if (others > 0 || !others_publish) rests_in_alarm &= in_alarm;
      fires |= fewest(setup.test, value, others).has_value();
      stays |= ending.fires && !ending.recovers;
    }
  }
  if (rests_in_alarm) return Failure::always;
  if (sometimes_rests_in_alarm) return Failure::noisy;
  if (stays) return Failure::one_shot;
  return fires ? Failure::drowned : Failure::never;
}

}  // namespace

Diagnosis diagnose(const AlarmTest& test, const std::vector<Source>& sources, const Formula& formula) {
  const Setup setup{test, sources, formula ? &formula : nullptr};
  Diagnosis diagnosis;
  for (const Position position : positions_of(setup))
    diagnosis.among_nine.push_back(play(test, value_of(setup, position), {1, 9, 1}));
  diagnosis.works = need_of(setup);
  if (diagnosis.works) return diagnosis;
  diagnosis.failure = failure_of(setup);
  diagnosis.faults = find_faults(setup);
  return diagnosis;
}

Diagnosis diagnose(const AlarmTest& test, const std::vector<FilterSamples>& filters) {
  return diagnose(test, {Source{test.statistic, test.percentile, filters}}, {});
}

}  // namespace secretwatch::chain
