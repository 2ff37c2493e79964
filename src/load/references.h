#pragma once
/// References: what an attribute of a resource or data source denotes.
///
///     aws_sns_topic.alerts.arn                                      Ref{alerts, arn}
///     aws_cloudwatch_log_metric_filter.f.id, .name                  Ref{f, id}, Ref{f, name}: told apart by rules
///     aws_cloudwatch_log_metric_filter.f.metric_transformation[0].name   what is written there
///     data.aws_region.current.id                                    the provider's region, or Pseudo::region
///     data.aws_iam_policy_document.topic.json                       a text with its document
///     data.aws_ami.x.id                                             unknown: a data source
///
/// An argument of a resource is what is written, unless it names the resource; what the cloud makes up is a Ref.
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "load/configuration.h"
#include "load/place.h"
#include "load/values.h"

namespace secretwatch::load {

class References : public ReferenceReader {
 public:
  References(const Configuration& configuration, const Place& place, stack::Stack& stack, Values& values);

  Item resolve(const hcl::Reference& reference, const Span& span) override;

  /// The resource that stands for an instance; nothing: it is a data source, or a setting of another.
  std::optional<stack::ResourceId> resource_of(std::uint32_t instance) const { return resources_.at(instance); }
  void stand_for(std::uint32_t instance, stack::ResourceId resource) { resources_.at(instance) = resource; }

 private:
  Item data_source(std::uint32_t handle, const std::string& attribute, const hcl::Reference& reference,
                   const Span& span);
  Item region_of_data(const Instance& data, const std::string& attribute, const Span& span);
  std::optional<Item> known_resource(const Instance& data, const std::string& attribute, const Span& span);
  Item document(std::uint32_t handle, const Span& span);
  /// What is written for an argument or in a block; absent: nothing is.
  Item argument(std::uint32_t handle, const std::vector<std::string>& path, const Span& span);

  const Configuration& configuration_;
  Place place_;
  stack::Stack& stack_;
  Values& values_;
  std::vector<std::optional<stack::ResourceId>> resources_;                   // by instance
  std::unordered_map<std::uint32_t, std::shared_ptr<const Item>> documents_;  // null: being worked out
  std::size_t depth_ = 0;
};

}  // namespace secretwatch::load
