#pragma once
/// Expected: a value, or the one reason there is none. For leaf parsers only (patterns, durations, ARNs); whole
/// documents have many faults and fill a Diagnostics instead.
///
///     const Expected<pattern::Filter> filter = pattern::parse(text);
///     if (!filter) report(filter.error().offset, filter.error().message);
#include <cstddef>
#include <string>
#include <utility>
#include <variant>

namespace secretwatch {

/// Why a piece of text could not be read; `offset` counts bytes from its first character. `hint` says what was
/// probably meant, or is empty.
struct TextError {
  std::size_t offset = 0;
  std::string message;
  std::string hint{};
};

template <class T>
class [[nodiscard]] Expected {
 public:
  Expected(T value) : state_(std::in_place_index<0>, std::move(value)) {}          // NOLINT: as std::expected
  Expected(TextError error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT

  explicit operator bool() const { return state_.index() == 0; }
  const T& operator*() const { return *std::get_if<0>(&state_); }
  T& operator*() { return *std::get_if<0>(&state_); }
  const T* operator->() const { return std::get_if<0>(&state_); }
  T* operator->() { return std::get_if<0>(&state_); }
  const TextError& error() const { return *std::get_if<1>(&state_); }

 private:
  std::variant<T, TextError> state_;
};

}  // namespace secretwatch
