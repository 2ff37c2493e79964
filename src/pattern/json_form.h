#pragma once
/// JsonForm: a message with places to fill in, read as JSON once for all that they are filled with.
///
///     const JsonForm form(R"({"name": "db/NAME", "region": "REGION"})", {{"NAME", 0}, {"REGION", 1}});
///     form.fill({"a", "eu-west-1"})   // as *read_json(R"({"name": "db/a", "region": "eu-west-1"})")
#include <string>
#include <string_view>
#include <vector>

#include "base/text_form.h"
#include "pattern/json.h"

namespace secretwatch::pattern {

class JsonForm {
 public:
  /// The text must be JSON; marks are looked for in its strings, not in its keys.
  JsonForm(std::string_view text, const TextForm::Marks& marks);

  /// `values` must have one for each number, in UTF-8.
  Json fill(const std::vector<std::string>& values) const;

 private:
  struct Slot {
    Json::Id string;
    TextForm form;
  };
  Json json_;
  std::vector<Slot> slots_;
};

}  // namespace secretwatch::pattern
