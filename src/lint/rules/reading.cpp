/// R: what could not be read, could not be decided, or was told not to be said.
#include "lint/rules/catalogue.h"

namespace secretwatch::lint::rules {

constinit const Rule parse_error{
    .id = "R001",
    .name = "parse-error",
    .severity = Severity::error,
    .effect = Effect::hygiene,  // what is wrong with the file may be that it is too large for us
    .since = "0.1.0",
    .summary = "a file that is a template cannot be read",
    .finds =
        "Files given by name, and files in folders that are templates by their markers, which cannot be opened or "
        "parsed, and definitions that rest on themselves: conditions, resources, locals and modules. Other files are "
        "skipped and counted.",
    .harm = "Nothing in it was checked, and AWS may refuse it.",
    .decision = "By the reader of the format, with the place at which it gave up.",
    .source = "YAML 1.1, RFC 8259, CloudFormation template anatomy, HCL syntax specification.",
    .bad = "Resources: [\n",
    .good = ""};

constinit const Rule stale_suppression{
    .id = "R006",
    .name = "stale-suppression",
    .severity = Severity::note,
    .effect = Effect::hygiene,
    .since = "0.1.0",
    .summary = "an ignore is out of date",
    .finds =
        "`secretwatch:ignore` comments and metadata that ignore nothing, whose date has passed, or that name no "
        "rule, and entries of the baseline that nothing matches any more.",
    .harm =
        "The next fault of that kind in the same place would be hidden, or a fault that was put off is still there.",
    .decision =
        "After all rules have run. The date is compared with `--today`. An ignore of a rule that is not "
        "selected is left alone.",
    .source = "No fact about AWS.",
    .bad =
        "Resources:\n"
        "  # secretwatch:ignore A540 -- muted while the team moves\n"
        "  Topic:\n"
        "    Type: AWS::S3::Bucket\n",
    .good =
        "Resources:\n"
        "  Topic:\n"
        "    Type: AWS::S3::Bucket\n"};

constinit const Rule suppression_without_reason{
    .id = "R007",
    .name = "suppression-without-reason",
    .severity = Severity::note,
    .effect = Effect::hygiene,
    .since = "0.1.0",
    .summary = "an ignore does not say why",
    .finds = "`secretwatch:ignore` comments and metadata without ` -- reason`.",
    .harm = "Nobody will dare to remove it.",
    .decision = "By its text.",
    .source = "No fact about AWS."};

}  // namespace secretwatch::lint::rules
