#pragma once
/// Extent: where a scalar of a YAML text begins and ends. yaml-cpp reports only the place of a node's first property,
/// so the rest is read off the text itself.
#include <cstddef>
#include <string_view>

#include "doc/doc.h"

namespace secretwatch::doc {

struct Extent {
  std::size_t begin = 0;  // behind tag and anchor
  std::size_t end = 0;    // for messages: a block scalar is underlined at its header only
  std::size_t stop = 0;   // where the scalar really stops
  Style style = Style::plain;
};

/// `at` is where yaml-cpp saw the node, `value` its decoded text. Requires a text that yaml-cpp has accepted up to
/// here.
Extent extent_of_scalar(std::string_view text, std::size_t at, std::string_view value);

}  // namespace secretwatch::doc
