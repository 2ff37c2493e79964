#pragma once
/// YAML writer: a CloudFormation document as YAML that people like to read.
///
/// Intrinsic functions become short tags (!Ref, !GetAtt, !Sub, !Join), long texts are folded at blanks (filter patterns
/// before && and ||), everything that a YAML reader could take for something other than text is quoted. Reading the
/// result gives the document again. A library's emitter does not fold, and leaves `true` and `010` unquoted.
#include <map>
#include <string>
#include <vector>

#include "emit/template.h"

namespace secretwatch::emit {

/// Lines of comment in front of an entry, by its path: "/Resources/TrailBucket".
using Comments = std::map<std::string, std::vector<std::string>>;

/// Requires valid UTF-8. `head` are comment lines before everything.
std::string print_yaml(const Json& document, const std::vector<std::string>& head, const Comments& comments);

}  // namespace secretwatch::emit
