#include "stack/stack.h"

namespace secretwatch::stack {
namespace {

struct KindName {
  std::string_view operator()(const Bucket&) const { return "bucket"; }
  std::string_view operator()(const BucketPolicy&) const { return "bucket policy"; }
  std::string_view operator()(const Trail&) const { return "trail"; }
  std::string_view operator()(const LogGroup&) const { return "log group"; }
  std::string_view operator()(const Role&) const { return "role"; }
  std::string_view operator()(const MetricFilter&) const { return "metric filter"; }
  std::string_view operator()(const Alarm&) const { return "alarm"; }
  std::string_view operator()(const Topic&) const { return "topic"; }
  std::string_view operator()(const TopicPolicy&) const { return "topic policy"; }
  std::string_view operator()(const Subscription&) const { return "subscription"; }
  std::string_view operator()(const Key&) const { return "key"; }
  std::string_view operator()(const KeyAlias&) const { return "key alias"; }
  std::string_view operator()(const Secret&) const { return "secret"; }
  std::string_view operator()(const FunctionPermission&) const { return "function permission"; }
  std::string_view operator()(const External&) const { return "external"; }
};

struct IdentifierSuffix {
  std::string_view operator()(const Bucket&) const { return "Bucket"; }
  std::string_view operator()(const BucketPolicy&) const { return "BucketPolicy"; }
  std::string_view operator()(const Trail&) const { return ""; }
  std::string_view operator()(const LogGroup&) const { return "LogGroup"; }
  std::string_view operator()(const Role&) const { return "Role"; }
  std::string_view operator()(const MetricFilter&) const { return "Filter"; }
  std::string_view operator()(const Alarm&) const { return "Alarm"; }
  std::string_view operator()(const Topic&) const { return "Topic"; }
  std::string_view operator()(const TopicPolicy&) const { return "TopicPolicy"; }
  std::string_view operator()(const Subscription&) const { return "Subscription"; }
  std::string_view operator()(const Key&) const { return ""; }
  std::string_view operator()(const KeyAlias&) const { return "Alias"; }
  std::string_view operator()(const Secret&) const { return "Secret"; }
  std::string_view operator()(const FunctionPermission&) const { return "Permission"; }
  std::string_view operator()(const External&) const { return ""; }
};

}  // namespace

std::string_view kind_of(const Body& body) {
  return std::visit(KindName{}, body);
}

std::string_view identifier_suffix(const Body& body) {
  return std::visit(IdentifierSuffix{}, body);
}

ResourceId Stack::add(Resource resource) {
  resources_.push_back(std::move(resource));
  return static_cast<ResourceId>(resources_.size() - 1);
}

ParameterId Stack::add(Parameter parameter) {
  parameters.push_back(std::move(parameter));
  return static_cast<ParameterId>(parameters.size() - 1);
}

}  // namespace secretwatch::stack
