#pragma once
/// Links: which templates of one run belong together, by what they export, import and nest.
///
///     network.yaml   Export: {Name: alerts-topic}           one group: {network.yaml, alarms.yaml}
///     alarms.yaml    !ImportValue alerts-topic
///     other.yaml                                            in no group: it is judged alone
///
/// An export is found by its name, when that is literal but for region, account and partition, among the templates that
/// are deployed in the same place; two templates that export one name are alternatives, and neither is taken. A nested
/// template is found by its path or, where that is a URL, by the last pieces of it, when they fit one template alone
/// and that has the parameters that are given. Sources: CloudFormation user guide, "Fn::ImportValue", "Outputs"; `aws
/// cloudformation package`; SAM specification, AWS::Serverless::Application.
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "stack/stack.h"

namespace secretwatch::load {

/// A template that another one nests.
struct NestedTemplate {
  stack::Text location;                   // a path or URL
  std::vector<std::string> parameters{};  // that it is given
};

/// What ties a template to others.
struct Links {
  std::vector<std::string> exports{};
  std::vector<std::string> imports{};
  std::vector<NestedTemplate> nested{};
  std::vector<std::string> parameters{};  // that it has
  std::vector<std::string> required{};    // those without a default
};

Links links_of(const stack::Stack& stack);

/// Where a nested template lies, when that is known; null: it is not. Buckets may depend on conditions, as long as the
/// file is the same: `https://${If [Own, my-bucket, aws-quickstart]}.s3.amazonaws.com/logging.yaml`.
const stack::Text* location_in(const stack::OptionalText& location);

/// One template of a run.
struct LinkedTemplate {
  std::string path;   // with `/`
  std::string place;  // where it is deployed: equal ones are one place
  Links links;
};

/// Finds templates among those of a run.
class TemplateFinder {
 public:
  explicit TemplateFinder(const std::vector<LinkedTemplate>& templates);

  /// The template that `from` nests; nothing: it is not among them, or it is not certain which.
  std::optional<std::size_t> nested(std::size_t from, const NestedTemplate& nested) const;
  /// The templates in the place of `from` that export the name, but for itself.
  std::vector<std::size_t> exporters(std::size_t from, const std::string& name) const;

  const LinkedTemplate& operator[](std::size_t number) const { return templates_[number]; }

 private:
  bool takes(std::size_t number, const std::vector<std::string>& parameters) const;

  const std::vector<LinkedTemplate>& templates_;
  std::unordered_map<std::string_view, std::vector<std::size_t>> by_name_;  // the last piece of the path
  std::unordered_map<std::string_view, std::size_t> by_path_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_export_;  // place and name
};

/// Templates that are joined, as positions among those of the run, in the order of their paths.
struct Group {
  std::vector<std::size_t> members{};
  std::vector<std::size_t> roots{};                // those that no other nests
  std::map<std::string, std::string> ambiguous{};  // imports, and why they are not known
};

/// Those that are linked, and those that import what several templates export; the order of the templates decides
/// nothing but that of the groups.
std::vector<Group> groups_of(const TemplateFinder& finder, std::size_t count);

}  // namespace secretwatch::load
