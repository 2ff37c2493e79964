/// Values of a plan, and what its expressions refer to.
#include <algorithm>

#include <fmt/format.h>

#include "load/plan_reader.h"

namespace secretwatch::load {

using hcl::Value;

namespace {

/// Modules that hand on what modules hand on…
constexpr std::size_t most_hops = 32;

/// Is `longer` the same reference with more behind it?
bool begins_with(std::string_view longer, std::string_view reference) {
  return longer.starts_with(reference) && longer.size() > reference.size() &&
         (longer[reference.size()] == '.' || longer[reference.size()] == '[');
}

/// ARNs that expressions often put something behind.
bool is_often_a_part(const hcl::Reference& reference) {
  if (reference.path.empty() || reference.path.back() != "arn") return false;
  const std::string plain = fmt::format(".{}", without_indexes(reference.address));
  for (const char* type : {".aws_s3_bucket.", ".aws_cloudwatch_log_group.", ".aws_lambda_function."})
    if (plain.find(type) != std::string::npos) return true;
  return false;
}

bool is_list(std::string_view name) {
  return name.ends_with("actions") || name.ends_with("arns") || name == "roles" || name == "resources";
}

Value unknown(std::string reason, std::string term, const Span& span) {
  return Value(hcl::Unknown{std::move(reason), std::move(term), false, span}, span);
}

}  // namespace

Value PlanReader::value(const Said& said, std::string_view name, const Where& where) {
  if (text_.is_true(said.unknown)) return expected(said.expression, name, where);
  if (!said.value) return {};
  if (text_.is_true(said.sensitive)) return hidden(said, where);
  const Span span = text_.span(*said.value);
  switch (text_.kind(*said.value)) {
    case json::Kind::null:
      return {};
    case json::Kind::true_value:
      return Value(true, span);
    case json::Kind::false_value:
      return Value(false, span);
    case json::Kind::number:
      if (const auto number = hcl::Number::parse(text_.written(*said.value))) return Value(*number, span);
      return unknown("the number is too large", {}, span);
    case json::Kind::string:
      return string(said, where);
    case json::Kind::array:
      return list(said, name, where);
    case json::Kind::object:
      return mapping(said, where);
  }
  return {};
}

Value PlanReader::string(const Said& said, const Where& where) {
  const Span span = text_.span(*said.value);
  std::string literal = text_.string(said.value);
  const std::vector<Value> referred = resolved(said.expression, where);
  for (const Value& each : referred)
    if (is_value_of(each, literal)) return Value(*each.reference(), span);
  return Value::text(std::move(literal), span);
}

/// What one element's references are is told for the whole list only.
Value PlanReader::list(const Said& said, std::string_view name, const Where& where) {
  const std::vector<Token> values = text_.elements(said.value);
  const std::vector<Token> unknowns = text_.elements(said.unknown);
  const std::vector<Token> sensitive = text_.elements(said.sensitive);
  const std::vector<Token> blocks = text_.elements(said.expression);
  const bool is_block = text_.is(said.expression, json::Kind::array);
  const auto at = [](const std::vector<Token>& all, std::size_t i) {
    return i < all.size() ? OptionalToken(all[i]) : std::nullopt;
  };
  const auto is_unknown = [&](Token each) { return text_.is_true(each); };
  const auto missing = static_cast<std::size_t>(std::count_if(unknowns.begin(), unknowns.end(), is_unknown));
  const std::vector<Value> referred =
      is_block || missing == 0 ? std::vector<Value>() : resolved(said.expression, where);
  hcl::Sequence result;
  std::size_t next = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    Said each{values[i], at(unknowns, i), at(sensitive, i), said.expression};
    if (is_block) each.expression = blocks.size() == values.size() ? at(blocks, i) : std::nullopt;
    const bool is_told = referred.size() == missing;
    if (is_block || !text_.is_true(each.unknown)) {
      result.items.push_back(value(each, name, where));
    } else if (is_told && referred[next].reference() != nullptr && !is_often_a_part(*referred[next].reference())) {
      result.items.push_back(referred[next++]);
    } else {
      result.items.push_back(unknown("known when it is deployed", {}, text_.span(values[i])));
      ++next;
    }
  }
  return hcl::limited(Value(std::move(result), text_.span(*said.value)));
}

Value PlanReader::mapping(const Said& said, const Where& where) {
  hcl::Mapping result;
  // Of a map, the expression is that of the whole; of a block, it has one for each argument.
  const bool is_whole = text_.member(said.expression, "references").has_value() ||
                        text_.member(said.expression, "constant_value").has_value();
  const auto add = [&](const std::string& name, OptionalToken planned) {
    const Said each{planned, text_.member(said.unknown, name), text_.member(said.sensitive, name),
                    is_whole ? said.expression : text_.member(said.expression, name)};
    result.entries.emplace_back(name, value(each, name, where));
  };
  const std::vector<PlanText::Member> members = text_.members(said.value);
  for (const PlanText::Member& each : members) add(each.name, each.value);
  for (const PlanText::Member& each : text_.members(said.unknown)) {
    const bool is_known = std::any_of(members.begin(), members.end(),
                                      [&](const PlanText::Member& member) { return member.name == each.name; });
    if (!is_known && text_.is_true(each.value)) add(each.name, std::nullopt);
  }
  std::sort(result.entries.begin(), result.entries.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  return hcl::limited(Value(std::move(result), text_.span(*said.value)));
}

Value PlanReader::hidden(const Said& said, const Where& where) {
  const Span span = text_.span(*said.value);
  const std::vector<std::string> names = references(said.expression);
  constexpr std::string_view prefix = "var.";
  if (where.prefix.empty() && names.size() == 1 && names.front().starts_with(prefix))
    return unknown(fmt::format("variable '{}' is sensitive", names.front().substr(prefix.size())), names.front(), span);
  return unknown("the value is sensitive", {}, span);
}

// --- expressions ---

std::vector<std::string> PlanReader::references(OptionalToken expression) const {
  std::vector<std::string> all;
  if (!text_.is(expression, json::Kind::object)) return all;
  for (const Token each : text_.elements(text_.member(expression, "references"))) {
    std::string reference = text_.string(each);
    // Behind aws_x.y.arn follows aws_x.y.
    const bool is_part =
        std::any_of(all.begin(), all.end(), [&](const std::string& other) { return begins_with(other, reference); });
    const bool is_known = std::find(all.begin(), all.end(), reference) != all.end();
    if (!is_part && !is_known) all.push_back(std::move(reference));
  }
  return all;
}

std::vector<Value> PlanReader::resolved(OptionalToken expression, const Where& where) {
  std::vector<Value> all;
  if (!expression) return all;
  const Span span = text_.span(*expression);
  for (const std::string& reference : references(expression)) all.push_back(resolve(reference, where, span));
  return all;
}

Value PlanReader::expected(OptionalToken expression, std::string_view name, const Where& where) {
  if (!expression) return {};
  const Span span = text_.span(*expression);
  const std::vector<Value> all = resolved(expression, where);
  const bool are_references =
      std::all_of(all.begin(), all.end(), [](const Value& each) { return each.reference() != nullptr; });
  if (all.size() == 1 && all.front().unknown() != nullptr) return all.front();
  if (all.empty() || !are_references || (all.size() > 1 && !is_list(name)))
    return unknown("known when it is deployed", {}, span);
  hcl::Sequence list;
  for (const Value& each : all) {
    const hcl::Reference& reference = *each.reference();
    // CloudTrail wants the ARN of a group with `:*` behind it, which a plan does not tell.
    hcl::Text text;
    text.append(reference);
    if (name == "cloud_watch_logs_group_arn") {
      text.append(std::string(":*"));
    } else if (is_often_a_part(reference)) {
      text.append(hcl::Unknown{"what stands behind it is known when it is deployed", {}, false, span});
    }
    list.items.push_back(text.parts.size() == 1 ? each : Value(std::move(text), span));
  }
  return list.items.size() == 1 ? list.items.front() : Value(std::move(list), span);
}

bool PlanReader::is_value_of(const Value& reference, std::string_view literal) const {
  const hcl::Reference* const of = reference.reference();
  if (of == nullptr || of->path.size() != 1 || result_.instances[of->handle].is_data) return false;
  const OptionalToken planned = text_.member(text_.member(resources_[of->handle], "values"), of->path.front());
  return text_.is(planned, json::Kind::string) && text_.string(planned) == literal;
}

Value PlanReader::resolve(const std::string& reference, const Where& where, const Span& span) {
  const std::vector<std::string> steps = steps_of(reference);
  if (where.depth < most_hops) {
    if (steps.front() == "var" && steps.size() == 2) return resolve_variable(steps, where, span);
    if (steps.front() == "module" && steps.size() >= 3) return resolve_output(steps, where, span);
    const std::size_t own = steps.front() == "data" ? 3 : 2;
    if (steps.size() > own) return resolve_resource(steps, reference, where, span);
  }
  return unknown(fmt::format("'{}' is known when it is deployed", reference), where.prefix + reference, span);
}

Value PlanReader::resolve_resource(const std::vector<std::string>& steps, const std::string& reference,
                                   const Where& where, const Span& span) {
  std::size_t used = steps.front() == "data" ? 3 : 2;
  std::string address = where.prefix + steps[0];
  for (std::size_t i = 1; i < used; ++i) address += "." + steps[i];
  if (used < steps.size() && steps[used].starts_with('[')) address += steps[used++];
  const auto found = handles_.find(address);
  if (found == handles_.end() || used == steps.size())
    return unknown(fmt::format("'{}' is known when it is deployed", reference), where.prefix + reference, span);
  hcl::Reference to{address, found->second, {steps.begin() + static_cast<std::ptrdiff_t>(used), steps.end()}};
  return Value(std::move(to), span);
}

Value PlanReader::resolve_variable(const std::vector<std::string>& steps, const Where& where, const Span& span) {
  const std::string& name = steps[1];
  if (where.prefix.empty())
    return unknown(fmt::format("variable '{}' is known when it is deployed", name), "var." + name, span);
  const auto call = calls_.find(without_indexes(where.prefix.substr(0, where.prefix.size() - 1)) + ".");
  const OptionalToken expression =
      call == calls_.end() ? OptionalToken() : text_.member(text_.member(call->second, "expressions"), name);
  // module.m[0].module.n. → module.m[0].
  std::vector<std::string> path = steps_of(where.prefix.substr(0, where.prefix.size() - 1));
  if (path.back().starts_with('[')) path.pop_back();
  Where outside{"", where.depth + 1};
  for (std::size_t i = 0; i + 2 < path.size(); ++i) {
    if (!path[i].starts_with('[') && i > 0) outside.prefix += ".";
    outside.prefix += path[i];
  }
  if (!outside.prefix.empty()) outside.prefix += ".";
  const std::vector<Value> all = resolved(expression, outside);
  return all.size() == 1 ? all.front()
                         : unknown(fmt::format("what is passed for '{}' is known when it is deployed", name), {}, span);
}

Value PlanReader::resolve_output(const std::vector<std::string>& steps, const Where& where, const Span& span) {
  std::size_t used = 2;
  Where inside{where.prefix + "module." + steps[1], where.depth + 1};
  if (steps[used].starts_with('[')) inside.prefix += steps[used++];
  inside.prefix += ".";
  const auto module = modules_.find(without_indexes(inside.prefix.substr(0, inside.prefix.size() - 1)) + ".");
  const bool is_one = used + 1 == steps.size() && module != modules_.end();
  const OptionalToken expression =
      !is_one ? OptionalToken()
              : text_.member(text_.member(text_.member(module->second, "outputs"), steps[used]), "expression");
  const std::vector<Value> all = resolved(expression, inside);
  return all.size() == 1
             ? all.front()
             : unknown(fmt::format("an output of module '{}' is known when it is deployed", steps[1]), {}, span);
}

}  // namespace secretwatch::load
