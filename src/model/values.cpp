#include "model/values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include <fmt/format.h>
#include <xxhash.h>

#include "base/source.h"
#include "base/text.h"

namespace secretwatch::model {
namespace {

template <class Predicate>
bool all_of(std::string_view text, Predicate predicate) {
  return std::all_of(text.begin(), text.end(), predicate);
}

bool is_in(char c, std::string_view set) {
  return set.find(c) != std::string_view::npos;
}

std::string problem_with_length(std::string_view text, std::size_t least, std::size_t most) {
  const std::size_t length = count_characters(text);
  if (length < least) return fmt::format("has {} characters, fewer than {}", length, least);
  if (length > most) return fmt::format("has {} characters, more than {}", length, most);
  return {};
}

/// Letters and digits in words joined by single hyphens.
bool is_hyphenated(std::string_view text) {
  if (text.empty() || text.front() == '-' || text.back() == '-' || text.find("--") != std::string_view::npos)
    return false;
  return all_of(text, [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

constexpr std::string_view hyphenated_rule = "is not letters and digits, joined by single hyphens";

bool looks_like_ip_address(std::string_view text) {
  return std::count(text.begin(), text.end(), '.') == 3 && all_of(text, [](char c) { return is_digit(c) || c == '.'; });
}

bool is_account_id(std::string_view text) {
  return text.size() == 12 && all_of(text, is_digit);
}

bool is_domain(std::string_view host) {
  if (host.empty() || host.size() > 253 || host.find('.') == std::string_view::npos) return false;
  while (!host.empty()) {
    const std::size_t dot = std::min(host.find('.'), host.size());
    const std::string_view label = host.substr(0, dot);
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
    if (!all_of(label, [](char c) { return is_letter_or_digit(c) || c == '-'; })) return false;
    if (dot + 1 == host.size()) return false;
    host.remove_prefix(std::min(dot + 1, host.size()));
  }
  return true;
}

/// What is between `https://` and the path; the port is cut off.
std::string_view host_of(std::string_view url) {
  std::string_view host = url.substr(std::string_view("https://").size());
  host = host.substr(0, std::min(host.find_first_of("/?#"), host.size()));
  return host.substr(0, std::min(host.find(':'), host.size()));
}

std::string problem_with_iam_name(std::string_view name) {
  if (std::string problem = problem_with_length(name, 1, 64); !problem.empty()) return problem;
  if (all_of(name, [](char c) { return is_letter_or_digit(c) || is_in(c, "_+=,.@-"); })) return {};
  return "has a character that IAM names cannot have (letters, digits, '_+=,.@-')";
}

constexpr std::array<std::uint32_t, 22> log_retentions{1,   3,   5,   7,   14,   30,   60,   90,   120,  150,  180,
                                                       365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653};

}  // namespace

std::string problem_with_spec_name(std::string_view name) {
  if (std::string problem = problem_with_length(name, 2, 30); !problem.empty()) return problem;
  if (!is_letter(name.front())) return "does not begin with a letter";
  if (!is_hyphenated(name)) return std::string(hyphenated_rule);
  if (lower_case(name).starts_with("aws")) return "begins with 'aws', which AWS keeps for itself";
  return {};
}

std::string problem_with_label(std::string_view name) {
  if (std::string problem = problem_with_length(name, 1, 40); !problem.empty()) return problem;
  if (!is_letter(name.front())) return "does not begin with a letter";
  return is_hyphenated(name) ? std::string() : std::string(hyphenated_rule);
}

std::string problem_with_id(std::string_view id) {
  if (std::string problem = problem_with_length(id, 1, 60); !problem.empty()) return problem;
  return is_hyphenated(id) ? std::string() : std::string(hyphenated_rule);
}

std::string problem_with_secret_name(std::string_view name) {
  if (std::string problem = problem_with_length(name, 1, 512); !problem.empty()) return problem;
  if (all_of(name, [](char c) { return is_letter_or_digit(c) || is_in(c, "/_+=.@-"); })) return {};
  return "has a character that secret names cannot have (letters, digits, '/_+=.@-')";
}

std::string problem_with_region(std::string_view region) {
  // us-east-2, us-gov-west-1, eusc-de-east-1: words of letters, then a number.
  const std::size_t last = region.rfind('-');
  const bool parts = last != std::string_view::npos && region.size() <= 32 && is_hyphenated(region);
  if (parts) {
    const std::string_view words = region.substr(0, last);
    const std::string_view number = region.substr(last + 1);
    const bool is_region = words.find('-') != std::string_view::npos && all_of(number, is_digit) &&
                           all_of(words, [](char c) { return is_lower(c) || c == '-'; });
    if (is_region) return {};
  }
  return "is not a region such as 'us-east-2'";
}

std::string problem_with_email(std::string_view address) {
  const std::size_t at = address.find('@');
  const std::string_view local = address.substr(0, std::min(at, address.size()));
  const auto is_local = [](char c) { return is_letter_or_digit(c) || is_in(c, ".!#$%&'*+/=?^_`{|}~-"); };
  const bool fine = at != std::string_view::npos && !local.empty() && local.size() <= 64 && address.size() <= 254 &&
                    all_of(local, is_local) && local.front() != '.' && local.back() != '.' &&
                    local.find("..") == std::string_view::npos && is_domain(address.substr(at + 1));
  return fine ? std::string() : "is not an e-mail address";
}

std::string problem_with_phone_number(std::string_view number) {
  const bool fine = number.size() >= 3 && number.size() <= 16 && number[0] == '+' && number[1] != '0' &&
                    all_of(number.substr(1), is_digit);
  return fine ? std::string() : "is not a phone number such as '+15555550100'";
}

std::string problem_with_https_url(std::string_view url) {
  if (std::string problem = problem_with_length(url, 1, 2048); !problem.empty()) return problem;
  if (!url.starts_with("https://")) return "does not begin with 'https://'";
  const auto is_url_character = [](char c) { return is_letter_or_digit(c) || is_in(c, "-._~:/?#[]@!$&'()*+,;=%"); };
  if (!all_of(url, is_url_character)) return "has a character that URLs cannot have";
  const std::string_view authority = url.substr(8, url.find_first_of("/?#", 8) - 8);
  if (authority.find('@') != std::string_view::npos) return "holds a user name or password";
  if (!is_domain(host_of(url))) return "has no host name that SNS can reach";
  const std::size_t colon = authority.find(':');
  if (colon != std::string_view::npos) {
    const std::string_view port = authority.substr(colon + 1);
    if (port.empty() || port.size() > 5 || !all_of(port, is_digit)) return "has a port that is not a number";
  }
  return {};
}

std::string problem_with_topic_name(std::string_view name) {
  if (std::string problem = problem_with_length(name, 1, 256); !problem.empty()) return problem;
  if (all_of(name, [](char c) { return is_letter_or_digit(c) || c == '_' || c == '-'; })) return {};
  return "has a character that topic names cannot have (letters, digits, '_', '-')";
}

std::string problem_with_trail_name(std::string_view name) {
  if (std::string problem = problem_with_length(name, 3, 128); !problem.empty()) return problem;
  if (!all_of(name, [](char c) { return is_letter_or_digit(c) || is_in(c, "._-"); }))
    return "has a character that trail names cannot have (letters, digits, '._-')";
  if (!is_letter_or_digit(name.front()) || !is_letter_or_digit(name.back()))
    return "does not begin and end with a letter or digit";
  for (std::size_t i = 1; i < name.size(); ++i)
    if (!is_letter_or_digit(name[i]) && !is_letter_or_digit(name[i - 1])) return "has two of '._-' in a row";
  return looks_like_ip_address(name) ? "looks like an IP address" : std::string();
}

std::string problem_with_log_group_name(std::string_view name) {
  if (std::string problem = problem_with_length(name, 1, 512); !problem.empty()) return problem;
  if (all_of(name, [](char c) { return is_letter_or_digit(c) || is_in(c, "_-/.#"); })) return {};
  return "has a character that log group names cannot have (letters, digits, '_-/.#')";
}

std::string problem_with_bucket_name(std::string_view name) {
  if (std::string problem = problem_with_length(name, 3, 63); !problem.empty()) return problem;
  if (!all_of(name, [](char c) { return is_lower(c) || is_digit(c) || c == '.' || c == '-'; }))
    return "has a character other than lower-case letters, digits, '.' and '-'";
  if (!is_letter_or_digit(name.front()) || !is_letter_or_digit(name.back()))
    return "does not begin and end with a letter or digit";
  if (name.find("..") != std::string_view::npos) return "has two dots in a row";
  if (looks_like_ip_address(name)) return "looks like an IP address";
  for (const std::string_view prefix : {"xn--", "sthree-", "amzn-s3-demo-"})
    if (name.starts_with(prefix)) return fmt::format("begins with '{}', which AWS keeps for itself", prefix);
  for (const std::string_view suffix : {"-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3", "-an"})
    if (name.ends_with(suffix)) return fmt::format("ends with '{}', which AWS keeps for itself", suffix);
  return {};
}

std::string problem_with_namespace(std::string_view name_space) {
  if (std::string problem = problem_with_length(name_space, 1, 255); !problem.empty()) return problem;
  if (!all_of(name_space, [](char c) { return is_letter_or_digit(c) || is_in(c, ".-_/#"); }))
    return "has a character that metric namespaces cannot have (letters, digits, '.-_/#')";
  return name_space.starts_with("AWS/") ? "begins with 'AWS/', which AWS keeps for itself" : std::string();
}

std::string problem_with_organization(std::string_view id) {
  const bool fine = id.starts_with("o-") && id.size() >= 12 && id.size() <= 34 &&
                    all_of(id.substr(2), [](char c) { return is_lower(c) || is_digit(c); });
  return fine ? std::string() : "is not an organization id such as 'o-exampleorgid'";
}

std::string problem_with_kms_key(std::string_view key) {
  const auto is_alias = [](std::string_view text) {
    return text.starts_with("alias/") && text.size() > 6 && text.size() <= 256 &&
           all_of(text.substr(6), [](char c) { return is_letter_or_digit(c) || is_in(c, "/_-"); });
  };
  const auto is_key_id = [](std::string_view text) {
    return !text.empty() && text.size() <= 64 && all_of(text, [](char c) { return is_letter_or_digit(c) || c == '-'; });
  };
  if (const auto arn = parse_arn(key)) {
    const std::string_view resource = arn->resource;
    const bool fine = arn->service == "kms" && problem_with_region(arn->region).empty() &&
                      is_account_id(arn->account) &&
                      (is_alias(resource) || (resource.starts_with("key/") && is_key_id(resource.substr(4))));
    return fine ? std::string() : "is not the ARN of a KMS key or alias";
  }
  // A bare key id is a UUID or begins with mrk-.
  const bool is_id =
      is_key_id(key) && (key.starts_with("mrk-") || (key.size() == 36 && std::count(key.begin(), key.end(), '-') == 4));
  return is_alias(key) || is_id ? std::string() : "is not a KMS key (alias/NAME, key id, or ARN)";
}

std::string problem_with_role(std::string_view role) {
  if (!role.starts_with("arn:")) return problem_with_iam_name(role);
  const auto arn = parse_arn(role);
  if (arn && arn->service == "sts") return "is the ARN of a session, not of a role";
  return problem_with_arn(role, "iam", "role/", "arn:aws:iam::123456789012:role/NAME");
}

std::string problem_with_user(std::string_view user) {
  if (!user.starts_with("arn:")) return problem_with_iam_name(user);
  return problem_with_arn(user, "iam", "user/", "arn:aws:iam::123456789012:user/NAME");
}

std::string problem_with_service(std::string_view service) {
  const bool fine =
      service == "AWS Internal" || ((service.ends_with(".amazonaws.com") || service.ends_with(".amazonaws.com.cn") ||
                                     service.ends_with(".aws.internal")) &&
                                    is_domain(service));
  return fine ? std::string() : "is not a service such as 'rds.amazonaws.com'";
}

std::string problem_with_parameter_name(std::string_view name) {
  if (std::string problem = problem_with_length(name, 1, 255); !problem.empty()) return problem;
  if (!is_letter(name.front())) return "does not begin with a letter";
  return all_of(name, is_letter_or_digit) ? std::string() : "is not letters and digits only";
}

std::string problem_with_tag_key(std::string_view key) {
  if (std::string problem = problem_with_length(key, 1, 128); !problem.empty()) return problem;
  return lower_case(key).starts_with("aws:") ? "begins with 'aws:', which AWS keeps for itself" : std::string();
}

bool has_unusual_tag_characters(std::string_view text) {
  return !all_of(text, [](char c) {
    return is_letter_or_digit(c) || is_in(c, " +-=._:/@") || (static_cast<unsigned char>(c) & 0x80) != 0;
  });
}

bool never_confirms_subscriptions(std::string_view https_url) {
  std::string host = lower_case(host_of(https_url));
  if (host.ends_with('.')) host.pop_back();
  return host == "hooks.slack.com" || host == "hooks.slack-gov.com" || host == "webhook.office.com" ||
         host.ends_with(".webhook.office.com");
}

std::optional<Arn> parse_arn(std::string_view text) {
  std::array<std::string, 6> part;
  for (std::size_t i = 0; i < 5; ++i) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    part[i] = text.substr(0, colon);
    text.remove_prefix(colon + 1);
  }
  part[5] = text;
  const bool partition = part[1] == "aws" || (part[1].starts_with("aws-") && is_hyphenated(part[1]) &&
                                              all_of(part[1], [](char c) { return is_lower(c) || c == '-'; }));
  if (part[0] != "arn" || !partition || part[5].empty()) return std::nullopt;
  return Arn{part[1], part[2], part[3], part[4], part[5]};
}

std::string problem_with_arn(std::string_view text, std::string_view service, std::string_view prefix,
                             std::string_view example) {
  const auto arn = parse_arn(text);
  const bool global = service == "iam";
  const auto is_resource = [](char c) { return is_letter_or_digit(c) || is_in(c, "/_+=,.@:$-"); };
  const bool fine = arn && arn->service == service && arn->resource.size() > prefix.size() &&
                    arn->resource.starts_with(prefix) && is_account_id(arn->account) &&
                    (global ? arn->region.empty() : problem_with_region(arn->region).empty()) &&
                    arn->resource.size() <= 512 && all_of(arn->resource, is_resource);
  return fine ? std::string() : fmt::format("is not an ARN such as '{}'", example);
}

Expected<std::chrono::seconds> parse_duration(std::string_view text) {
  const TextError not_one{0, "is not a duration such as '5m', '2h' or '90d'"};
  if (text.size() < 2 || text.size() > 10) return not_one;
  std::uint32_t amount = 0;
  const char* const end = text.data() + text.size() - 1;
  const auto [stopped, fault] = std::from_chars(text.data(), end, amount);
  if (fault != std::errc() || stopped != end || !is_digit(text.front())) return not_one;
  switch (text.back()) {
    case 'm':
      return std::chrono::seconds(std::chrono::minutes(amount));
    case 'h':
      return std::chrono::seconds(std::chrono::hours(amount));
    case 'd':
      return std::chrono::seconds(std::chrono::hours(24) * amount);
    default:
      return not_one;
  }
}

std::string print_duration(std::chrono::seconds duration) {
  constexpr std::int64_t day = std::int64_t{24} * 60;
  const std::int64_t minutes = duration.count() / 60;
  const auto say = [](std::int64_t amount, std::string_view unit) {
    return fmt::format("{} {}{}", amount, unit, amount == 1 ? "" : "s");
  };
  if (minutes % day == 0) return say(minutes / day, "day");
  if (minutes % 60 == 0) return say(minutes / 60, "hour");
  return say(minutes, "minute");
}

bool is_log_retention(std::uint32_t days) {
  return std::binary_search(log_retentions.begin(), log_retentions.end(), days);
}

std::uint32_t nearest_log_retention(std::uint32_t days) {
  return *std::min_element(log_retentions.begin(), log_retentions.end(), [days](std::uint32_t a, std::uint32_t b) {
    const auto distance = [days](std::uint32_t offered) { return offered > days ? offered - days : days - offered; };
    return distance(a) < distance(b);
  });
}

std::string derive_id(std::string_view name) {
  std::string id;
  for (const char c : name) {
    if (is_letter_or_digit(c)) {
      id += c;
    } else if (!id.empty() && id.back() != '-') {
      id += '-';
    }
  }
  while (!id.empty() && id.back() == '-') id.pop_back();
  if (id.size() <= 60) return id;
  const std::uint64_t hash = XXH3_64bits(name.data(), name.size());
  std::string start = id.substr(0, 51);
  if (start.back() == '-') start.pop_back();
  return start + fmt::format("-{:08x}", static_cast<std::uint32_t>(hash >> 32));
}

}  // namespace secretwatch::model
