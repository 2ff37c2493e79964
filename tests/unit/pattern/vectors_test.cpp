/// Every known answer of the service about filter patterns; filter_vectors.json says where each comes from.
#include <fstream>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "pattern/matcher.h"
#include "pattern/pattern.h"

namespace secretwatch::pattern {
namespace {

using Data = nlohmann::json;

struct Vector {
  std::string id;
  std::string pattern;
  bool rejected = false;
  std::vector<std::string> messages;
  std::set<std::size_t> matches;
  std::map<std::size_t, std::map<std::string, std::string>> fields;
};

Vector read_vector(const Data& data, const Data& shared_messages) {
  Vector vector{data.at("id"), data.at("pattern"), data.contains("rejected"), {}, {}, {}};
  if (vector.rejected) return vector;
  const Data& messages = data.at("messages");
  (messages.is_string() ? shared_messages.at(messages.get<std::string>()) : messages).get_to(vector.messages);
  data.at("matches").get_to(vector.matches);
  if (data.contains("fields"))
    for (const auto& [index, values] : data.at("fields").items()) values.get_to(vector.fields[std::stoul(index)]);
  return vector;
}

const std::vector<Vector>& vectors() {
  static const std::vector<Vector> all = [] {
    std::ifstream file(SECRETWATCH_ROOT "/tests/unit/pattern/filter_vectors.json");
    const Data data = Data::parse(file);
    std::vector<Vector> read;
    for (const Data& vector : data.at("vectors")) read.push_back(read_vector(vector, data.at("messages")));
    return read;
  }();
  return all;
}

TEST(KnownAnswers, AreAllThere) {
  EXPECT_EQ(vectors().size(), 261U);
}

TEST(KnownAnswers, SayWhichPatternsAreRejected) {
  for (const Vector& vector : vectors())
    EXPECT_EQ(static_cast<bool>(parse(vector.pattern)), !vector.rejected) << vector.id << ": " << vector.pattern;
}

TEST(KnownAnswers, SayWhichMessagesAreSelected) {
  for (const Vector& vector : vectors()) {
    const Expected<Filter> filter = parse(vector.pattern);
    if (vector.rejected || !filter) continue;
    const Matcher matcher(*filter);
    for (std::size_t i = 0; i < vector.messages.size(); ++i)
      EXPECT_EQ(matcher.matches(vector.messages[i]), vector.matches.contains(i))
          << vector.id << ": " << vector.pattern << " on " << vector.messages[i];
  }
}

TEST(KnownAnswers, SayWhatIsExtracted) {
  for (const Vector& vector : vectors()) {
    for (const auto& [index, expected] : vector.fields) {
      const std::optional<std::vector<ExtractedValue>> values = extract(*parse(vector.pattern), vector.messages[index]);
      ASSERT_TRUE(values) << vector.id;
      std::map<std::string, std::string> extracted;
      for (const ExtractedValue& value : *values) extracted[value.name] = value.text;
      for (const auto& [name, text] : expected)
        EXPECT_EQ(extracted[name], text) << vector.id << ": " << name << " of " << vector.messages[index];
    }
  }
}

TEST(KnownAnswers, AreTheSameForTheCanonicalSpelling) {
  for (const Vector& vector : vectors()) {
    if (vector.rejected) continue;
    const std::string printed = print(*parse(vector.pattern));
    const Expected<Filter> again = parse(printed);
    ASSERT_TRUE(again) << vector.id << ": " << printed << ": " << again.error().message;
    EXPECT_EQ(print(*again), printed) << vector.id;
    const Matcher matcher(*again);
    for (std::size_t i = 0; i < vector.messages.size(); ++i)
      EXPECT_EQ(matcher.matches(vector.messages[i]), vector.matches.contains(i)) << vector.id << ": " << printed;
  }
}

}  // namespace
}  // namespace secretwatch::pattern
