#pragma once
/// Terraform: a stack as one module, before it is written as HCL or JSON.
///
/// Works with version 5.40 and later of the AWS provider and with 6.x: no attribute that only one of them has.
/// Satellite resources (S3) are spread here; policies become aws_iam_policy_document data sources.
/// Source: documentation of the hashicorp/aws provider.
#include "emit/hcl_writer.h"
#include "stack/stack.h"

namespace secretwatch::emit {

hcl::Body terraform_module(const stack::Stack& stack);

/// How the module says what the stack says: references, texts, policies.
class TerraformValues {
 public:
  explicit TerraformValues(const stack::Stack& stack) : stack_(stack) {}

  hcl::Value value(const stack::TextValue& value) const;
  hcl::Value value(const stack::Value<bool>& value) const { return value.known()->value; }
  hcl::Value value(const stack::Value<std::int64_t>& value) const { return value.known()->value; }
  hcl::Value value(const stack::Value<double>& value) const { return value.known()->value; }
  hcl::Value list(const std::vector<stack::TextValue>& values) const;

  /// "aws_sns_topic.security"
  std::string address(stack::ResourceId id) const;
  /// "aws_sns_topic.security.arn"; of an external resource, its literal name or ARN.
  hcl::Value reference(const stack::Ref& ref) const;

  template <class T>
  void set(hcl::Body& body, const char* name, const std::optional<stack::Value<T>>& wanted) const {
    if (wanted) body.set(name, value(*wanted));
  }
  /// The stack's own tags are local.tags; others are written out, or merged with them.
  void set_tags(hcl::Body& body, const std::vector<stack::Tag>& tags) const;

  void add_policy(hcl::Body& file, const std::string& name, const stack::Policy& policy) const;
  static hcl::Value policy_json(const std::string& name);

 private:
  std::vector<std::variant<std::string, hcl::Expression>> parts_of(const stack::Text& text) const;

  const stack::Stack& stack_;
};

/// Type and name of the resource that stands for one of ours; the name alone for data sources.
std::string terraform_type(const stack::Body& body);

}  // namespace secretwatch::emit
