#pragma once
/// RecordForm: the record of a call with the places where it tells of its secret, so that the next secret costs no more
/// than copying.
///
///     const RecordForm form(R"({"name":"NAME","awsRegion":"REGION"})", {{"NAME", 0}, {"REGION", 1}});
///     form.fill({"prod/db", "eu-west-1"});   // {"name":"prod/db","awsRegion":"eu-west-1"}, escaped as JSON wants it
#include <string>
#include <utility>
#include <vector>

#include "base/text_form.h"

namespace secretwatch::events {

class RecordForm {
 public:
  RecordForm(std::string text, TextForm::Marks marks)
      : text_(std::move(text)), marks_(std::move(marks)), form_(text_, marks_) {}

  /// `values` must have one for each number.
  std::string fill(const std::vector<std::string>& values) const;

  /// The record as it was given, with its marks.
  const std::string& text() const { return text_; }
  const TextForm::Marks& marks() const { return marks_; }

 private:
  std::string text_;
  TextForm::Marks marks_;
  TextForm form_;
};

}  // namespace secretwatch::events
