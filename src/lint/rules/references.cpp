/// R: references that refer to nothing, are none, or fetch what nobody should see.
#include <algorithm>
#include <array>

#include "base/suggest.h"
#include "base/text.h"
#include "lint/examples.h"
#include "lint/rules/catalogue.h"
#include "lint/rules/texts.h"

namespace secretwatch::lint::rules {
namespace {

using chain::World;
using stack::ResourceId;
using stack::Stack;
using stack::Text;

// --- R002 ---

/// The name that a value refers to and that nothing in the template has.
const std::string* dangling(const stack::Unknown& unknown) {
  return unknown.cause == stack::Cause::nothing_there && !unknown.subject.empty() ? &unknown.subject : nullptr;
}

const std::string* dangling(const stack::TextValue& value) {
  if (value.unknown() != nullptr) return dangling(*value.unknown());
  if (value.get() == nullptr) return nullptr;
  for (const stack::Part& part : value.get()->parts())
    if (const auto* const unknown = std::get_if<stack::Unknown>(&part))
      if (const std::string* const name = dangling(*unknown)) return name;
  return nullptr;
}

/// Without digits: subnets 1 and 2 are two things, no slip of the pen.
std::string without_digits(std::string_view name) {
  std::string letters;
  std::copy_if(name.begin(), name.end(), std::back_inserter(letters), [](char c) { return c < '0' || c > '9'; });
  return letters;
}

/// A name of the template that was meant, for all but a slip of the pen.
std::string meant_name(const Stack& stack, std::string_view name) {
  constexpr std::size_t most_slips = 2;
  std::vector<std::string_view> known;
  for (const stack::Resource& resource : stack.resources()) known.push_back(resource.address);
  for (const stack::Parameter& parameter : stack.parameters) known.push_back(parameter.name);
  const std::string meant = nearest(name, known);
  const bool is_slip =
      edit_distance(lower_case(name), lower_case(meant)) <= most_slips && without_digits(name) != without_digits(meant);
  return is_slip ? meant : std::string();
}

void check_references(const World& world, ResourceId subject, Findings& out) {
  const Stack& stack = world.stack();
  // Of a part of a template, or one that is still to be changed, nobody knows what is missing. A Terraform address that
  // the loader could not resolve may still be there.
  if (!stack.gaps.empty() || stack[subject].address.find('.') != std::string::npos) return;
  for (const Told& told : texts_of(stack[subject].body)) {
    const std::string* const name = dangling(*told.value);
    if (name == nullptr || !is_so(world, told)) continue;
    Finding& finding =
        out.add(dangling_reference, subject, told.span().is_nowhere() ? stack[subject].span : told.span(),
                "'{}' refers to '{}', and nothing is called that", name_of(world, subject), shown(*name));
    if (const std::string meant = meant_name(stack, *name); !meant.empty()) {
      finding.note("did you mean '{}'?", meant);
    } else {
      finding.likely().lower(Severity::note).note("if this is a part of a template, the name may be in another part");
    }
  }
}

// --- R003 ---

bool is_pseudo_parameter(std::string_view name) {
  static constexpr std::array<std::string_view, 7> names = {"AWS::AccountId",       "AWS::Partition", "AWS::Region",
                                                            "AWS::StackId",         "AWS::StackName", "AWS::URLSuffix",
                                                            "AWS::NotificationARNs"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_parameter(const Stack& stack, std::string_view name) {
  return std::any_of(stack.parameters.begin(), stack.parameters.end(),
                     [name](const stack::Parameter& parameter) { return parameter.name == name; });
}

bool is_resource(const Stack& stack, std::string_view address) {
  return std::any_of(stack.resources().begin(), stack.resources().end(),
                     [address](const stack::Resource& resource) { return resource.address == address; });
}

/// `${Name}` or `${Name.Attribute}` of something in the template, in a text that nobody fills in.
std::optional<std::string> placeholder_in(const Stack& stack, std::string_view literal) {
  for (std::size_t at = literal.find("${"); at != std::string_view::npos; at = literal.find("${", at + 2)) {
    const std::size_t end = literal.find('}', at);
    if (end == std::string_view::npos) break;
    const std::string_view name = literal.substr(at + 2, end - at - 2);
    const std::string_view base = name.substr(0, name.find('.'));
    if (is_pseudo_parameter(name) || is_parameter(stack, name) || is_resource(stack, base))
      return std::string(literal.substr(at, end + 1 - at));
  }
  return std::nullopt;
}

/// module.alerts.aws_sns_topic.alarms["a"] → aws_sns_topic.alarms
std::string_view without_module_and_index(std::string_view address) {
  const std::size_t type = address.find("aws_");
  if (type == std::string_view::npos) return {};
  address.remove_prefix(type);
  return address.substr(0, address.find('['));
}

/// A Terraform expression in quotes: aws_sns_topic.alarms.arn, data.aws_sns_topic.alarms.arn
bool is_quoted_address(const Stack& stack, std::string_view literal) {
  if (literal.starts_with("data.")) literal.remove_prefix(5);
  if (!literal.starts_with("aws_") || literal.find_first_of(" /:$*") != std::string_view::npos) return false;
  const std::size_t dot = literal.rfind('.');
  if (dot == std::string_view::npos) return false;
  std::string_view wanted = literal.substr(0, dot);
  wanted = wanted.substr(0, wanted.find('['));
  return std::any_of(stack.resources().begin(), stack.resources().end(), [&](const stack::Resource& resource) {
    const std::string_view known = without_module_and_index(resource.address);
    return !known.empty() && (known == wanted || known == literal);
  });
}

/// Does the template put texts together itself? One that never does may be the text of a Fn::Sub in another program.
bool fills_in_texts(const Stack& stack) {
  return std::any_of(stack.resources().begin(), stack.resources().end(), [](const stack::Resource& resource) {
    const std::vector<Told> all = texts_of(resource.body);
    return std::any_of(all.begin(), all.end(), [](const Told& told) {
      const Text* const text = told.value->get();
      return text != nullptr && text->parts().size() > 1;
    });
  });
}

void check_literals(const World& world, ResourceId subject, Findings& out) {
  const Stack& stack = world.stack();
  for (const Told& told : texts_of(stack[subject].body)) {
    const Text* const text = told.value->get();
    if (text == nullptr || !is_link(told.property)) continue;
    for (const stack::Part& part : text->parts()) {
      const auto* const literal = std::get_if<std::string>(&part);
      if (literal == nullptr) continue;
      const std::optional<std::string> placeholder = placeholder_in(stack, *literal);
      const bool is_address = !placeholder && text->parts().size() == 1 && is_quoted_address(stack, *literal);
      if ((!placeholder && !is_address) || !is_so(world, told)) continue;
      Finding& finding = out.add(
          literal_looks_like_reference, subject, told.span().is_nowhere() ? stack[subject].span : told.span(),
          "'{}' is told the text '{}', which nobody replaces", name_of(world, subject), placeholder.value_or(*literal));
      finding.note("{}", placeholder ? "only Fn::Sub fills placeholders in" : "without quotes it is a reference");
      // A macro, or who deploys the template, may fill in what CloudFormation does not.
      const bool is_pseudo = placeholder && placeholder->starts_with("${AWS::");
      if (!stack.gaps.empty() || (is_pseudo && !fills_in_texts(stack))) finding.likely();
      break;
    }
  }
}

// --- R009 ---

/// What people are shown.
bool is_message(std::string_view property) {
  static constexpr std::array<std::string_view, 6> messages = {"description", "display_name", "tags",
                                                               "input",       "input_paths",  "input_template"};
  return std::find(messages.begin(), messages.end(), property) != messages.end();
}

bool fetches_a_secret(const stack::Unknown& unknown) {
  return unknown.cause == stack::Cause::dynamic_reference &&
         (unknown.subject.starts_with("secretsmanager:") || unknown.subject.starts_with("ssm-secure:"));
}

bool fetches_a_secret(const stack::TextValue& value) {
  if (value.unknown() != nullptr) return fetches_a_secret(*value.unknown());
  const Text* const text = value.get();
  return text != nullptr && std::any_of(text->parts().begin(), text->parts().end(), [](const stack::Part& part) {
           const auto* const unknown = std::get_if<stack::Unknown>(&part);
           return unknown != nullptr && fetches_a_secret(*unknown);
         });
}

void check_messages(const World& world, ResourceId subject, Findings& out) {
  for (const Told& told : texts_of(world.stack()[subject].body)) {
    if (!is_message(told.property) || !fetches_a_secret(*told.value) || !is_so(world, told)) continue;
    out.add(dynamic_reference_in_message, subject, told.span(),
            "'{}' carries the value of a secret in its {}, where everybody can read it", name_of(world, subject),
            told.property == "tags"              ? "tags"
            : told.property.starts_with("input") ? "message"
                                                 : "description")
        .note("a dynamic reference is replaced by the value when the stack is deployed: name the secret instead");
  }
}

}  // namespace

constinit const Rule dangling_reference{
    .id = "R002",
    .name = "dangling-reference",
    .severity = Severity::error,
    .effect = Effect::rejected,
    .since = "0.1.0",
    .summary = "a reference to something that is not there",
    .finds =
        "`Ref`, `Fn::GetAtt` and `Fn::Sub` of names that nothing in the template has, in the resources of the chain. "
        "What Terraform modules refer to is left to `terraform validate`.",
    .harm = "CloudFormation refuses the template.",
    .decision =
        "Only in whole templates: a fragment, and a template with macros or with many such names, may refer to what "
        "is elsewhere. It is an error where the name differs from one of the template's by one or two letters, else a "
        "note: the file may be a part that a tool puts together with others.",
    .source = "CloudFormation user guide, Ref and Fn::GetAtt.",
    .bad = examples::edited<"AlarmActions: [!Ref Topic]", "AlarmActions: [!Ref Topic, !Ref Topics]">,
    .good = examples::good,
    .check = check_references};

constinit const Rule literal_looks_like_reference{
    .id = "R003",
    .name = "literal-looks-like-reference",
    .severity = Severity::error,
    .effect = Effect::rejected,
    .since = "0.1.0",
    .summary = "a text that looks like a reference is just text",
    .finds =
        "`${Topic}` outside `Fn::Sub` where the template has a `Topic`, and quoted Terraform addresses such as "
        "`\"aws_sns_topic.alarms.arn\"`, in the properties that link one resource of the chain to another.",
    .harm =
        "Nobody replaces the text: AWS refuses it as no ARN, or the alarm, filter or trail is linked to something "
        "that does not exist.",
    .decision =
        "By the shape of the text, and only where the name between the braces, or the address, is one that the "
        "template has. Names, descriptions, patterns and policies are left alone. Where a macro may still change the "
        "template, or a template with a pseudo parameter in a text fills in no text itself, it is a warning.",
    .source = "CloudFormation user guide, Fn::Sub; Terraform language, \"References to Named Values\".",
    .bad = examples::edited<"AlarmActions: [!Ref Topic]", "AlarmActions: ['${Topic}']">,
    .good = examples::good,
    .check = check_literals};

constinit const Rule dynamic_reference_in_message{
    .id = "R009",
    .name = "dynamic-reference-in-message",
    .severity = Severity::error,
    .effect = Effect::hygiene,
    .since = "0.1.0",
    .summary = "the value of a secret is put into a description, tag or message",
    .finds =
        "`{{resolve:secretsmanager:...}}` and `{{resolve:ssm-secure:...}}` in descriptions, display names, tags and "
        "messages of targets.",
    .harm =
        "The value stands in clear text where many may look: the alarm's description is part of every mail. Whoever "
        "reads it there leaves no GetSecretValue behind.",
    .decision = "By the text, in every resource that is read.",
    .source = "CloudFormation user guide, \"Using dynamic references to specify template values\".",
    .bad = examples::edited<"AlarmDescription: TopSecretInfo was read",
                            "AlarmDescription: '{{resolve:secretsmanager:TopSecretInfo}} was read'">,
    .good = examples::good,
    .check = check_messages};

}  // namespace secretwatch::lint::rules
