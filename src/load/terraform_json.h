#pragma once
/// Terraform JSON: a `.tf.json` document as the syntax tree that the same module would have in HCL.
///
///     {"resource": {"aws_sns_topic": {"alerts": {"name": "a-${var.stage}"}}}}
///     ->  Block{type "resource", labels "aws_sns_topic", "alerts"}, Attribute{"name", Template{"a-", Interpolation}}
///
/// JSON cannot tell blocks from attributes: below the blocks of the outermost level everything is an attribute, but for
/// `dynamic`. Strings are templates where Terraform reads them so; the texts of `type`, `provider`, `providers` and
/// `depends_on` are expressions; what is in a variable is literal. Keys `//` are comments and are left out of bodies.
/// Source: hashicorp/terraform, "JSON Configuration Syntax".
#include <optional>

#include "base/diagnostic.h"
#include "doc/doc.h"
#include "hcl/syntax.h"

namespace secretwatch::load {

/// Nothing: at least one error.
std::optional<hcl::File> read_terraform_json(const doc::Node& root, Diagnostics& out);

/// A value of JSON without templates, as in `.tfvars.json`.
std::optional<hcl::Expression> literal_expression(const doc::Node& node, Diagnostics& out);

}  // namespace secretwatch::load
