#include "events/lists.h"

namespace secretwatch::events {

using json::Token;

std::optional<Batch::Element> element_of_list(std::string_view key) {
  if (key == "Records") return Batch::Element::event;
  if (key == "events") return Batch::Element::log_message;
  if (key == "Events") return Batch::Element::lookup;
  return std::nullopt;
}

std::optional<List> list_in(const json::Document& document) {
  constexpr int most_members = 6;  // beside the list there are tokens for the next page and such; events have more
  Token at = document.root() + 1;
  for (int member = 0; member < most_members && document.first_byte(at) == '"'; ++member) {
    if (document.first_byte(at + 2) == '[')
      if (const std::optional<Batch::Element> element = element_of_list(document.written_key(at)))
        return List{*element, at + 2};
    at = document.after(at + 2);
    if (document.first_byte(at) == ',') ++at;
  }
  return std::nullopt;
}

}  // namespace secretwatch::events
