// Asks `terraform fmt` which texts are HCL: node syntax.mjs > syntax.json (Terraform 1.11.4, offline, some minutes).
// The cases below, and each of them with one character taken out, doubled, or exchanged for a mark of the language.
import { spawnSync } from 'node:child_process';

const r = String.raw;
const cases = [
  '', '\n', ' ', '# only a comment', '// c\n', '/* c */', '/* a */ b = 1 /* c */\n', '\uFEFFa = 1\n', 'a = 1', 'a = 1\r\nb = 2\r\n',
  'a = "ü\\n"\nß = 1\nä-b_c = 2\n', 'a = 1 b = 2', 'a = 1, b = 2', 'a = 1\na = 2\n', '"a" = 1', 'a : 1', 'a', '1 = 2', '= 1', '}', '{}',
  'b {}', 'b {\n}', 'b { a = 1 }', 'b { a = 1\n}', 'b {\n a = 1 }', 'b { a = 1, b = 2 }', 'b { c {} }', 'b "x" y "z" {\n}\n', 'b "${x}" {}', 'b "$${x}" {}',
  'b "x\n" {}', 'b\n{\n}', 'b = {\n}', 'b {', 'b {\n a = 1\n', 'b {} c {}', 'b {}\n\n\nc {}', 'b "%{if}" {}', 'b 5 {}',
  'a = [1, 2,\n 3,]', 'a = [1 2]', 'a = [,]', 'a = []', 'a = [\n]', 'a = [1,,2]', 'a = [1\n,2]', 'a = [for]', 'a = [for x in y : x]', 'a = [(for)]',
  'a = {a = 1, b = 2}', 'a = {a = 1 b = 2}', 'a = {a : 1\n b = 2\n}', 'a = {\n a = 1,\n\n b = 2,\n}', 'a = {"a" = 1, (b) = 2, 3 = 4, c.d = 5, f(x) = 6}', 'a = {for = 1}', 'a = {b = 1, for = 2}',
  'a = {,}', 'a = {a = 1,, b = 2}', 'a = {a =\n 1}', 'a = {a\n = 1}', 'a = {null = 1, true = 2}', 'a = {a}', 'a = {a = 1', 'a = {"${b}c" = 1}',
  'a = {for k, v in x : k => v if v != ""}', 'a = {for k, v in x : k => v...}', 'a = {for k, v in x : v}', 'a = [for k, v in x : k => v]', 'a = [for v in x : v...]', 'a = [for v in x : v if]',
  'a = [\n for\n v\n in\n x\n :\n v\n]', 'a = {for v in x : v => v ... if v}', 'a = [for v, in x : v]', 'a = [for 1 in x : v]', 'a = [for v of x : v]',
  'a = 1 + 2 * 3 - -4 / !b % c', 'a = 1 +\n 2', 'a = (1 +\n 2)', 'a = b && c || d == e != f', 'a = 1 < 2 <= 3 > 4 >= 5', 'a = b & c', 'a = b | c', 'a = b ? c : d', 'a = b ? c : d ? e : f', 'a = b ? c', 'a = b ?: c', 'a = (b\n ? c\n : d)',
  'a = !!b', 'a = --1', 'a = - 1', 'a = +1', 'a = ()', 'a = (1', 'a = 1)', 'a = b.c.d', 'a = b.0.c', 'a = b.0.1', 'a = b.*.c.0', 'a = b.*.*', 'a = b[*].c[*].d', 'a = b[*]', 'a = b[ * ]', 'a = b[]', 'a = b["c"].d', 'a = b[c.d[0]].e', 'a = b[\n0\n]', 'a = b.', 'a = b.1.5', 'a = b\n.c', 'a = b . c', 'a = "x".y', 'a = [1][0]', 'a = {a=1}.a', 'a = f(x)[0].y', 'a = b.*[0]', 'a = b.*.0', 'a = b.c-d',
  'a = f()', 'a = f(1, 2,)', 'a = f(,)', 'a = f(x...)', 'a = f(x..., y)', 'a = f(\n 1,\n 2\n)', 'a = f (1)', 'a = f(1 2)', 'a = f(1', 'a = provider::aws::arn_parse(x)', 'a = provider::aws', 'a = a::b()', 'a = ::b()', 'a = f(x...,)',
  'a = 1.5e3', 'a = 1e+5', 'a = 1E-5', 'a = .5', 'a = 5.', 'a = 1.2.3', 'a = 0x10', 'a = 007', 'a = 1_000', 'a = 1e', 'a = 1e5.5', 'a = 1e5e5', 'a = 9999999999999999999999999999',
  'a = "x"', r`a = "x\n\t\"\\\r"`, r`a = "\u00e9\U0001F600"`, r`a = "\u12"`, r`a = "\x"`, r`a = "\${x}"`, r`a = "\uD800"`, r`a = "\U00110000"`, 'a = "x', 'a = "x\ny"', 'a = "$"', 'a = "%"', 'a = "$$"', 'a = "$${x}"', 'a = "%%{x}"', 'a = "$$${x}"', 'a = "100%"', 'a = "$5"', 'a = "\'"', "a = 'x'", 'a = `x`',
  'a = "${b}"', 'a = "${b}${c}"', 'a = "x${b}y"', 'a = "${"${"x"}"}"', 'a = "${b"', 'a = "${}"', 'a = "${b c}"', 'a = "${\n b\n}"', 'a = "${~ b ~}"', 'a = "${ {a = 1}.a }"', 'a = "${b:-c}"', 'a = "${b["c"]}"', 'a = "${f("x")}"', 'a = "${b ~ c}"', 'a = "${ /* c */ b }"', 'a = "${b # c\n}"', 'a = b ~}',
  'a = "%{if b}x%{else}y%{endif}"', 'a = "%{if b}x%{endif}"', 'a = "%{ if b ~} x %{~ endif ~} "', 'a = "%{if b}x"', 'a = "%{endif}"', 'a = "%{if b}%{else}%{else}%{endif}"', 'a = "%{for x in y}${x}%{endfor}"', 'a = "%{for k, v in y}${k}%{endfor}"', 'a = "%{for x in y}%{if x}1%{endif}%{endfor}"', 'a = "%{for x in y}%{if x}1%{endfor}%{endif}"', 'a = "%{for x in y}%{else}%{endfor}"', 'a = "%{while x}"', 'a = "%{}"', 'a = "%{if}x%{endif}"', 'a = "%{if b}x%{endfor}"', 'a = "%{if b c}x%{endif}"',
  'a = <<EOT\nx\nEOT\n', 'a = <<EOT\nx\nEOT', 'a = <<-EOT\n  x\n    y\n  EOT\nb = 1\n', 'a = <<EOT\nEOT\n', 'a = <<EOT\nx ${b} y\n%{if c}z%{endif}\nEOT\n', 'a = <<EOT\nx\n', 'a = <<"EOT"\nx\nEOT\n', 'a = << EOT\nx\nEOT\n', 'a = <<EOT x\nEOT\n', 'a = <<EOT\nx\n EOT \nb = 1\n', 'a = <<EOT\nx\nEOT.b\nEOT\n', 'a = f(<<EOT\nx\nEOT\n)\n', 'a = [<<EOT\nx\nEOT\n, 1]\n', 'a = {\n b = <<EOT\nx\nEOT\n c = 1\n}\n', 'a = <<EOT\r\nx\r\nEOT\r\nb = 1\r\n', 'a = <<EOT\n\\x "y" $${z} $ %\nEOT\n', 'a = <<EOT\n${b}EOT\nEOT\n', 'a = <<A\n${<<B\nx\nB\n}\nA\n', 'a = <<9\nx\n9\n', 'a = <<E-T\nx\nE-T\n', 'a = <<EOT\nx\nEOT + 1\nEOT\n',
  'a = 1 # c', 'a = 1 // c\nb = 2', 'a = /* c */ 1', 'a = 1 /* c\n d */\nb = 2', 'a = 1 /* c', 'b { # c\n}', 'b { /* c */ }', 'b { a = 1 # c\n}', 'a = [ # c\n 1, // d\n]', 'a = {\n # c\n a = 1 # d\n // e\n}', 'a = 1 /* c */ b = 2', '/* /* */ */', 'a = b #\n? c : d',
  'a\t=\t1', 'a\u00A0= 1', 'a = \u0000', 'a = "\u0000"', 'a = @', 'a = ^b', 'a = b;', 'a == 1', 'a => 1', 'a = b => c', 'a = ...', 'a = b...', 'a = \\', 'a =', 'a =\n1', 'a = null', 'a = true', 'null = 1', 'for = 1', 'for {}', 'if "x" {\n}\n',
  'resource "aws_sns_topic" "t" {\n  name = "x-${var.y}"\n  tags = merge(var.tags, { Name = "t" })\n\n  dynamic "z" {\n    for_each = var.w[*]\n    content {\n      v = z.value.0\n    }\n  }\n  lifecycle { ignore_changes = [tags["x"], name] }\n}\n',
  'locals {\n  policy = jsonencode({\n    Statement = [for s in local.s : { Effect = "Allow", "Resource" : "${s.arn}:*" } if s != null]\n  })\n  text = <<-EOT\n    %{~ for a in b ~}\n    ${a}\n    %{~ endfor ~}\n  EOT\n}\n',
];

let state = 12345; // a small generator of our own: the same cases on every machine
const random = (n) => (state = (state * 1103515245 + 12345) % 2147483648) % n;
const marks = [...'{}[]()"$%~.,:?!=<>&|*/+-#\\\n\r'];
const mutate = (text) => {
  const at = random(text.length), mark = marks[random(marks.length)];
  return [text.slice(0, at) + text.slice(at + 1), text.slice(0, at) + text[at] + text.slice(at), text.slice(0, at) + mark + text.slice(at + 1), text.slice(0, at) + mark + text.slice(at)][random(4)];
};
const all = new Set(cases);
for (const text of cases) if (text !== '') for (let i = 0; i < 4 + text.length / 12; ++i) all.add(mutate(text));

const accepted = [], refused = [];
for (const text of all) {
  if (/[\uD800-\uDFFF]/.test(text.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, ''))) continue; // no UTF-8
  const { status } = spawnSync('terraform', ['fmt', '-'], { input: text, env: { ...process.env, TF_CLI_CONFIG_FILE: '/dev/null' } });
  (status === 0 ? accepted : refused).push(text);
}
console.log(JSON.stringify({ accepted, refused }, null, 0).replaceAll('","', '",\n"'));
