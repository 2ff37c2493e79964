#pragma once
/// Metric math: expressions over the metrics of an alarm, as far as a single period decides them.
///
///     const Expected<MathExpression> sum = MathExpression::parse("FILL(reads, 0) + writes");
///     sum->names();                                                    // {"reads", "writes"}
///     sum->value({{"reads", std::nullopt}, {"writes", 2.0}}, {});      // 2
///
/// Arithmetic, comparisons, AND and OR, IF, FILL with a number, ABS, CEIL, FLOOR, LOG, LOG10, and SUM, AVG, MIN and MAX
/// over lists. Functions that look at other periods, at other metrics or at the clock (RATE, DIFF, RUNNING_SUM, SEARCH,
/// SUM of one metric, …) are parsed and not decided. Source: CloudWatch user guide, "Using math expressions with
/// CloudWatch metrics". Not said there, so both ways are offered: MathReading.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/expected.h"

namespace secretwatch::chain {

struct MathNode;

/// What AWS does not document about points that are missing.
struct MathReading {
  bool fills_empty_metrics = true;  // FILL of a metric without any point gives points
  bool lists_skip_missing = true;   // SUM([a, b]) where only one has a point: that point; else none
};

/// A metric's value in a period; absent: no point.
using MathPoint = std::optional<double>;
using MathPoints = std::vector<std::pair<std::string, MathPoint>>;

class MathExpression {
 public:
  static Expected<MathExpression> parse(std::string_view text);

  /// The ids it uses, each once, in the order of the text; METRICS() is none.
  const std::vector<std::string>& names() const { return names_; }
  bool uses_all_metrics() const { return uses_all_metrics_; }

  struct Answer {
    bool is_decided = false;
    MathPoint point{};
  };
  /// `points`: of every id that is used; METRICS() is all of them. An unknown id is not decided.
  Answer value(const MathPoints& points, const MathReading& reading) const;

 private:
  std::shared_ptr<const MathNode> root_;
  std::vector<std::string> names_;
  bool uses_all_metrics_ = false;
};

}  // namespace secretwatch::chain
