/// Functions that change the type of a value, or nothing.
#include "hcl/functions.h"

namespace secretwatch::hcl {
namespace {

Value same(Arguments& call) {
  return call.values[0];
}

template <Value (*convert)(const Value&, const Span&)>
Value converted(Arguments& call) {
  if (call.values[0].is_null()) return call.values[0];
  Value result = convert(call.values[0], call.at);
  return result.reference() != nullptr && convert != to_text ? call.not_known(result) : result;
}

template <Sequence::Kind kind>
Value converted_list(Arguments& call) {
  return to_sequence(call.values[0], kind, call.at);
}

Value marks(Arguments& call) {
  return beyond(call.at, "marks of sensitive values are not followed");
}

}  // namespace

const std::vector<Function> type_functions = {
    {"issensitive", 1, 1, marks, false},
    {"nonsensitive", 1, 1, same, false, true},
    {"sensitive", 1, 1, same, false, true},
    {"tobool", 1, 1, converted<to_boolean>, false},
    {"tolist", 1, 1, converted_list<Sequence::Kind::list>, false},
    {"tomap", 1, 1, converted<to_map>, false},
    {"tonumber", 1, 1, converted<to_number>, false},
    {"toset", 1, 1, converted_list<Sequence::Kind::set>},
    {"tostring", 1, 1, converted<to_text>, false},
};

}  // namespace secretwatch::hcl
