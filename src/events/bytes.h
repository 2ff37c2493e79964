#pragma once
/// Bytes: where events come from, read from front to back.
#include <cstddef>
#include <string>

namespace secretwatch::events {

class Bytes {
 public:
  virtual ~Bytes() = default;

  /// At least one byte; 0 at the end, or where nothing more can be read.
  virtual std::size_t read(char* to, std::size_t most) = 0;

  /// After the last read: "" if it was the end, or why it was not.
  virtual std::string problem() const = 0;
};

}  // namespace secretwatch::events
