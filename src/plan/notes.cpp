#include <algorithm>

#include <fmt/format.h>

#include "plan/filters.h"
#include "plan/names.h"
#include "plan/plan.h"

namespace secretwatch::plan {
namespace {

using Protocol = model::Endpoint::Protocol;

std::string address_of(const model::Endpoint& endpoint) {
  if (const auto* const parameter = std::get_if<model::Parameter>(&endpoint.address))
    return fmt::format("{{parameter {}}}", parameter->name);
  return std::get<std::string>(endpoint.address);
}

/// One note for all mails and webhooks: each gets a message with a link, and nothing else before it is visited.
void note_confirmations(const model::Spec& spec, Diagnostics& out) {
  std::vector<std::string> waiting;
  Span first;
  for (const model::Channel& channel : spec.channels) {
    for (const model::Endpoint& endpoint : channel.endpoints) {
      if (endpoint.protocol != Protocol::email && endpoint.protocol != Protocol::https) continue;
      if (waiting.empty()) first = endpoint.span;
      // A URL may carry a key: its host is enough to recognise it.
      const std::string address = address_of(endpoint);
      const std::size_t path = endpoint.protocol == Protocol::https ? address.find('/', 8) : std::string::npos;
      waiting.push_back(path == std::string::npos ? address : address.substr(0, path) + "/…");
    }
  }
  if (waiting.empty()) return;
  constexpr std::size_t shown = 5;
  const std::size_t rest = waiting.size() > shown ? waiting.size() - shown : 0;
  waiting.resize(waiting.size() - rest);
  out.add(codes::confirmation_needed, first, "nothing reaches {}{} before the subscription is confirmed",
          fmt::join(waiting, ", "), rest == 0 ? "" : fmt::format(" and {} more", rest))
      .note("SNS sends each of them a message with a link; the link is valid for two days");
}

void note_endpoint_permissions(const model::Spec& spec, Diagnostics& out) {
  for (const model::Channel& channel : spec.channels) {
    if (!channel.existing_topic.empty()) {
      out.add(codes::topic_permission, channel.span, "the policy of topic {} is not ours", channel.existing_topic)
          .note("it must let cloudwatch.amazonaws.com publish, and so must its key if it is encrypted");
    }
    for (const model::Endpoint& endpoint : channel.endpoints) {
      if (endpoint.protocol != Protocol::sqs) continue;
      out.add(codes::queue_permission, endpoint.span, "queue {} must let the topic send to it", address_of(endpoint))
          .note(
              R"(its policy needs {{"Effect":"Allow","Principal":{{"Service":"sns.amazonaws.com"}},)"
              R"("Action":"sqs:SendMessage","Resource":"<queue ARN>",)"
              R"("Condition":{{"ArnEquals":{{"aws:SourceArn":"<ARN of topic {}>"}}}}}}; an output of the stack has it filled in)",
              topic_name(spec, channel))
          .note(
              "a queue with a customer key also needs kms:Decrypt and kms:GenerateDataKey* for sns.amazonaws.com "
              "there");
    }
  }
}

void note_trail(const model::Spec& spec, Diagnostics& out) {
  const model::Trail& trail = spec.trail;
  if (trail.existing) {
    out.add(codes::existing_log_group, trail.span,
            "log group '{}' must be in the account and region of the stack, and its trail must record read events",
            trail.existing_log_group)
        .note("filters that are there already count towards its 100");
  }
  if (trail.exclude_kms || trail.exclude_rds_data_api) {
    out.add(codes::excluded_sources, trail.span, "events of {} are left out of the trail",
            trail.exclude_kms && trail.exclude_rds_data_api ? "KMS and the RDS Data API"
            : trail.exclude_kms                             ? "KMS"
                                                            : "the RDS Data API")
        .note(
            "that works only in regions that have the service, and the control CloudTrail.1 of Security Hub fails "
            "unless another trail records everything");
  }
  if (!trail.all_regions) {
    out.add(codes::home_region_only, trail.span, "the trail records its home region only")
        .note("reads through another region's endpoint, of a replica for one, are not seen");
  }
  if (trail.encryption == model::Trail::Encryption::existing_key) {
    out.add(codes::key_permission, trail.span, "the policy of key {} is not ours", trail.key_arn)
        .note("it must let cloudwatch.amazonaws.com use kms:Decrypt and kms:GenerateDataKey*{}",
              trail.existing ? ""
                             : ", cloudtrail.amazonaws.com kms:GenerateDataKey*, kms:Decrypt and kms:DescribeKey, and "
                               "logs.<region>.amazonaws.com to encrypt and decrypt");
  }
  if (trail.deliver_to) {
    out.add(codes::notices_are_noisy, trail.deliver_to->span,
            "channel '{}' gets a message for every log file that CloudTrail delivers, some every few minutes",
            trail.deliver_to->text)
        .note("these are no alerts: a read is announced by its alarm");
  }
}

}  // namespace

void add_notes(const model::Spec& spec, Diagnostics& out) {
  note_confirmations(spec, out);
  note_endpoint_permissions(spec, out);
  note_trail(spec, out);
}

void add_terraform_notes(const model::Spec& spec, Diagnostics& out) {
  for (const model::Secret& secret : spec.secrets) {
    if (!secret.create || !secret.create->generate) continue;
    const model::Creation::Generate& generate = *secret.create->generate;
    // Names of secrets hold no character that a shell reads; no quoting is needed.
    out.add(codes::secret_without_value, secret.create->span, "secret '{}' has no value after terraform apply",
            secret.name)
        .note("fill it once, so that no value stands in the state of Terraform:")
        .note(
            "password=$(aws secretsmanager get-random-password --password-length {}{} --query RandomPassword --output "
            "text)",
            generate.length, generate.exclude_punctuation ? " --exclude-punctuation" : "")
        .note("aws secretsmanager put-secret-value --secret-id {} --secret-string \"$password\"", secret.name);
  }
}

void add_verbose_notes(const model::Spec& spec, const Plan& plan, Diagnostics& out) {
  const SecretNames names(spec);
  for (const model::Secret& secret : spec.secrets) {
    if (secret.naming == model::Secret::Naming::prefix) continue;
    out.add(codes::stranger_matches, secret.span, "the ARN of an unwatched secret '{}-…' counts for '{}' too",
            secret.name, secret.name)
        .note("list such a secret as well, and it is told apart");
  }
  const auto regexes = std::count_if(plan.filters.begin(), plan.filters.end(), [](const PlannedFilter& filter) {
    return filter.pattern.find('%') != std::string::npos;
  });
  if (regexes > 0) {
    out.add(codes::regex_in_use, spec.secrets_span, "{} filter{} use a regular expression; a log group takes 5 of them",
            regexes, regexes == 1 ? "" : "s");
  }
}

}  // namespace secretwatch::plan
