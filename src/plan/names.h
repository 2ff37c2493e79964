#pragma once
/// Names: what things are called in AWS and in the languages we write. Contract from the first release: a change needs
/// `moved` blocks in Terraform and an entry in CHANGELOG.md.
#include <string>

#include "model/model.h"

namespace secretwatch::plan {

std::string trail_name(const model::Spec& spec);
std::string log_group_name(const model::Spec& spec);  // of an existing trail: the one that is there
std::string topic_name(const model::Spec& spec, const model::Channel& channel);
/// `<name>-<alert>-<id>`, of filters with `-<part>` behind it.
std::string watch_name(const model::Spec& spec, const model::Alert& alert, const std::string& id);
/// The label of a subscription: made of its endpoint, so that adding one moves no other.
std::string subscription_label(const model::Channel& channel, const model::Endpoint& endpoint);

}  // namespace secretwatch::plan
