// Terraform without a network: its settings, its provider from a local folder, and the one call that planning makes.
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { run, which } from './process.mjs';

const providerFolder = 'registry.terraform.io/hashicorp/aws';

/** A folder that holds the provider, as `terraform providers mirror` or a plugin folder has it; or null. */
function findPlugins() {
  const named = process.env.SECRETWATCH_TF_PLUGIN_DIR;
  const usual = [
    '/opt/tf-plugins',
    path.join(os.homedir(), '.terraform.d/plugins'),
    '/usr/local/share/terraform/plugins',
    '/usr/share/terraform/plugins',
  ];
  return (named ? [named] : usual).find((folder) => fs.existsSync(path.join(folder, providerFolder))) ?? null;
}

/** Terraform, ready to be used, or why it cannot be. */
export async function findTerraform(work) {
  if (!which('terraform')) return { lacking: 'terraform is not on PATH' };
  const plugins = findPlugins();
  if (!plugins)
    return { lacking: 'no provider hashicorp/aws in a local folder; name one in SECRETWATCH_TF_PLUGIN_DIR' };
  const config = path.join(work, 'terraform.rc');
  fs.writeFileSync(
    config,
    `disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(plugins)}\n  }\n}\n`,
  );
  const env = {
    PATH: process.env.PATH,
    HOME: work,
    TF_CLI_CONFIG_FILE: config,
    TF_IN_AUTOMATION: '1',
    CHECKPOINT_DISABLE: '1',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const terraform = (dir, ...args) => run('terraform', [`-chdir=${dir}`, ...args], { env });
  const core = JSON.parse((await terraform(work, 'version', '-json')).stdout).terraform_version;
  const providers = fs.readdirSync(path.join(plugins, providerFolder)).filter((name) => /^\d/.test(name));
  return { terraform, version: `${core}, aws ${providers.sort().at(-1)}` };
}

/**
 * The provider's settings for an endpoint on this machine; without `services` only STS is asked. That the provider does
 * not look for its account matters to `sns_topic_name` of a trail: docs/decisions/0006.
 */
export function providerSettings(url, services = ['sts']) {
  const endpoints = services.map((service) => `    ${service} = ${JSON.stringify(url)}`).join('\n');
  return `provider "aws" {
  region                      = "us-east-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  skip_region_validation      = true
  s3_use_path_style           = true
  endpoints {
${endpoints}
  }
}
`;
}

/** Answers sts:GetCallerIdentity on a free port of this machine; `data.aws_caller_identity` asks for it. */
export async function serveIdentity() {
  const answer = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
    <Arn>arn:aws:iam::123456789012:user/test</Arn><UserId>AIDATEST</UserId><Account>123456789012</Account>
  </GetCallerIdentityResult></GetCallerIdentityResponse>`;
  const server = http.createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200, { 'Content-Type': 'text/xml' }).end(answer));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

const samples = {
  email: 'somebody@example.com',
  sms: '+15555550199',
  https: 'https://hooks.example.com/secret-path',
  sqs: 'arn:aws:sqs:us-east-1:123456789012:asked-for',
  lambda: 'arn:aws:lambda:us-east-1:123456789012:function:asked-for',
};

/** A value for each variable of a module, by what subscribes with it. */
export function variablesOf(module) {
  const values = {};
  for (const { protocol, endpoint } of Object.values(module.resource.aws_sns_topic_subscription ?? {})) {
    const [, name] = endpoint.match(/^\$\{var\.(\w+)\}$/) ?? [];
    if (name) values[name] = samples[protocol];
  }
  return values;
}
