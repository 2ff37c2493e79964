// The tools, in the order in which they are asked: quick and strict first.
import cdkCli from './cdk-cli.mjs';
import cdkNag from './cdk-nag.mjs';
import cfnInclude from './cfn-include.mjs';
import cfnLint from './cfn-lint.mjs';
import cfnValidate from './cfn-validate.mjs';
import filtersCli from './filters-cli.mjs';
import hcl from './hcl.mjs';
import lintReports from './lint-reports.mjs';
import moto from './moto.mjs';
import providerSchema from './provider-schema.mjs';
import specSchema from './spec-schema.mjs';
import terraform from './terraform.mjs';
import yamlJson from './yaml-json.mjs';
import yamllint from './yamllint.mjs';

export const oracles = [
  yamlJson,
  yamllint,
  cfnValidate,
  cfnInclude,
  cdkNag,
  cdkCli,
  hcl,
  providerSchema,
  filtersCli,
  specSchema,
  lintReports,
  cfnLint,
  terraform,
  moto,
];
