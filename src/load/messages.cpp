/// Topics, who is subscribed to them, and what may send to whom. Source of the names of properties: CloudFormation
/// resource reference.
#include "load/kinds.h"

namespace secretwatch::load {

void read(const Properties& p, stack::Topic& topic) {
  topic.name = p.text("TopicName");
  topic.display_name = p.text("DisplayName");
  topic.kms_key = p.text("KmsMasterKeyId");
  topic.fifo = p.boolean("FifoTopic");
  topic.tags = p.tags();
}

void read(const Properties& p, stack::TopicPolicy& policy) {
  policy.topics = p.has("TopicArn") ? p.texts("TopicArn") : p.texts("Topics");
  policy.policy = p.policy("PolicyDocument");
}

void read(const Properties& p, stack::Subscription& subscription) {
  subscription.topic = p.required_text("TopicArn");
  subscription.protocol = p.required_text("Protocol");
  subscription.endpoint = p.text("Endpoint");
  subscription.filter_policy = p.document("FilterPolicy");
  subscription.filter_policy_scope = p.text("FilterPolicyScope");
  subscription.dead_letter_queue = p.object("RedrivePolicy").text("deadLetterTargetArn");
  subscription.region = p.text("Region");
  subscription.raw_message_delivery = p.boolean("RawMessageDelivery");
}

void read(const Properties& p, stack::ChatChannel& channel) {
  channel.name = p.text("ConfigurationName");
  channel.topics = p.texts("SnsTopicArns");
  channel.role = p.text("IamRoleArn");
}

void read(const Properties& p, stack::Queue& queue) {
  queue.name = p.text("QueueName");
  queue.kms_key = p.text("KmsMasterKeyId");
  queue.managed_encryption = p.boolean("SqsManagedSseEnabled");
  queue.fifo = p.boolean("FifoQueue");
}

void read(const Properties& p, stack::QueuePolicy& policy) {
  policy.queues = p.has("Queue") ? p.texts("Queue") : p.texts("Queues");
  policy.policy = p.policy("PolicyDocument");
}

void read(const Properties& p, stack::Function& function) {
  function.name = p.text("FunctionName");
  function.role = p.text("Role");
}

void read(const Properties& p, stack::FunctionPermission& permission) {
  permission.function = p.required_text("FunctionName");
  permission.action = p.required_text("Action");
  permission.principal = p.required_text("Principal");
  permission.source_arn = p.text("SourceArn");
}

}  // namespace secretwatch::load
