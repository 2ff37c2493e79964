#pragma once
/// Describe: the text that a person gets at three in the morning. It says which secret, what happened, what to do, and
/// how long the alarm will keep quiet; at most 1,024 characters, what matters least is left out first.
#include <string>
#include <vector>

#include "model/model.h"

namespace secretwatch::plan {

inline constexpr std::size_t max_description = 1024;  // PutMetricAlarm, AlarmDescription

/// One secret, or all those that feed one alarm.
std::string describe_alarm(const model::Alert& alert, const std::vector<const model::Secret*>& secrets);

/// "secret 'db'", "every secret below 'prod/'".
std::string describe_secret(const model::Secret& secret);

}  // namespace secretwatch::plan
