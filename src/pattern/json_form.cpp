#include "pattern/json_form.h"

#include <cassert>
#include <optional>
#include <utility>

namespace secretwatch::pattern {

JsonForm::JsonForm(std::string_view text, const TextForm::Marks& marks) {
  std::optional<Json> json = read_json(text);
  assert(json);
  json_ = *std::move(json);
  for (Json::Id value = 0; value < json_.nodes_.size(); ++value) {
    if (json_.kind(value) != Json::Kind::string) continue;
    TextForm form(json_.text(value), marks);
    if (!form.is_fixed()) slots_.push_back({value, std::move(form)});
  }
}

/// What is filled in stands behind the characters of the form.
Json JsonForm::fill(const std::vector<std::string>& values) const {
  constexpr std::size_t characters_of_a_slot = 64;
  Json json;
  json.nodes_ = json_.nodes_;
  json.pool_.reserve(json_.pool_.size() + slots_.size() * characters_of_a_slot);
  json.pool_ = json_.pool_;
  for (const Slot& slot : slots_) {
    const std::size_t begin = json.pool_.size();
    slot.form.fill(values, json.pool_);
    json.nodes_[slot.string].text = {begin, json.pool_.size() - begin};
  }
  return json;
}

}  // namespace secretwatch::pattern
