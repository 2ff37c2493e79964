#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "base/suggest.h"
#include "base/text.h"
#include "model/codes.h"
#include "model/model.h"

namespace secretwatch::model {
namespace {

/// Reports names that the languages we write cannot tell apart.
class NameClashes {
 public:
  NameClashes(std::string_view what, Diagnostics& out) : what_(what), out_(out) {}

  void add(const std::string& name, const Span& span) {
    if (name.empty()) return;
    const auto [first, is_new] = seen_.emplace(plain_form(name), Seen{name, span});
    if (is_new) return;
    Diagnostic& diagnostic =
        first->second.name == name
            ? out_.add(codes::name_clash, span, "{} '{}' is used twice", what_, name)
            : out_.add(codes::name_clash, span, "{} '{}' is the same as '{}' without case and punctuation", what_, name,
                       first->second.name);
    diagnostic.note_at(first->second.span, "first used here");
  }

 private:
  struct Seen {
    std::string name;
    Span span;
  };
  std::string_view what_;
  Diagnostics& out_;
  std::unordered_map<std::string, Seen> seen_;
};

/// `*` spans any characters, `/` too; a text without one must be equal.
bool glob_matches(std::string_view glob, std::string_view text) {
  std::size_t g = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  while (t < text.size()) {
    if (g < glob.size() && glob[g] == '*') {
      star = g++;
      resume = t;
    } else if (g < glob.size() && glob[g] == text[t]) {
      ++g;
      ++t;
    } else if (star != std::string_view::npos) {
      g = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  return glob.find_first_not_of('*', g) == std::string_view::npos;
}

bool selects(const Selection& selection, const Secret& secret) {
  return !secret.id.empty() && (glob_matches(selection.text, secret.id) || glob_matches(selection.text, secret.name) ||
                                glob_matches(selection.text, secret.written));
}

void check_secrets(const Spec& spec, Diagnostics& out) {
  NameClashes ids("id", out);
  std::unordered_map<std::string, const Secret*> watched;
  for (const Secret& secret : spec.secrets) {
    if (secret.id.empty()) continue;
    const std::size_t clashes = out.error_count();
    ids.add(secret.id, secret.span);
    if (out.error_count() > clashes) {
      out.last()->note("give one of them an id of its own: {{name: …, id: …}}");
      continue;
    }
    const bool is_prefix = secret.naming == Secret::Naming::prefix;
    const auto [first, is_new] = watched.emplace(secret.name + (is_prefix ? "*" : "") + " " + secret.region, &secret);
    if (is_new) continue;
    out.add(codes::secret_listed_twice, secret.span, "secret '{}' is watched under two ids, '{}' and '{}'", secret.name,
            first->second->id, secret.id)
        .note_at(first->second->span, "first listed here");
  }
}

void check_parameters(const Spec& spec, Diagnostics& out) {
  // Terraform keeps these for itself as names of variables; CDK adds the last two to a template.
  static const std::unordered_set<std::string> reserved{"source",           "version",
                                                        "providers",        "count",
                                                        "foreach",          "lifecycle",
                                                        "dependson",        "locals",
                                                        "bootstrapversion", "checkbootstrapversion"};
  struct Use {
    const Channel* channel;
    const Endpoint* endpoint;
    std::string name;
  };
  std::unordered_map<std::string, Use> uses;
  for (const Channel& channel : spec.channels) {
    for (const Endpoint& endpoint : channel.endpoints) {
      const auto* const parameter = std::get_if<Parameter>(&endpoint.address);
      if (parameter == nullptr) continue;
      const std::string plain = plain_form(parameter->name);
      if (reserved.contains(plain)) {
        out.add(codes::reserved_name, endpoint.span, "'{}' is a name that Terraform or CDK keeps for itself",
                parameter->name);
        continue;
      }
      const auto [first, is_new] = uses.emplace(plain, Use{&channel, &endpoint, parameter->name});
      if (is_new) continue;
      const bool same_list = first->second.channel == &channel && first->second.endpoint->protocol == endpoint.protocol;
      if (same_list) {
        out.add(codes::repeated_item, endpoint.span, "parameter '{}' stands in the list twice", parameter->name)
            .note_at(first->second.endpoint->span, "first here");
      } else if (first->second.name != parameter->name) {
        out.add(codes::name_clash, endpoint.span, "parameter '{}' is the same as '{}' without case and punctuation",
                parameter->name, first->second.name)
            .note_at(first->second.endpoint->span, "first used here");
      } else if (first->second.endpoint->protocol != endpoint.protocol) {
        out.add(codes::parameter_clash, endpoint.span, "parameter '{}' is asked for as {} and as {}", parameter->name,
                name_of(first->second.endpoint->protocol), name_of(endpoint.protocol))
            .note_at(first->second.endpoint->span, "first used here");
      }
    }
  }
}

void check_channel(const Spec& spec, const Selection& wanted, Diagnostics& out) {
  std::vector<std::string_view> names;
  for (const Channel& channel : spec.channels) {
    if (channel.name == wanted.text) return;
    names.emplace_back(channel.name);
  }
  Diagnostic& diagnostic = out.add(codes::unknown_channel, wanted.span, "there is no channel '{}'", shown(wanted.text));
  const std::string meant = nearest(wanted.text, names);
  if (!meant.empty()) {
    diagnostic.note("did you mean '{}'?", meant);
  } else {
    diagnostic.note("the channels are {}", fmt::join(names, ", "));
  }
}

void check_selections(const Spec& spec, const Alert& alert, Diagnostics& out) {
  for (const Selection& selection : alert.selections) {
    const bool found = std::any_of(spec.secrets.begin(), spec.secrets.end(),
                                   [&](const Secret& secret) { return selects(selection, secret); });
    if (found) continue;
    std::vector<std::string_view> names;
    for (const Secret& secret : spec.secrets) {
      names.emplace_back(secret.id);
      names.emplace_back(secret.written);
    }
    Diagnostic& diagnostic =
        out.add(codes::selects_nothing, selection.span, "'{}' selects no secret", shown(selection.text));
    if (const std::string meant = nearest(selection.text, names); !meant.empty())
      diagnostic.note("did you mean '{}'?", meant);
  }
}

/// Calls that name no secret belong to none: only an alert over all secrets together can count them.
void check_counts_something(const Spec& spec, const Alert& alert, Diagnostics& out) {
  if (alert.watched.empty()) return;
  const bool names_secrets = std::any_of(alert.watched.begin(), alert.watched.end(), [](const Watched& watched) {
    return watched.event->named_by != NamedBy::nothing;
  });
  const bool covers_all = alert.selections.empty() || selected_secrets(spec, alert).size() == spec.secrets.size();
  if (names_secrets || (alert.per == Alert::Per::alert && covers_all)) return;
  out.add(codes::counts_nothing, alert.span, "alert '{}' counts nothing: {} names no secret", alert.name,
          alert.watched.front().event->name)
      .note("such calls count with 'per: alert' over all secrets");
}

void check_every_secret_is_watched(const Spec& spec, Diagnostics& out) {
  std::vector<bool> watched(spec.secrets.size(), false);
  for (const Alert& alert : spec.alerts)
    for (const std::size_t index : selected_secrets(spec, alert)) watched[index] = true;
  const auto unwatched = std::count(watched.begin(), watched.end(), false);
  if (unwatched == 0) return;
  const auto first = static_cast<std::size_t>(std::find(watched.begin(), watched.end(), false) - watched.begin());
  if (unwatched == 1) {
    out.add(codes::secret_unwatched, spec.secrets[first].span, "no alert selects secret '{}'", spec.secrets[first].id);
  } else {
    out.add(codes::secret_unwatched, spec.secrets[first].span, "no alert selects {} of the {} secrets, among them '{}'",
            unwatched, spec.secrets.size(), spec.secrets[first].id);
  }
}

}  // namespace

std::vector<std::size_t> selected_secrets(const Spec& spec, const Alert& alert) {
  std::vector<std::size_t> selected;
  std::unordered_set<std::string_view> words;
  std::vector<const Selection*> globs;
  for (const Selection& selection : alert.selections) {
    if (selection.text.find('*') == std::string::npos) {
      words.insert(selection.text);
    } else {
      globs.push_back(&selection);
    }
  }
  for (std::size_t i = 0; i < spec.secrets.size(); ++i) {
    const Secret& secret = spec.secrets[i];
    if (secret.id.empty()) continue;
    const bool by_word = words.contains(secret.id) || words.contains(secret.name) || words.contains(secret.written);
    const bool by_glob =
        std::any_of(globs.begin(), globs.end(), [&](const Selection* glob) { return selects(*glob, secret); });
    if (alert.selections.empty() || by_word || by_glob) selected.push_back(i);
  }
  return selected;
}

std::vector<std::size_t> notified_channels(const Spec& spec, const Alert& alert) {
  std::vector<std::size_t> notified;
  for (std::size_t i = 0; i < spec.channels.size(); ++i) {
    const bool wanted =
        alert.notify.empty() || std::any_of(alert.notify.begin(), alert.notify.end(), [&](const Selection& selection) {
          return selection.text == spec.channels[i].name;
        });
    if (wanted) notified.push_back(i);
  }
  return notified;
}

void check(const Spec& spec, Diagnostics& out) {
  check_secrets(spec, out);
  NameClashes channels("channel", out);
  for (const Channel& channel : spec.channels) channels.add(channel.name, channel.span);
  NameClashes alerts("alert", out);
  for (const Alert& alert : spec.alerts) alerts.add(alert.name, alert.span);
  check_parameters(spec, out);
  if (spec.trail.deliver_to) check_channel(spec, *spec.trail.deliver_to, out);
  const bool all_secrets_read =
      std::none_of(spec.secrets.begin(), spec.secrets.end(), [](const Secret& secret) { return secret.id.empty(); });
  for (const Alert& alert : spec.alerts) {
    for (const Selection& wanted : alert.notify) check_channel(spec, wanted, out);
    if (!all_secrets_read || spec.secrets.empty()) continue;
    check_selections(spec, alert, out);
    check_counts_something(spec, alert, out);
  }
  if (all_secrets_read && !out.has_errors()) check_every_secret_is_watched(spec, out);
}

}  // namespace secretwatch::model
