#include "chain/filter_text.h"

#include <algorithm>

#include <fmt/format.h>

namespace secretwatch::chain {
namespace {

using stack::Part;
using stack::Pseudo;
using stack::Text;

bool overlap(const pattern::Place& a, const pattern::Place& b) {
  return a.begin < b.end && b.begin < a.end;
}

class Filler {
 public:
  explicit Filler(const World& world) : world_(world) {}

  void add(const Text& text) {
    for (const Part& part : text.parts()) std::visit([this](const auto& p) { add_part(p); }, part);
  }
  FilterText take() { return std::move(result_); }
  bool has_literal() const { return has_literal_; }

 private:
  void add_part(const std::string& literal) {
    has_literal_ = true;
    result_.text += literal;
  }
  void add_part(Pseudo pseudo) {
    const events::Secret account;
    switch (pseudo) {
      case Pseudo::partition:
        return fill(account.partition);
      case Pseudo::region:
        return fill(account.region);
      case Pseudo::account:
        return fill(account.account);
      case Pseudo::url_suffix:
        return fill("amazonaws.com");
      case Pseudo::stack_name:
        return leave_open("the name of the stack is not known");
      case Pseudo::stack_id:
        return leave_open("the id of the stack is not known");
    }
  }
  void add_part(stack::ParameterId parameter) {
    leave_open(fmt::format("parameter '{}' is not given", world_.stack()[parameter].name));
  }
  void add_part(const stack::Unknown& unknown) { leave_open(unknown.reason); }
  void add_part(const stack::Ref& ref) {
    const stack::Resource& target = world_.stack()[ref.target];
    const stack::Attribute meaning = meaning_of(target.body, ref.attribute);
    if (std::holds_alternative<stack::Secret>(target.body)) {
      const events::Secret secret = example_secret(world_, ref.target);
      if (meaning == stack::Attribute::arn) return fill(full_arn(secret));
      if (meaning == stack::Attribute::name) return fill(secret.name);
    }
    if (std::holds_alternative<stack::Role>(target.body) && meaning == stack::Attribute::arn)
      return leave_open("the role's name is not known", fmt::format("arn:aws:iam::123456789012:role/{}", target.label));
    leave_open(fmt::format("'{}' is named when it is deployed", target.address.empty() ? target.label : target.address),
               target.label);
  }

  void fill(std::string_view example) { put(example, {{}, false, {}}); }
  void leave_open(std::string reason, std::string_view example = "unknown0") {
    put(example, {{}, true, std::move(reason)});
  }
  void put(std::string_view example, Hole hole) {
    hole.place.begin = static_cast<std::uint32_t>(result_.text.size());
    result_.text += example;
    hole.place.end = static_cast<std::uint32_t>(result_.text.size());
    result_.holes.push_back(std::move(hole));
  }

  const World& world_;
  FilterText result_;
  bool has_literal_ = false;
};

}  // namespace

const Hole* FilterText::open_in(const pattern::Place& place) const {
  const auto found = std::find_if(holes.begin(), holes.end(),
                                  [&](const Hole& hole) { return hole.is_open && overlap(hole.place, place); });
  return found == holes.end() ? nullptr : &*found;
}

const Hole* FilterText::open() const {
  return open_in({0, static_cast<std::uint32_t>(text.size())});
}

bool FilterText::is_filled_in(const pattern::Place& place) const {
  return std::any_of(holes.begin(), holes.end(), [&](const Hole& hole) { return overlap(hole.place, place); });
}

std::optional<FilterText> filter_text(const World& world, const stack::TextValue& value) {
  if (world.at(value) == nullptr) return std::nullopt;
  const Text text = world.text(value);
  Filler filler(world);
  filler.add(text);
  if (!filler.has_literal() && !text.parts().empty()) return std::nullopt;
  return filler.take();
}

events::Secret example_secret(const World& world, stack::ResourceId id) {
  const auto& secret = std::get<stack::Secret>(world.stack()[id].body);
  events::Secret example;
  const stack::TextValue* const name = world.at(secret.name);
  if (name != nullptr && name->unknown() == nullptr && name->ref() == nullptr) {
    Filler filler(world);
    filler.add(world.text(*name));
    example.name = filler.take().text;
  }
  if (example.name.empty()) example.name = world.stack()[id].label + "-a1B2c3D4e5F6g";
  return example;
}

}  // namespace secretwatch::chain
