#pragma once
/// Partition: which part of AWS a region belongs to, and what its names look like.
///
///     partition_of("cn-north-1").name           // aws-cn, as in arn:aws-cn:…
///     partition_of("cn-north-1").url_suffix     // amazonaws.com.cn
///
/// Source: AWS SDK endpoint metadata, partitions.
#include <string_view>

#include "stack/stack.h"

namespace secretwatch::stack {

struct Partition {
  std::string_view name;
  std::string_view url_suffix;
};

Partition partition_of(std::string_view region);

/// The name, and the URL suffix, of the partition that a scope is in: known where its region is.
Text partition_of(const Scope& scope);
Text url_suffix_of(const Scope& scope);

}  // namespace secretwatch::stack
