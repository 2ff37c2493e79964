#pragma once
/// RecordTemplate: the record of a call with the places where it tells of its secret, so that the next secret costs no
/// more than copying.
///
///     const RecordTemplate record(R"({"name":"NAME","awsRegion":"REGION"})", {{"NAME", 0}, {"REGION", 1}});
///     record.fill({"prod/db", "eu-west-1"});   // {"name":"prod/db","awsRegion":"eu-west-1"}, escaped as JSON wants it
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace secretwatch::events {

class RecordTemplate {
 public:
  /// The words that stand for something else, and the number of what they stand for. None may hold another.
  using Marks = std::vector<std::pair<std::string, std::size_t>>;

  RecordTemplate(std::string_view text, const Marks& marks);

  /// `values` must have one for each number.
  std::string fill(const std::vector<std::string>& values) const;

 private:
  struct Piece {
    std::string before;     // text as it is
    std::size_t value = 0;  // what follows it
  };
  std::vector<Piece> pieces_;
  std::string rest_;
};

}  // namespace secretwatch::events
