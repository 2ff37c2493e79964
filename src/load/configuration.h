#pragma once
/// Configuration: what a Terraform module, with all that it calls, or a plan says will be there, before it becomes a
/// stack.
///
///     resource "aws_sns_topic" "alerts" {     Instance{"module.m.aws_sns_topic.alerts[0]", "aws_sns_topic", …}
///       count = var.create ? 2 : 0              presence: `var.create` holds
///       name  = "alerts-${count.index}"         Attribute{"name", "alerts-0"}
///     }
///
/// Every value is evaluated: count, for_each, dynamic blocks and local modules are gone, and an hcl::Reference in a
/// value has as its handle the position of the instance it points at. The path of one that points at an instance with
/// [*] may begin with an index, `aws_sns_topic.alerts[*]` `[0]` `arn`, which says nothing. What is written as a block
/// is a block, what is written as an attribute an attribute: JSON cannot tell them apart, so who reads asks for either
/// by name.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "hcl/value.h"

namespace secretwatch::load {

/// That something is there rests on this.
struct Assumption {
  std::shared_ptr<const hcl::Condition> condition;
  bool holds = true;
};

struct EvaluatedAttribute {
  std::string name;
  Span key{};  // of its name
  hcl::Value value;
};

struct EvaluatedBlock;

/// More blocks of a type, nobody knows how many: a `dynamic` over what is not known.
struct UnknownBlocks {
  std::string type;
  hcl::Unknown why;
};

struct EvaluatedBody {
  std::vector<EvaluatedAttribute> attributes;
  std::vector<EvaluatedBlock> blocks;
  std::vector<UnknownBlocks> rest;

  /// Null: it is not written.
  const EvaluatedAttribute* find(std::string_view name) const;
};

struct EvaluatedBlock {
  std::string type;
  Span span{};  // from the type to the last label
  EvaluatedBody body;
  std::vector<Assumption> presence{};  // all of them
};

/// One resource or data source, of count and for_each each by itself.
struct Instance {
  std::string address;  // module.m.aws_sns_topic.alerts["a"]; with [*] where it is not known how many there are
  std::string type;     // aws_sns_topic
  std::string name;     // alerts
  bool is_data = false;
  std::size_t provider = 0;  // position in Configuration::providers
  EvaluatedBody body;
  std::vector<Assumption> presence{};
  std::vector<std::uint32_t> depends_on{};  // handles
  Span span{};                              // from `resource` to the last label
};

/// A provider's configuration as the root module knows it.
struct Provider {
  std::string name = "aws";  // aws.virginia
  hcl::Value region{};       // null: from the environment
  hcl::Value account{};      // allowed_account_ids when there is one alone, or that of the role that is taken on
  Span span{};
};

/// Where there may be more than was read: a module from elsewhere, a file that was not given.
struct Unread {
  std::string reason;
  Span span{};
};

struct Configuration {
  std::vector<Instance> instances;
  std::vector<Provider> providers{Provider{}};
  std::vector<Unread> unread;
  std::string spec_hash;           // of one that secretwatch wrote: 16 hex digits
  bool has_old_provider = false;   // whose ARNs of log groups end in `:*`
  bool is_for_others = false;      // a module that nothing is given and that configures no provider: to be called
  bool rests_on_defaults = false;  // other values may be given (ModuleOptions::defaults_decide)
};

}  // namespace secretwatch::load
