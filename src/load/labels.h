#pragma once
/// Labels: for each resource one that no other of its kind has, in any language.
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "stack/stack.h"

namespace secretwatch::load {

class Labels {
 public:
  /// The first of these that is free; when none is, the last one with a number behind it.
  std::string take(const std::vector<std::string>& wanted, const stack::Body& body);

 private:
  std::set<std::pair<std::size_t, std::string>> taken_;
  std::unordered_map<std::string, std::size_t> numbers_;
};

}  // namespace secretwatch::load
