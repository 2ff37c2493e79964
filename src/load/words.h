#pragma once
/// Words: what Terraform's providers call a resource and its arguments, in CloudFormation's words.
///
///     find_words("aws_sns_topic")->type                    // "AWS::SNS::Topic"
///     translate(item, find_words("aws_sns_topic")->words)  // {name: "a", tags: {k: v}}
///                                                          // → {TopicName: "a", Tags: [{Key: k, Value: v}]}
///
/// So that one reader serves all languages. Arguments that say nothing about the chain are left out. Resources that are
/// settings of another have the words of that one, so that their fields can be added to it.
/// Source: documentation of the hashicorp/aws provider, 5.100.
#include <span>
#include <string>
#include <string_view>

#include "load/item.h"

namespace secretwatch::load {

struct Word {
  enum class Form {
    same,
    json,        // a text of JSON
    keyed,       // {k: v}       → [{Key: k, Value: v}]
    named,       // {k: v}       → [{Name: k, Value: v}]
    enabled,     // true, false  → Enabled, Disabled
    rule_state,  // true, false  → ENABLED, DISABLED
    nested,      // a block, or several, with `inside`
  };
  std::string_view from;  // with dots through single blocks; empty: all of the object
  std::string_view to;
  Form form = Form::same;
  std::span<const Word> inside{};
  std::string_view otherwise{};  // what the provider says where nothing is written, when the service would not
  std::string_view nothing{};    // this value stands for none
};

struct ResourceWords {
  std::string_view name;  // aws_sns_topic
  std::string_view type;  // AWS::SNS::Topic; of the resource that it is a setting of
  std::span<const Word> words;
  std::string_view owner{};  // the argument that names that resource; empty: it is one of its own
};

/// Null: nobody here looks into it.
const ResourceWords* find_words(std::string_view name);

/// Of each branch and each element. Of several words for one property, the first that is written counts.
Item translate(const Item& object, std::span<const Word> words);

/// Of the provider hashicorp/awscc, which uses CloudFormation's words in another case: "awscc_sns_topic" →
/// "AWS::SNS::Topic"; empty: no type that anybody here looks into.
std::string_view type_of_cloud_control(std::string_view name);
Item translate_cloud_control(const Item& object, std::string_view type);

}  // namespace secretwatch::load
