#pragma once
/// Lists: the objects that are only there to hold a list of events.
#include <optional>
#include <string_view>

#include "events/events.h"

namespace secretwatch::events {

/// What the elements of the list under this key are; nothing if it is no such key.
std::optional<Batch::Element> element_of_list(std::string_view key);

/// The list in an object that holds one, whatever its place among the members.
struct List {
  Batch::Element element = Batch::Element::event;
  json::Token array = 0;
};
std::optional<List> list_in(const json::Document& document);

}  // namespace secretwatch::events
