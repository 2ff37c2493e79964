#pragma once
/// TextForm: a text with places to fill in.
///
///     const TextForm greeting("Dear NAME, ", {{"NAME", 0}});
///     greeting.fill({"Alice"})   // "Dear Alice, "
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace secretwatch {

class TextForm {
 public:
  /// The words that stand for something else, and the number of what they stand for. None may hold another.
  using Marks = std::vector<std::pair<std::string, std::size_t>>;

  TextForm(std::string_view text, const Marks& marks);

  /// There is nothing to fill in.
  bool is_fixed() const { return pieces_.empty(); }
  /// `values` must have one for each number; the text is added to `out`.
  void fill(const std::vector<std::string>& values, std::string& out) const;
  std::string fill(const std::vector<std::string>& values) const;

 private:
  struct Piece {
    std::string before;     // text as it is
    std::size_t value = 0;  // what follows it
  };
  std::vector<Piece> pieces_;
  std::string rest_;
};

}  // namespace secretwatch
