#pragma once
/// Template: a stack as a CloudFormation document, before it is written as YAML or JSON.
///
/// Intrinsic functions stand in their long form ({"Fn::Sub": …}); only Ref, GetAtt, Sub and Join are used, which CDK's
/// CfnInclude reads back unchanged. Source: CloudFormation template reference.
#include <string>

#include <nlohmann/json.hpp>

#include "stack/stack.h"

namespace secretwatch::emit {

using Json = nlohmann::ordered_json;

/// Without the generated-by line, whose place depends on the language.
Json cloudformation_template(const stack::Stack& stack);

/// With it, under Metadata.secretwatch.
Json cloudformation_template_with_metadata(const stack::Stack& stack);

/// Two blanks a level, a line break at the end.
std::string print_json(const Json& document);

}  // namespace secretwatch::emit
