/// Terraform's own answers: every value that is worked out here is the one in Terraform's plan.
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "unit/load/module_text.h"

namespace secretwatch::load::testing {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// Nothing: some of it is not known.
std::optional<json> json_of(const hcl::Value& value) {
  if (value.has_unknown()) return std::nullopt;
  if (value.is_null()) return json(nullptr);
  if (value.boolean() != nullptr) return json(*value.boolean());
  if (value.number() != nullptr) return json::parse(value.number()->print());
  if (value.literal()) return json(*value.literal());
  if (value.sequence() != nullptr) {
    json items = json::array();
    for (const hcl::Value& item : value.sequence()->items) items.push_back(*json_of(item));
    return items;
  }
  json entries = json::object();
  for (const auto& [key, item] : value.mapping()->entries) entries[key] = *json_of(item);
  return entries;
}

/// The schema of a resource turns 60 into "60" and back, and leaves out what is null or empty.
bool is_same(const json& planned, const json& ours) {
  const auto is_nothing = [](const json& value) {
    return value.is_null() || (value.is_structured() && value.empty()) || value == "";
  };
  if (is_nothing(planned) && is_nothing(ours)) return true;
  const auto plain = [](const json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); };
  if (planned.is_primitive() && ours.is_primitive())
    return plain(planned) == plain(ours) ||
           (planned.is_number() && ours.is_number() && planned.get<double>() == ours.get<double>());
  if (planned.is_array() && ours.is_array()) {
    bool same = planned.size() == ours.size();
    for (std::size_t i = 0; same && i < planned.size(); ++i) same = is_same(planned[i], ours[i]);
    return same;
  }
  if (!planned.is_object() || !ours.is_object()) return false;
  std::set<std::string> keys;
  for (const auto& side : {planned, ours})
    for (const auto& [key, value] : side.items()) keys.insert(key);
  for (const std::string& key : keys)
    if (!is_same(planned.value(key, json()), ours.value(key, json()))) return false;
  return true;
}

class Comparison {
 public:
  explicit Comparison(const Configuration& all) : all_(all) {}

  void module(const json& planned) {
    for (const json& resource : planned.value("resources", json::array())) {
      const std::string address = resource["address"];
      addresses.insert(address);
      const Instance* const instance = find(all_, address);
      ASSERT_NE(instance, nullptr) << address;
      body(address, resource["values"], instance->body);
    }
    for (const json& child : planned.value("child_modules", json::array())) module(child);
  }

  std::set<std::string> addresses;
  std::size_t compared = 0;

 private:
  void body(const std::string& where, const json& planned, const EvaluatedBody& ours) {
    for (const EvaluatedAttribute& attribute : ours.attributes) {
      const std::optional<json> value = json_of(attribute.value);
      if (!value) continue;
      ++compared;
      EXPECT_TRUE(is_same(planned.value(attribute.name, json()), *value))
          << where << "." << attribute.name << "\nplanned " << planned.value(attribute.name, json()) << "\nours    "
          << *value;
    }
    std::map<std::string, std::vector<const EvaluatedBlock*>> blocks;
    for (const EvaluatedBlock& block : ours.blocks) blocks[block.type].push_back(&block);
    for (const auto& [type, all] : blocks) {
      const json list = planned.value(type, json::array());
      ASSERT_EQ(list.size(), all.size()) << where << "." << type;
      // A set in the plan has an order of its own.
      for (const EvaluatedBlock* const block : all) {
        const EvaluatedAttribute* const id = block->body.find("id");
        for (std::size_t i = 0; i < list.size(); ++i)
          if (id == nullptr ? block == all[i] : list[i].value("id", json()) == *json_of(id->value))
            body(where + "." + type, list[i], block->body);
      }
    }
  }

  const Configuration& all_;
};

ModuleText read_module(const fs::path& folder) {
  ModuleText module;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = fs::relative(entry.path(), folder).generic_string();
    const bool is_ours =
        name.ends_with(".tf") || name.ends_with(".tf.json") || name.find(".tfvars") != std::string::npos;
    if (!entry.is_regular_file() || !is_ours) continue;
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    module.files[name] = text.str();
  }
  return module;
}

class TerraformsAnswers : public ::testing::TestWithParam<const char*> {};

TEST_P(TerraformsAnswers, AreOurs) {
  const fs::path folder = fs::path(SECRETWATCH_ROOT) / "tests/unit/load/terraform" / GetParam();
  ModuleText module = read_module(folder);
  const Configuration all = module.evaluate();
  ASSERT_THAT(module.out.all(), ::testing::IsEmpty());
  Comparison comparison(all);
  comparison.module(json::parse(std::ifstream(folder / "plan.json"))["root_module"]);
  std::set<std::string> ours;
  for (const Instance& instance : all.instances) {
    EXPECT_TRUE(instance.presence.empty()) << instance.address;
    if (!instance.is_data) ours.insert(instance.address);
  }
  EXPECT_EQ(ours, comparison.addresses);
  EXPECT_GT(comparison.compared, 20U);
}

INSTANTIATE_TEST_SUITE_P(Modules, TerraformsAnswers, ::testing::Values("everything", "blocks"));

}  // namespace
}  // namespace secretwatch::load::testing
