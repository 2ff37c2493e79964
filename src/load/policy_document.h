#pragma once
/// Policy document: what the data source aws_iam_policy_document comes to, as the JSON that it writes would be read.
///
///     statement { actions = ["sns:Publish"] … }   {Version: "2012-10-17", Statement: [{Effect: Allow, Action: […],
///     …}]}
///
/// Documents it is made from come first, those that override last; a statement replaces one of the same sid before it.
/// Source: documentation of the hashicorp/aws provider, data source aws_iam_policy_document.
#include "load/item.h"

namespace secretwatch::load {

/// `source`: the data source's arguments and blocks.
Item policy_document(const Item& source);

}  // namespace secretwatch::load
